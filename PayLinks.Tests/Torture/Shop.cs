using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using PayLinks.Tests.Infrastructure;

namespace PayLinks.Tests.Torture;

/// <summary>
/// A merchant's program and its customers, who do not give up: whatever breaks, they ask again, the program under
/// the same key.
/// </summary>
internal sealed partial class Shop : IDisposable
{
    // Short, because a process that hangs does not answer at all.
    private static readonly TimeSpan Usually = TimeSpan.FromSeconds(4);

    private static readonly TimeSpan PauseMin = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan PauseMax = TimeSpan.FromSeconds(1);

    private readonly TestSystem _system;
    private readonly TimeSpan _patience;
    private readonly TimeSpan _answerWithin;
    private readonly HttpClient _bank;

    private int _customers;

    /// <param name="answerWithin">How long an answer may take before it is asked for again.</param>
    public Shop(TestSystem system, TimeSpan patience, TimeSpan? answerWithin = null)
    {
        _system = system;
        _patience = patience;
        _answerWithin = answerWithin ?? Usually;
        _bank = new HttpClient { BaseAddress = new Uri(system.SandboxUrl), Timeout = _answerWithin };
        system.Merchant.Http.Timeout = _answerWithin;
    }

    public async Task<Link> CreateAsync(params string[] send)
    {
        var order = Merchant.Order(send: send);
        // A text that may have left is looked for among all that this number got: thousands to one would be no test.
        var phone = $"+39347{Interlocked.Increment(ref _customers):0000000}";
        order["customer"] = new { name = "Anna", phone, email = "anna@example.test", locale = "it-IT" };
        var (status, body) = await PostAsync("v1/links", order);
        Assert.That(status, Is.EqualTo(HttpStatusCode.Created), body.ToString());
        return body.Deserialize<Link>(JsonSerializerOptions.Web)!;
    }

    /// <summary>Makes a webhook endpoint.</summary>
    /// <returns>Its secret.</returns>
    public async Task<string> AddEndpointAsync(string url)
    {
        var (status, body) = await PostAsync("v1/webhook-endpoints", new { url });
        Assert.That(status, Is.EqualTo(HttpStatusCode.Created), body.ToString());
        return body.GetProperty("secret").GetString()!;
    }

    /// <returns>The answer's status: 200, or 409 when it is too late or Mollie does not let us.</returns>
    public async Task<HttpStatusCode> CancelAsync(Link link) => (await PostAsync($"v1/links/{link.Id}/cancel")).Status;

    public async Task<HttpStatusCode> ExtendAsync(Link link) =>
        (await PostAsync($"v1/links/{link.Id}/extend", new { expiresIn = "P5D" })).Status;

    public async Task<HttpStatusCode> RefundAsync(Link link, string? value = null) => (await PostAsync(
        $"v1/links/{link.Id}/refunds",
        value is null ? null : new { amount = new { value, link.Amount.Currency } })).Status;

    /// <summary>Opens the link, types a card (or chooses Mollie's own page) and goes on to the bank.</summary>
    /// <returns>Mollie's id of the payment, or null when the link takes none any more.</returns>
    public Task<string?> PayAsync(Link link, bool hosted = false) =>
        PatientlyAsync($"a payment of {link.Id}", () => TryPayAsync(link, hosted));

    /// <summary>As <see cref="PayAsync"/>, but once, whatever comes of it.</summary>
    public Task PayCarelesslyAsync(Link link) => OnceAsync(() => TryPayAsync(link, hosted: false));

    private async Task<(bool IsDone, string? Payment)> TryPayAsync(Link link, bool hosted)
    {
        using var customer = NewCustomer();
        var page = await customer.OpenAsync(link.Url);
        if (page.Status == HttpStatusCode.Gone || (page.Status == HttpStatusCode.OK && !page.Html.Contains("/pay\"")))
        {
            return (true, null);
        }

        var field = hosted ? ("method", "hosted") : ("cardToken", await CardTokenAsync());
        var answer = await customer.SubmitAsync(page, "/pay", field);
        if (answer.Status != HttpStatusCode.SeeOther)
        {
            return (answer.Status == HttpStatusCode.Gone, null);
        }

        var way = await customer.OpenAsync(link.Url + "/result?go=1");
        var atBank = MollieId().Match(way.Html).Value;
        return (atBank.Length > 0, atBank);
    }

    /// <summary>Leaves the bank and asks for another card.</summary>
    public Task<bool> SetAsideAsync(Link link) => PatientlyAsync($"setting aside at {link.Id}", async () =>
    {
        using var customer = NewCustomer();
        var page = await customer.OpenAsync(link.Url);
        if (page.Status == HttpStatusCode.OK && !page.Html.Contains("another"))
        {
            return (true, false);
        }

        var answer = await customer.SubmitAsync(page, "/pay", ("another", "card"));
        return (answer.Status == HttpStatusCode.SeeOther, true);
    });

    /// <summary>What the customer does at the bank; the bank may have closed the matter already.</summary>
    public Task<bool> AtBankAsync(string payment, string status) => PatientlyAsync($"the bank on {payment}", async () =>
    {
        using var answer = await _bank.PostAsJsonAsync($"sandbox/payments/{payment}/complete", new { status });
        return (true, answer.IsSuccessStatusCode);
    });

    /// <summary>The customer's bank takes the money of a payment back, or returns it.</summary>
    public Task<bool> ChargeBackAsync(string payment, bool reversed = false) =>
        PatientlyAsync($"taking back {payment}", async () =>
        {
            using var answer = await _bank.PostAsJsonAsync($"sandbox/payments/{payment}/chargeback", new { reversed });
            return (true, answer.IsSuccessStatusCode);
        });

    /// <summary>Asks both surfaces how the link stands.</summary>
    public async Task<string> LookAsync(Link link) => (await ReadAsync(link)).Status;

    /// <summary>Asks the API alone.</summary>
    public Task<string> StatusAsync(string link) => PatientlyAsync($"a look at {link}", async () =>
        (true, (await _system.Merchant.GetLinkAsync(link)).Status));

    /// <summary>Looks until the link is as told.</summary>
    public Task<Link> WaitAsync(Link link, string what, Func<Link, bool> isSo) =>
        PatientlyAsync($"waiting for {link.Id} to be {what}", async () =>
        {
            var seen = await ReadAsync(link);
            return (isSo(seen), seen);
        });

    public void Dispose() => _bank.Dispose();

    private Task<Link> ReadAsync(Link link) => PatientlyAsync($"a look at {link.Id}", async () =>
    {
        using var customer = NewCustomer();
        await customer.StatusAsync(link.Url);
        using var answer = await _system.Merchant.Http.GetAsync($"v1/links/{link.Id}");
        answer.EnsureSuccessStatusCode();
        return (true, (await answer.Content.ReadFromJsonAsync<Link>(JsonSerializerOptions.Web))!);
    });

    private async Task<string> CardTokenAsync()
    {
        using var answer = await _bank.PostAsJsonAsync(
            "sandbox/card-tokens",
            new { number = SandboxBooks.GoodCard, expiry = "12/30", cvv = "123", holder = "Anna Bianchi" });
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("token").GetString()!;
    }

    // A conflict with a request under way, and anything from 500 up, is no answer yet.
    private Task<(HttpStatusCode Status, JsonElement Body)> PostAsync(string path, object? body = null)
    {
        var key = $"{Guid.CreateVersion7()}";
        return PatientlyAsync($"POST {path}", async () =>
        {
            using var answer = await _system.Merchant.PostAsync(path, body, key);
            var text = await answer.Content.ReadAsStringAsync();
            var isAnswer = (int)answer.StatusCode < 500 && !text.Contains("request_in_progress");
            return (isAnswer, (answer.StatusCode, isAnswer ? JsonElement.Parse(text) : default));
        });
    }

    private Customer NewCustomer() => new(_system.ApiUrl, "it-IT", _system.Told) { Patience = _answerWithin };

    // Ever more slowly: who comes back from an outage must not be run over by those who waited.
    private async Task<T> PatientlyAsync<T>(string what, Func<Task<(bool IsDone, T Result)>> ask)
    {
        var began = Stopwatch.GetTimestamp();
        for (var pause = PauseMin; Stopwatch.GetElapsedTime(began) < _patience; pause = Longer(pause))
        {
            var (isDone, result) = await OnceAsync(ask);
            if (isDone)
            {
                return result;
            }

            using var timer = new PeriodicTimer(pause);
            await timer.WaitForNextTickAsync();
        }

        throw new AssertionException($"In {_patience.TotalSeconds:0} s nothing came of {what}.");
    }

    private static TimeSpan Longer(TimeSpan pause) => pause * 2 < PauseMax ? pause * 2 : PauseMax;

    private static async Task<(bool IsDone, T Result)> OnceAsync<T>(Func<Task<(bool IsDone, T Result)>> ask)
    {
        try
        {
            return await ask();
        }
        catch (Exception error) when (error is HttpRequestException or IOException or TaskCanceledException
            or JsonException or AssertionException)
        {
            return (false, default!);
        }
    }

    [GeneratedRegex("tr_[A-Za-z0-9]+")]
    private static partial Regex MollieId();
}
