using PayLinks.Core.Database;
using PayLinks.Core.Messages;
using PayLinks.Core.Mollie;
using PayLinks.Core.Payments;
using PayLinks.Tests.Sending;
using PayLinks.Worker.Reconciliation;

namespace PayLinks.Tests.Reconciliation;

/// <summary>Mollie is right about money, whether or not its callbacks come.</summary>
public sealed class LostCallbackTests
{
    private Bench _bench = null!;

    [SetUp]
    public async Task StartAsync() => _bench = await Bench.StartAsync();

    [TearDown]
    public async Task StopAsync() => await _bench.DisposeAsync();

    [Test]
    public async Task A_payment_whose_every_callback_is_lost_is_found_by_asking()
    {
        await _bench.Sandbox.CallbacksAsync("mollie", "drop");
        var link = await _bench.NewLinkAsync();
        var payment = await _bench.BeginPaymentAsync(link);
        await _bench.RunAsync<PollPayments>();
        Assert.That(await _bench.PaymentStatusAsync(payment), Is.EqualTo("open"));
        await _bench.CompleteAsync("paid");

        await _bench.RunAsync<PollPayments>();
        Assert.That(await _bench.PaymentStatusAsync(payment), Is.EqualTo("open"), "its next turn has not come");
        await _bench.MoveClockAsync(TimeSpan.FromSeconds(6));
        await _bench.RunAsync<PollPayments>();

        Assert.That(await _bench.LinkStatusAsync(link), Is.EqualTo("paid"));
        Assert.That(await _bench.Sandbox.PaymentsAsync(), Has.Count.EqualTo(1));
    }

    [TestCase("effect-then-500")]
    [TestCase("500")]
    [TestCase("garbled")]
    public async Task A_payment_whose_creation_was_never_answered_is_created_once(string fault)
    {
        await _bench.Sandbox.FailAsync("mollie", "createPayment", fault);
        var payment = await _bench.BeginPaymentAsync(await _bench.NewLinkAsync());

        await _bench.RunAsync<PollPayments>();
        Assert.That(await _bench.PaymentStatusAsync(payment), Is.EqualTo("unknown"));
        await _bench.MoveClockAsync(TimeSpan.FromSeconds(6));
        await _bench.RunAsync<PollPayments>();

        Assert.That(await _bench.PaymentStatusAsync(payment), Is.EqualTo("open"));
        Assert.That(await _bench.Sandbox.PaymentsAsync(), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task While_Mollie_is_down_a_payment_stays_what_it_was_and_is_asked_about_again()
    {
        var link = await _bench.NewLinkAsync();
        var payment = await _bench.BeginPaymentAsync(link);
        await _bench.RunAsync<PollPayments>();
        await _bench.CompleteAsync("paid");
        await _bench.Sandbox.FailAsync("mollie", "*", "503", count: 10);
        await _bench.MoveClockAsync(TimeSpan.FromSeconds(6));
        await _bench.RunAsync<PollPayments>();
        Assert.That(await _bench.PaymentStatusAsync(payment), Is.EqualTo("open"));

        await _bench.Sandbox.FailAsync("mollie", "*", "none");
        await _bench.MoveClockAsync(TimeSpan.FromMinutes(1));
        await _bench.RunAsync<PollPayments>();

        Assert.That(await _bench.LinkStatusAsync(link), Is.EqualTo("paid"));
    }

    [Test]
    public async Task Receipt_and_notice_go_out_once_however_often_Mollie_is_asked()
    {
        var link = await _bench.NewLinkAsync();
        var payment = await _bench.BeginPaymentAsync(link);
        await _bench.RunAsync<PollPayments>();
        await _bench.CompleteAsync("paid");
        var ask = _bench.Get<AskMollie>();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(
            _ => ask.AboutAsync(_bench.MerchantId, payment, CancellationToken.None)));

        await _bench.DeliverAsync(MessageChannel.Email);
        await _bench.DeliverAsync(MessageChannel.Email);

        var messages = await _bench.Sandbox.MessagesAsync();
        Assert.That(
            messages.Select(message => message.To),
            Is.EquivalentTo(new[] { Bench.Address, "orders@example.test" }));
        var receipt = messages.Single(message => message.To == Bench.Address);
        Assert.That(receipt.Text, Does.Contain("Ferramenta Rossi").And.Contain("49,90").And.Contain("Non è una fattura")
            .And.Contain("1042").And.Contain("UTC+"));
        Assert.That(
            (await _bench.EventsOfLinkAsync(link)).Count(type => type == "link.paid"), Is.EqualTo(1));
    }

    [Test]
    public async Task A_stale_answer_never_moves_a_payment_back()
    {
        var link = await _bench.NewLinkAsync();
        var payment = await _bench.BeginPaymentAsync(link);
        await _bench.RunAsync<PollPayments>();
        var id = await _bench.Database.ReadAsync<string>("select mollie_id from payment");
        await _bench.CompleteAsync("paid");
        await _bench.Get<AskMollie>().AboutAsync(_bench.MerchantId, payment, CancellationToken.None);

        await ApplyAsync(payment, Fetched(id, "open"));

        Assert.That(await _bench.PaymentStatusAsync(payment), Is.EqualTo("paid"));
        Assert.That(await _bench.LinkStatusAsync(link), Is.EqualTo("paid"));
    }

    [Test]
    public async Task Late_money_pays_an_expired_link()
    {
        var link = await _bench.NewLinkAsync(lifetime: TimeSpan.FromMinutes(5));
        var payment = await _bench.BeginPaymentAsync(link);
        await _bench.RunAsync<PollPayments>();
        var id = await _bench.Database.ReadAsync<string>("select mollie_id from payment");
        await _bench.CompleteAsync("failed");
        await _bench.MoveClockAsync(TimeSpan.FromMinutes(11));
        await _bench.RunAsync<PollPayments>();
        await _bench.RunAsync<ExpireLinks>();
        Assert.That(await _bench.LinkStatusAsync(link), Is.EqualTo("expired"));

        await ApplyAsync(payment, Fetched(id, "paid"));

        Assert.That(await _bench.LinkStatusAsync(link), Is.EqualTo("paid"));
        Assert.That(await _bench.Database.ReadAsync<bool>("select late from link"), Is.True);
    }

    private async Task ApplyAsync(Guid payment, MolliePayment fetched)
    {
        await using var transaction = await _bench.Database.App.BeginAsync(_bench.MerchantId);
        await _bench.Get<ApplyPayment>().ApplyAsync(
            transaction, new FetchedPayment(payment, fetched, SeenPollAt: null));
        await transaction.CommitAsync();
    }

    private static MolliePayment Fetched(string id, string status) => new(
        id, "test", status, new MollieAmount("EUR", "49.90"), DateTimeOffset.UnixEpoch, ProfileId: null, "creditcard",
        IsCancelable: false, Metadata: null, Details: null, Links: null);
}
