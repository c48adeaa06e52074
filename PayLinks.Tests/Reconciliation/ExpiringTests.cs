using PayLinks.Core.Messages;
using PayLinks.Tests.Sending;
using PayLinks.Worker.Reconciliation;

namespace PayLinks.Tests.Reconciliation;

/// <summary>A link expires only when Mollie has confirmed that nobody is paying it.</summary>
public sealed class ExpiringTests
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan PastLifetime = TimeSpan.FromMinutes(6);

    private Bench _bench = null!;

    [SetUp]
    public async Task StartAsync()
    {
        _bench = await Bench.StartAsync();
        await _bench.Sandbox.CallbacksAsync("mollie", "drop");
    }

    [TearDown]
    public async Task StopAsync() => await _bench.DisposeAsync();

    [Test]
    public async Task A_link_that_nobody_pays_expires_and_its_queued_message_with_it()
    {
        var link = await _bench.NewLinkAsync(lifetime: Lifetime);
        var message = await _bench.QueueAsync(link);
        await _bench.RunAsync<ExpireLinks>();
        Assert.That(await _bench.LinkStatusAsync(link), Is.EqualTo("open"));

        await _bench.MoveClockAsync(PastLifetime);
        await _bench.RunAsync<ExpireLinks>();
        await _bench.RunAsync<ExpireLinks>();

        Assert.That(await _bench.LinkStatusAsync(link), Is.EqualTo("expired"));
        Assert.That(await _bench.EventsOfLinkAsync(link), Is.EqualTo(new[] { "link.created", "link.expired" }));
        Assert.That(await _bench.ReasonOfAsync(message), Is.EqualTo(DeliveryReason.Expired));
    }

    [Test]
    public async Task A_link_that_was_paid_in_silence_is_paid_not_expired()
    {
        var (link, _) = await OpenPaymentAsync();
        await _bench.CompleteAsync("paid");

        await _bench.MoveClockAsync(PastLifetime);
        await _bench.RunAsync<ExpireLinks>();

        Assert.That(await _bench.LinkStatusAsync(link), Is.EqualTo("paid"));
    }

    [Test]
    public async Task What_can_be_canceled_at_Mollie_is_canceled_before_the_link_expires()
    {
        var (link, payment) = await OpenPaymentAsync();

        await _bench.MoveClockAsync(PastLifetime);
        await _bench.RunAsync<ExpireLinks>();

        Assert.That((await _bench.Sandbox.PaymentsAsync()).Single().Status, Is.EqualTo("canceled"));
        Assert.That(await _bench.PaymentStatusAsync(payment), Is.EqualTo("canceled"));
        Assert.That(await _bench.LinkStatusAsync(link), Is.EqualTo("expired"));
    }

    [Test]
    public async Task A_customer_who_is_at_the_bank_may_finish()
    {
        var link = await _bench.NewLinkAsync(lifetime: Lifetime);
        await _bench.MoveClockAsync(Lifetime - TimeSpan.FromMinutes(1));
        await _bench.BeginPaymentAsync(link);
        await _bench.RunAsync<PollPayments>();
        await _bench.MoveClockAsync(TimeSpan.FromMinutes(2));
        await _bench.RunAsync<ExpireLinks>();
        Assert.That(await _bench.LinkStatusAsync(link), Is.EqualTo("processing"));
        Assert.That((await _bench.Sandbox.PaymentsAsync()).Single().Status, Is.EqualTo("open"));

        await _bench.CompleteAsync("paid");
        await _bench.MoveClockAsync(TimeSpan.FromMinutes(1));
        await _bench.RunAsync<ExpireLinks>();

        Assert.That(await _bench.LinkStatusAsync(link), Is.EqualTo("paid"));
    }

    [Test]
    public async Task While_Mollie_is_down_nothing_expires_that_may_have_been_paid()
    {
        var (link, _) = await OpenPaymentAsync();
        await _bench.Sandbox.FailAsync("mollie", "*", "503", count: 20);
        await _bench.MoveClockAsync(PastLifetime);
        await _bench.RunAsync<ExpireLinks>();
        Assert.That(await _bench.LinkStatusAsync(link), Is.EqualTo("processing"));

        await _bench.Sandbox.FailAsync("mollie", "*", "none");
        await _bench.MoveClockAsync(TimeSpan.FromMinutes(1));
        await _bench.RunAsync<ExpireLinks>();

        Assert.That(await _bench.LinkStatusAsync(link), Is.EqualTo("expired"));
    }

    [Test]
    public async Task A_link_that_was_extended_waits_for_its_new_end()
    {
        var link = await _bench.NewLinkAsync(lifetime: Lifetime);
        await _bench.Database.ExecuteAsync("update link set expires_at = expires_at + interval '1 day'");

        await _bench.MoveClockAsync(PastLifetime);
        await _bench.RunAsync<ExpireLinks>();

        Assert.That(await _bench.LinkStatusAsync(link), Is.EqualTo("open"));
        Assert.That(await _bench.Database.ReadAsync<bool>("select expiry_due_at = expires_at from link"), Is.True);
    }

    [Test]
    public async Task Answers_are_forgotten_after_thirty_days_and_not_before()
    {
        await _bench.Database.ExecuteAsync(
            """
            insert into idempotency (merchant_id, mode, key, fingerprint, status_code, answer_cipher, created_at)
            select @MerchantId, 'test', 'key ' || days, '\x00', 201, '\x00', now() - days * interval '1 day'
            from unnest(array[0, 29, 31, 90]) days
            """,
            new { _bench.MerchantId });

        await _bench.RunAsync<ForgetOldAnswers>();

        Assert.That(
            await _bench.Database.QueryAsync<string>("select key from idempotency order by created_at desc"),
            Is.EqualTo(new[] { "key 0", "key 29" }));
    }

    private async Task<(Guid Link, Guid Payment)> OpenPaymentAsync()
    {
        var link = await _bench.NewLinkAsync(lifetime: Lifetime);
        var payment = await _bench.BeginPaymentAsync(link);
        await _bench.RunAsync<PollPayments>();
        Assert.That(await _bench.PaymentStatusAsync(payment), Is.EqualTo("open"));
        return (link, payment);
    }
}
