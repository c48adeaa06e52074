using PayLinks.Core.Messages;
using PayLinks.Tests.Sending;
using PayLinks.Worker.Callbacks;

namespace PayLinks.Tests.Callbacks;

/// <summary>What did not arrive for a reason that may pass goes out once more, and not oftener.</summary>
public sealed class SendOnceMoreTests
{
    private const string CarrierFails = "+393470000008";

    private Bench _bench = null!;

    [SetUp]
    public async Task StartAsync()
    {
        _bench = await Bench.StartAsync();
        await _bench.Sandbox.CallbacksAsync("twilio", "drop");
    }

    [TearDown]
    public async Task StopAsync() => await _bench.DisposeAsync();

    [Test]
    public async Task A_text_that_the_carrier_lost_goes_out_once_more_under_an_id_of_its_own()
    {
        var first = await _bench.QueueSmsAsync(CarrierFails);
        await _bench.DeliverAsync();
        await HearAsync(first, "undelivered", "30008");

        var second = await OnlyRetryAsync();
        await _bench.DeliverAsync();
        Assert.That(await _bench.StatusOfAsync(second), Is.EqualTo("queued"), "not before its time");
        await _bench.MakeDueAsync();
        await _bench.DeliverAsync();
        Assert.That(await _bench.StatusOfAsync(second), Is.EqualTo("accepted"));
        await HearAsync(second, "undelivered", "30008");

        Assert.That(await OnlyRetryAsync(), Is.EqualTo(second), "no third");
        Assert.That(await _bench.Sandbox.MessagesAsync(), Has.Count.EqualTo(2));
        Assert.That(
            await _bench.Database.QueryAsync<string>(
                "select concat_ws('|', status, reason, recipient, lane, purpose) from message order by id"),
            Is.All.EqualTo($"undelivered|carrier_error|{CarrierFails}|1|link"));
        Assert.That(
            await _bench.EventsOfMessageAsync(first),
            Is.EqualTo(new[]
            {
                "link.created", "link.sent", "link.undelivered", "link.sent", "link.undelivered",
            }));
    }

    [TestCase("30001", 1)]
    [TestCase("30008", 1)]
    [TestCase("30003", 0)]
    [TestCase("30005", 0)]
    [TestCase("30007", 0)]
    [TestCase("39999", 0)]
    public async Task Only_a_reason_that_may_pass_is_worth_another_text(string code, int retries)
    {
        var message = await _bench.QueueSmsAsync();
        await _bench.DeliverAsync();

        await HearAsync(message, "undelivered", code);
        await HearAsync(message, "undelivered", code);

        Assert.That(await RetriesAsync(), Has.Count.EqualTo(retries));
    }

    [Test]
    public async Task A_mail_server_that_did_not_answer_is_tried_once_more()
    {
        var message = await _bench.QueueAsync(await _bench.NewLinkAsync(), MessageChannel.Email);
        await _bench.DeliverAsync(MessageChannel.Email);

        await HearAsync(message, "bounce", "4.4.1", "sendgrid");

        Assert.That(await _bench.ReasonOfAsync(message), Is.EqualTo(DeliveryReason.MailboxUnreachable));
        await OnlyRetryAsync();
    }

    [TestCase("update link set status = 'canceled', canceled_at = now()")]
    [TestCase("update link set status = 'paid', paid_at = now()")]
    [TestCase("update link set expires_at = now() + interval '1 second'")]
    public async Task Nobody_is_invited_anew_to_what_cannot_be_paid(string end)
    {
        var message = await _bench.QueueSmsAsync();
        await _bench.DeliverAsync();
        await _bench.Database.ExecuteAsync(end);

        await HearAsync(message, "undelivered", "30008");

        Assert.That(await RetriesAsync(), Is.Empty);
    }

    [Test]
    public async Task Somebody_who_has_sent_another_was_quicker()
    {
        var link = await _bench.NewLinkAsync();
        var first = await _bench.QueueAsync(link);
        await _bench.DeliverAsync();
        await _bench.QueueAsync(link, MessageChannel.Email);

        await HearAsync(first, "undelivered", "30008");

        Assert.That(await RetriesAsync(), Is.Empty);
    }

    [Test]
    public async Task A_receipt_is_not_sent_twice()
    {
        var receipt = await _bench.QueueAsync(await _bench.NewLinkAsync(), purpose: MessagePurpose.Receipt);
        await _bench.DeliverAsync();

        await HearAsync(receipt, "undelivered", "30008");

        Assert.That(await RetriesAsync(), Is.Empty);
    }

    [Test]
    public async Task Where_the_other_channel_takes_over_nothing_is_sent_once_more()
    {
        var first = await _bench.QueueSmsAsync();
        await _bench.DeliverAsync();
        await _bench.Database.ExecuteAsync("update message set fallback_at = '2030-01-01'");

        await HearAsync(first, "undelivered", "30008");

        Assert.That(await RetriesAsync(), Is.Empty);
        Assert.That(
            await _bench.Database.ReadAsync<bool>("select fallback_at <= paylinks_now() from message"), Is.True,
            "it takes over at once");
    }

    private async Task<Guid> OnlyRetryAsync()
    {
        var retries = await RetriesAsync();
        Assert.That(retries, Has.Count.EqualTo(1));
        return retries[0];
    }

    private Task<IReadOnlyList<Guid>> RetriesAsync() =>
        _bench.Database.QueryAsync<Guid>("select id from message where retry_of is not null");

    private async Task HearAsync(Guid message, string outcome, string code, string provider = "twilio")
    {
        await _bench.Database.ExecuteAsync(
            """
            insert into callback (merchant_id, id, provider, message_id, outcome, code, received_at)
            values (@MerchantId, @Id, @provider, @message, @outcome, @code, now())
            """,
            new { _bench.MerchantId, Id = Guid.CreateVersion7(), provider, message, outcome, code });
        await _bench.RunAsync<ApplyCallbacks>();
    }
}
