using PayLinks.Tests.Infrastructure;

namespace PayLinks.Tests.Torture;

/// <summary>Sixty texts each time, as many as <c>PAYLINKS_SENDS</c> says by hand.</summary>
public sealed class SendingFigureTests
{
    private const int AtOnce = 16;
    private const int Always = 1_000_000;

    private static readonly TimeSpan Life = TimeSpan.FromSeconds(2);

    [Test]
    public async Task Texts_of_a_worker_that_dies_every_two_seconds_go_out_once()
    {
        var links = Counts.Of("SENDS", usually: 60);
        await using var system = await TestSystem.StartAsync(Hosts.ApiAndSandbox, TestSystem.WideOpen);
        await Parallel.ForAsync(0, links, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (i, _) =>
        {
            var order = Merchant.Order(send: "sms");
            // None that ends like those at which the sandbox fails.
            order["customer"] = new { phone = $"+3934712{i % 1000:000}{(i / 1000) + 10}" };
            await system.Merchant.CreateLinkAsync(order);
        });
        // A tenth fails before the effect, and a tenth of all after it.
        await system.Sandbox.FailAsync("twilio", "createMessage", "500", Always, probability: 0.1);
        await system.Sandbox.FailAsync("twilio", "createMessage", "effect-then-500", Always, probability: 0.111);

        var kills = 0;
        var arguments = system.WorkerArguments();
        await using (var worker = new Supervised("PayLinks.Worker", arguments))
        {
            while (kills < 1 + (links / 100) && await LeftAsync(system) > links / 10)
            {
                await IsUpAsync(arguments);
                using var life = new PeriodicTimer(Life);
                await life.WaitForNextTickAsync();
                await worker.KillAsync();
                kills++;
            }

            await Eventually.SeesAsync(
                () => LeftAsync(system), left => left == 0, "providers have told of all",
                within: TimeSpan.FromSeconds(60 + (links / 20)));
        }

        var texts = (await system.Sandbox.MessagesAsync()).Select(message => message.Text).ToList();
        Assert.That(texts, Has.Count.EqualTo(links).And.Unique, "each holds the address of its own link");
        await TestContext.Out.WriteLineAsync($"{links} texts, {kills} kills");
    }

    private static async Task IsUpAsync(IEnumerable<string> worker)
    {
        const string port = "--ManagementPort=";
        using var http = new HttpClient();
        var own = worker.Single(one => one.StartsWith(port, StringComparison.Ordinal))[port.Length..];
        var alive = new Uri($"http://127.0.0.1:{own}/healthz");
        await Eventually.IsTrueAsync(
            async () =>
            {
                try
                {
                    using var answer = await http.GetAsync(alive);
                    return answer.IsSuccessStatusCode;
                }
                catch (HttpRequestException)
                {
                    return false;
                }
            },
            "the worker is up", TimeSpan.FromMinutes(1));
    }

    private static Task<int> LeftAsync(TestSystem system) => system.Database.ReadAsync<int>(
        "select count(*)::int from message where finished_at is null");
}
