using System.Diagnostics;
using System.Net;
using PayLinks.Tests.Infrastructure;
using PayLinks.Tests.Live;
using PayLinks.Tests.V1;

namespace PayLinks.Tests.Scale;

/// <summary>What one API has begun goes on at another: keys, sessions, forms and streams.</summary>
internal sealed class Sharing(TestSystem system, Fleet fleet, Findings findings) : IScenario
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    public async Task RunAsync(CancellationToken until)
    {
        var merchants = fleet.Apis
            .Select(api => new Merchant(api.Url.ToString(), system.Merchant.ApiKey, system.Told)).ToList();
        using var timer = new PeriodicTimer(Pause);
        try
        {
            for (var turn = 0; await timer.WaitForNextTickAsync(until); turn++)
            {
                var first = turn % merchants.Count;
                Merchant[] turned = [.. merchants[first..], .. merchants[..first]];
                await RepeatAKeyAsync(turned);
                await GoOnElsewhereAsync(turned);
                await HearOfItElsewhereAsync(turned);
            }
        }
        catch (OperationCanceledException) when (until.IsCancellationRequested)
        {
            // Over.
        }
        finally
        {
            merchants.ForEach(merchant => merchant.Dispose());
        }
    }

    private async Task RepeatAKeyAsync(Merchant[] at)
    {
        var (key, order) = ($"{Guid.CreateVersion7()}", Merchant.Order());
        var twins = await Task.WhenAll(at[..2].Select(api => api.PostAsync("v1/links", order, key)));
        using var later = await at[2].PostAsync("v1/links", order, key);
        var first = twins.First(answer => answer.StatusCode == HttpStatusCode.Created);
        findings.Expect(
            await first.Content.ReadAsStringAsync() == await later.Content.ReadAsStringAsync(),
            $"a key that was repeated at another API got {later.StatusCode} and another answer");
        findings.Expect(
            twins.All(answer => answer.StatusCode is HttpStatusCode.Created or HttpStatusCode.Conflict),
            "a key that was used at two APIs at once was answered otherwise than with 201 or 409");
        findings.Count("keys repeated at another API");
        using var list = await at[2].Http.GetAsync("v1/links?limit=20");
        findings.Expect(list.IsSuccessStatusCode, $"the list was answered with {list.StatusCode}");
        foreach (var twin in twins)
        {
            twin.Dispose();
        }
    }

    // Each page comes from another process than the one to which its form is sent.
    private async Task GoOnElsewhereAsync(Merchant[] at)
    {
        using var browser = await SignInAsync(at);
        var form = await browser.OpenAsync($"{at[2].Http.BaseAddress}links/new");
        var made = await browser.SubmitAsync(
            Moved(form, at[0]), "/links/new", ("amount", "49,90"), ("description", "Ordine 1042: trapano"),
            ("to", "347 123 4567"), ("onlyLink", "on"));
        findings.Expect(
            made.Status == HttpStatusCode.SeeOther, $"a form of another API's was answered with {made.Status}");
        findings.Count("forms sent to another API");
    }

    private async Task HearOfItElsewhereAsync(Merchant[] at)
    {
        using var browser = await SignInAsync(at);
        await using var screen = await LiveFeed.OpenAsync(system, browser, url: at[0].Http.BaseAddress!.ToString());
        await using var program = await FeedStream.OpenAsync(
            system, system.Merchant.ApiKey, url: at[2].Http.BaseAddress!.ToString());
        var link = await at[1].CreateLinkAsync();
        var made = Stopwatch.GetTimestamp();
        while (await screen.NextAsync("link") is not { } news || !news.Contains(link.Id, StringComparison.Ordinal))
        {
            // News of others.
        }

        findings.Measure("on a screen at another API after", Stopwatch.GetElapsedTime(made));
        while (!(await program.NextAsync()).Data.Contains(link.Id, StringComparison.Ordinal))
        {
            // As above.
        }

        findings.Measure("on a stream at another API after", Stopwatch.GetElapsedTime(made));
    }

    private async Task<Customer> SignInAsync(Merchant[] at)
    {
        var browser = new Customer(system.ApiUrl, "it-IT", system.Told);
        var page = await browser.OpenAsync(at[0].Http.BaseAddress!.ToString());
        var answer = await browser.SubmitAsync(
            Moved(page, at[1]), "/", ("email", TestSystem.Owner.Email), ("password", TestSystem.Owner.Password));
        findings.Expect(
            answer.Status == HttpStatusCode.SeeOther, $"signing in at another API was answered with {answer.Status}");
        return browser;
    }

    private static SeenPage Moved(SeenPage page, Merchant to) =>
        page with { Url = new Uri(to.Http.BaseAddress!, page.Url.PathAndQuery) };
}
