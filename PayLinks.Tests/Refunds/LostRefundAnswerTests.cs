namespace PayLinks.Tests.Refunds;

/// <summary>Mollie's answer to a refund does not arrive, or arrives wrong.</summary>
public sealed class LostRefundAnswerTests : RefundFixture
{
    [TearDown]
    public Task MendMollieAsync() => Paylinks.Sandbox.FailAsync("mollie", "createRefund", "none");

    [TestCase("500")]
    [TestCase("503")]
    [TestCase("429")]
    [TestCase("reset")]
    [TestCase("garbled")]
    [TestCase("effect-then-500")]
    public async Task The_money_goes_back_once(string fault)
    {
        var link = await PaidLinkAsync();
        await Paylinks.Sandbox.FailAsync("mollie", "createRefund", fault, count: 2);

        await RefundedAsync(link);

        var refunded = await WaitForRefundsAsync(link, "queued");
        Assert.That(refunded.Refunded.Value, Is.EqualTo("49.90"));
        Assert.That(await RefundsOfAsync(link), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task After_the_keys_hour_it_is_looked_for_and_found()
    {
        var link = await PaidLinkAsync();
        await Paylinks.Sandbox.FailAsync("mollie", "createRefund", "effect-then-500");
        await Paylinks.Sandbox.FailAsync("mollie", "createRefund", "503", count: 100);
        await RefundedAsync(link);
        await WaitForRefundsAsync(link, "unknown");

        await Paylinks.MoveClockAsync(TimeSpan.FromMinutes(61));

        await WaitForRefundsAsync(link, "pending");
        Assert.That(await RefundsOfAsync(link), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task What_is_proven_not_to_be_there_is_asked_for_anew()
    {
        var link = await PaidLinkAsync();
        await Paylinks.Sandbox.FailAsync("mollie", "createRefund", "500", count: 100);
        await RefundedAsync(link);
        await WaitForRefundsAsync(link, "unknown");

        await Paylinks.Sandbox.FailAsync("mollie", "createRefund", "none");
        await Paylinks.MoveClockAsync(TimeSpan.FromMinutes(61));

        await WaitForRefundsAsync(link, "queued");
        Assert.That(await RefundsOfAsync(link), Has.Count.EqualTo(1));
    }
}
