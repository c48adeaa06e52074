using System.Net;
using PayLinks.Tests.Infrastructure;

namespace PayLinks.Tests.WholeSystem;

/// <summary>Many at once, and a worker that is killed: nothing is lost and nothing repeated.</summary>
public sealed class UnderPressureTests
{
    [Test]
    public async Task A_thousand_requests_with_a_hundred_keys_make_a_hundred_links_and_a_hundred_SMS()
    {
        const int Requests = 1000;
        const int Keys = 100;
        await using var system = await TestSystem.StartAsync(Hosts.All, TestSystem.WideOpen);
        var order = Merchant.Order(send: "sms");
        var answers = new (string Key, HttpStatusCode Status, string Body)[Requests];

        await Parallel.ForAsync(0, Requests, new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (i, _) =>
        {
            var key = $"order-{i % Keys}";
            answers[i] = await CreateAsync(system, order, key);
        });

        Assert.That(answers.Select(answer => answer.Status), Has.All.EqualTo(HttpStatusCode.Created));
        var bodies = answers.GroupBy(answer => answer.Key, answer => answer.Body).ToList();
        Assert.That(bodies, Has.Count.EqualTo(Keys));
        Assert.That(bodies.Select(same => same.Distinct().Count()), Has.All.EqualTo(1),
            "a key's answers are one answer");
        Assert.That(await system.Database.ReadAsync<long>("select count(*) from link"), Is.EqualTo(Keys));
        await AssertEachLinkGotOneSmsAsync(system, Keys);
    }

    [Test]
    public async Task A_worker_that_is_killed_while_sending_loses_nothing_and_repeats_nothing()
    {
        const int Links = 200;
        await using var system = await TestSystem.StartAsync(Hosts.ApiAndSandbox, TestSystem.WideOpen);
        await Parallel.ForAsync(0, Links, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (_, _) =>
            await system.Merchant.CreateLinkAsync("sms"));
        // Slow answers, so that each kill finds many requests that Twilio has taken and the worker has not written
        // down.
        await system.Sandbox.FailAsync("twilio", "createMessage", "slow", count: 150, seconds: 1);

        foreach (var accepted in new[] { 20, 90 })
        {
            using var doomed = HostProcess.Start("PayLinks.Worker", system.WorkerArguments());
            await Eventually.SeesAsync(
                system.Sandbox.MessagesAsync, messages => messages.Count >= accepted,
                $"{accepted} messages are accepted", within: TimeSpan.FromSeconds(60));
            await doomed.KillAsync();
            // The dead worker's leases run out.
            await system.Database.MoveClockAsync(TimeSpan.FromSeconds(20));
        }

        using var worker = HostProcess.Start("PayLinks.Worker", system.WorkerArguments());
        await AssertEachLinkGotOneSmsAsync(system, Links);
    }

    // A twin that comes while the first is still at work is told to come again.
    private static async Task<(string Key, HttpStatusCode Status, string Body)> CreateAsync(
        TestSystem system, Dictionary<string, object?> order, string key)
    {
        while (true)
        {
            using var answer = await system.Merchant.PostAsync("v1/links", order, key);
            if (answer.StatusCode != HttpStatusCode.Conflict)
            {
                return (key, answer.StatusCode, await answer.Content.ReadAsStringAsync());
            }
        }
    }

    private static async Task AssertEachLinkGotOneSmsAsync(TestSystem system, int links)
    {
        await Eventually.SeesAsync(
            async () => string.Join(' ', await system.Database.QueryAsync<string>(
                "select status || ':' || count(*) from message group by status order by status")),
            statuses => statuses == $"delivered:{links}",
            "every message is delivered", within: TimeSpan.FromSeconds(90));

        var texts = (await system.Sandbox.MessagesAsync()).Select(message => message.Text).ToList();
        Assert.That(texts, Has.Count.EqualTo(links));
        Assert.That(texts, Is.Unique, "each text holds the address of its own link");
    }
}
