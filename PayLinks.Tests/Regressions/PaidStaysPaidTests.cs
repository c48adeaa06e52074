using PayLinks.Core.Payments;
using PayLinks.Tests.Payments;

namespace PayLinks.Tests.Regressions;

/// <summary>"Paid", and a second later something else: the number one of the bugs that others have.</summary>
public sealed class PaidStaysPaidTests
{
    private PaymentBench _bench = null!;

    [OneTimeSetUp]
    public async Task Start() => _bench = await PaymentBench.StartAsync();

    [OneTimeTearDown]
    public async Task Stop() => await _bench.DisposeAsync();

    [Test]
    public async Task A_payment_that_was_paid_is_never_anything_else(
        [Values("open", "pending", "authorized", "failed", "canceled", "expired")] string later)
    {
        var begun = await _bench.BeginAsync();
        await _bench.AskAsync(begun);
        await _bench.CompleteAsync(begun, "paid");
        await _bench.AskAsync(begun);
        var before = await _bench.EventsAsync(begun);

        var status = await _bench.ApplyAsync(begun, await _bench.FetchAsync(begun) with { Status = later });

        Assert.That(status, Is.EqualTo(PaymentStatus.Paid));
        Assert.That(await _bench.LinkStatusAsync(begun), Is.EqualTo("paid"));
        Assert.That(await _bench.EventsAsync(begun), Is.EqualTo(before));
    }
}
