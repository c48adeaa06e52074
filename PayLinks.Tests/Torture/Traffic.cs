using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using PayLinks.Tests.Infrastructure;

namespace PayLinks.Tests.Torture;

/// <summary>
/// Customers who come whether or not those before have been served. Each has a link made and does with it what people
/// do; the seed says what, so that a run can be had again.
/// </summary>
internal sealed class Traffic(Shop shop, int seed, int perSecond)
{
    private readonly ConcurrentDictionary<string, int> _done = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<TimeSpan> _staleness = [];
    private readonly ConcurrentQueue<string> _unresolved = [];

    /// <summary>What was acknowledged, by kind.</summary>
    public IReadOnlyDictionary<string, int> Done => _done;

    /// <summary>What was asked again until nobody's patience was left.</summary>
    public IReadOnlyCollection<string> Unresolved => _unresolved;

    /// <summary>How long after the bank's word a link was first seen paid.</summary>
    public IReadOnlyCollection<TimeSpan> Staleness => _staleness;

    /// <summary>Lets customers come until told to stop, and then waits for those who are there.</summary>
    public async Task RunAsync(CancellationToken until)
    {
        var chance = new Random(seed);
        var stories = new List<Task>();
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1) / perSecond);
        try
        {
            while (await timer.WaitForNextTickAsync(until))
            {
                stories.Add(TellAsync(new Random(chance.Next())));
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(stories);
        }
    }

    private async Task TellAsync(Random chance)
    {
        try
        {
            var link = await shop.CreateAsync(chance.Next(3) == 0 ? ["sms"] : []);
            Count("create");
            await (chance.Next(10) switch
            {
                0 => CancelAsync(link),
                1 => Count("extend", shop.ExtendAsync(link)),
                2 => PayTwiceAsync(link),
                3 => LeaveTheBankAsync(link, chance),
                _ => PayAsync(link, chance),
            });
            await Count("look", shop.LookAsync(link));
        }
        catch (AssertionException impatient)
        {
            _unresolved.Enqueue(impatient.Message);
        }
    }

    private async Task CancelAsync(Link link)
    {
        await Count("pay", shop.PayAsync(link, hosted: true));
        await Count("cancel", shop.CancelAsync(link));
    }

    private async Task LeaveTheBankAsync(Link link, Random chance)
    {
        if (await Count("pay", shop.PayAsync(link)) is { } payment)
        {
            await Count("bank", shop.AtBankAsync(payment, chance.Next(2) == 0 ? "failed" : "canceled"));
        }
    }

    private async Task PayTwiceAsync(Link link)
    {
        var first = await Count("pay", shop.PayAsync(link));
        await Count("another card", shop.SetAsideAsync(link));
        var second = await Count("pay", shop.PayAsync(link));
        foreach (var payment in new[] { first, second }.OfType<string>().Distinct(StringComparer.Ordinal))
        {
            await Count("bank", shop.AtBankAsync(payment, "paid"));
        }
    }

    private async Task PayAsync(Link link, Random chance)
    {
        if (await Count("pay", shop.PayAsync(link)) is not { } payment
            || !await Count("bank", shop.AtBankAsync(payment, "paid")))
        {
            return;
        }

        var began = Stopwatch.GetTimestamp();
        await shop.WaitAsync(link, "paid", seen => seen.Status == "paid");
        _staleness.Enqueue(Stopwatch.GetElapsedTime(began));
        var isTakenBack = chance.Next(4) == 0 ? TakeBackAsync(payment, chance.Next(2) == 0) : Task.CompletedTask;
        if (chance.Next(4) == 0)
        {
            var answers = await Task.WhenAll(shop.RefundAsync(link, "10.00"), shop.RefundAsync(link));
            Count("refund", answers.Count(status => status == HttpStatusCode.Created));
        }

        await isTakenBack;
    }

    private async Task TakeBackAsync(string payment, bool isReversed)
    {
        await Count("chargeback", shop.ChargeBackAsync(payment));
        if (isReversed)
        {
            await Count("reversal", shop.ChargeBackAsync(payment, reversed: true));
        }
    }

    private async Task<T> Count<T>(string what, Task<T> done)
    {
        var result = await done;
        Count(what);
        return result;
    }

    private void Count(string what, int times = 1) => _done.AddOrUpdate(what, times, (_, before) => before + times);
}
