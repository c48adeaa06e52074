using Microsoft.Extensions.Logging;
using Npgsql;
using PayLinks.Core.Messages;
using PayLinks.Tests.Infrastructure;
using PayLinks.Tests.Sending;
using PayLinks.Worker.Callbacks;
using PayLinks.Worker.Sending;

namespace PayLinks.Tests.Callbacks;

/// <summary>What providers tell of messages, in whatever order and number, ends in one truth.</summary>
public sealed class MessageCallbackTests
{
    private static readonly string[] SentAndDelivered = ["link.created", "link.sent", "link.delivered"];

    private Bench _bench = null!;

    [SetUp]
    public async Task StartAsync() => _bench = await Bench.StartAsync(Hosts.ApiAndSandbox);

    [TearDown]
    public async Task StopAsync() => await _bench.DisposeAsync();

    [TestCase("normal", 1)]
    [TestCase("duplicate", 3)]
    [TestCase("shuffle", 1)]
    public async Task A_text_is_delivered_once_however_its_callbacks_come(string mode, int factor)
    {
        await _bench.Sandbox.CallbacksAsync("twilio", mode, factor);
        var message = await _bench.QueueSmsAsync();
        await _bench.DeliverAsync();

        await BecomesAsync(message, "delivered");
        await NoneIsLeftAsync();

        Assert.That(await _bench.EventsOfMessageAsync(message), Is.EqualTo(SentAndDelivered));
    }

    [Test]
    public async Task An_email_is_delivered_when_SendGrid_says_so()
    {
        var message = await _bench.QueueAsync(await _bench.NewLinkAsync(), MessageChannel.Email);
        await _bench.DeliverAsync(MessageChannel.Email);

        await BecomesAsync(message, "delivered");

        Assert.That(await _bench.EventsOfMessageAsync(message), Is.EqualTo(SentAndDelivered));
    }

    [TestCase("+393470000003", DeliveryReason.HandsetOff)]
    [TestCase("+393470000005", DeliveryReason.UnknownNumber)]
    [TestCase("+393470000006", DeliveryReason.NumberNotMobile)]
    [TestCase("+393470000007", DeliveryReason.CarrierFiltered)]
    [TestCase("+393470000008", DeliveryReason.CarrierError)]
    public async Task A_text_that_does_not_arrive_says_why(string number, string reason)
    {
        var message = await _bench.QueueSmsAsync(number);
        await _bench.DeliverAsync();

        await BecomesAsync(message, "undelivered");

        Assert.That(await _bench.ReasonOfAsync(message), Is.EqualTo(reason));
        Assert.That((await _bench.EventsOfMessageAsync(message))[^1], Is.EqualTo("link.undelivered"));
    }

    [TestCase("bounce@example.test", "undelivered", DeliveryReason.MailboxUnknown)]
    [TestCase("blocked@example.test", "undelivered", DeliveryReason.MailboxRefused)]
    [TestCase("dropped@example.test", "failed", DeliveryReason.MailboxSuppressed)]
    public async Task An_email_that_does_not_arrive_says_why(string address, string status, string reason)
    {
        var message = await _bench.QueueAsync(
            await _bench.NewLinkAsync(), MessageChannel.Email, recipient: address);
        await _bench.DeliverAsync(MessageChannel.Email);

        await BecomesAsync(message, status);

        Assert.That(await _bench.ReasonOfAsync(message), Is.EqualTo(reason));
    }

    [TestCase(MessageChannel.Sms, "twilio", "createMessage")]
    [TestCase(MessageChannel.Email, "sendgrid", "sendMail")]
    public async Task A_callback_proves_that_a_message_without_an_answer_was_taken(
        MessageChannel channel, string provider, string operation)
    {
        await _bench.Sandbox.FailAsync(provider, operation, "effect-then-500");
        var message = await _bench.QueueAsync(await _bench.NewLinkAsync(), channel);
        await _bench.DeliverAsync(channel);

        await BecomesAsync(message, "delivered");
        await _bench.MakeDueAsync();
        await _bench.RunAsync<LookUpUnknownSms>();
        await _bench.DeliverAsync(channel);

        Assert.That(await _bench.Sandbox.MessagesAsync(), Has.Count.EqualTo(1));
        Assert.That(await _bench.EventsOfMessageAsync(message), Is.EqualTo(SentAndDelivered));
    }

    [Test]
    public async Task A_callback_takes_a_message_that_waits_to_go_out_again_off_the_queue()
    {
        await _bench.Sandbox.FailAsync("twilio", "createMessage", "effect-then-500");
        var message = await _bench.QueueSmsAsync();
        await _bench.DeliverAsync();
        await _bench.Database.ExecuteAsync(
            "update message set status = 'queued', due_at = now() + interval '1 minute'");

        await BecomesAsync(message, "delivered");
        await _bench.MakeDueAsync();
        await _bench.DeliverAsync();

        Assert.That(await _bench.Sandbox.MessagesAsync(), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_word_we_do_not_know_changes_nothing()
    {
        var message = await _bench.QueueSmsAsync();
        await StoreAsync(message, "read_twice");

        await _bench.RunAsync<ApplyCallbacks>();

        Assert.That(await _bench.StatusOfAsync(message), Is.EqualTo("queued"));
        await NoneIsLeftAsync();
    }

    [Test]
    public async Task A_message_that_arrived_stays_arrived()
    {
        await _bench.Sandbox.CallbacksAsync("twilio", "drop");
        var message = await _bench.QueueSmsAsync();
        await _bench.DeliverAsync();
        await StoreAsync(message, "delivered");
        await _bench.RunAsync<ApplyCallbacks>();

        foreach (var later in new[] { "sent", "undelivered", "failed", "delivered" })
        {
            await StoreAsync(message, later);
            await _bench.RunAsync<ApplyCallbacks>();
        }

        Assert.That(await _bench.StatusOfAsync(message), Is.EqualTo("delivered"));
        Assert.That(await _bench.EventsOfMessageAsync(message), Is.EqualTo(SentAndDelivered));
    }

    [Test]
    public async Task A_callback_that_cannot_be_applied_does_not_stop_the_others()
    {
        await _bench.Sandbox.CallbacksAsync("twilio", "drop");
        var broken = await _bench.QueueSmsAsync();
        var sound = await _bench.QueueSmsAsync();
        await _bench.DeliverAsync();
        await StoreAsync(broken, "delivered");
        await StoreAsync(sound, "delivered");
        // Its next event would repeat a number.
        await _bench.Database.ExecuteAsync(
            "update link set last_sequence = 0 where id = (select link_id from message where id = @broken)",
            new { broken });

        while (await _bench.RunAsync<ApplyCallbacks>())
        {
        }

        Assert.That(await _bench.StatusOfAsync(sound), Is.EqualTo("delivered"));
        Assert.That(await _bench.StatusOfAsync(broken), Is.EqualTo("accepted"));
        await NoneIsLeftAsync();
    }

    [Test]
    public async Task Many_messages_take_no_more_round_trips_than_a_few()
    {
        var few = await ApplyCountedAsync(messages: 3);

        Assert.That(few, Is.GreaterThan(3), "they are counted");
        Assert.That(await ApplyCountedAsync(messages: 24), Is.EqualTo(few));
    }

    // A third each has been accepted, has been delivered, and goes out once more.
    private async Task<int> ApplyCountedAsync(int messages)
    {
        for (var i = 0; i < messages; i++)
        {
            var (outcome, code) = new[] { ("sent", null), ("delivered", null), ("undelivered", "30008") }[i % 3];
            await StoreAsync(await _bench.QueueSmsAsync(), outcome, code);
        }

        using var logs = new CapturedLogs();
        using var factory = LoggerFactory.Create(logging => logging.AddProvider(logs));
        await using var database = new NpgsqlDataSourceBuilder(_bench.Database.AppConnection)
            .UseLoggerFactory(factory).Build();
        await Bench.RunAsync(_bench.Make<ApplyCallbacks>(database));
        Assert.That(
            await _bench.Database.ReadAsync<int>("select count(*)::int from callback where handled_at is null"),
            Is.Zero, "all in one pass");
        return logs.Lines.Count(line => line.Contains("execution completed", StringComparison.Ordinal));
    }

    private Task<int> StoreAsync(Guid message, string outcome, string? code = null) => _bench.Database.ExecuteAsync(
        """
        insert into callback (merchant_id, id, provider, message_id, outcome, code, received_at)
        values (@MerchantId, @Id, 'twilio', @message, @outcome, @code, now())
        """,
        new { _bench.MerchantId, Id = Guid.CreateVersion7(), message, outcome, code });

    private Task<string> BecomesAsync(Guid message, string status) => Eventually.SeesAsync(
        async () =>
        {
            await _bench.RunAsync<ApplyCallbacks>();
            return await _bench.StatusOfAsync(message);
        },
        seen => seen == status,
        $"the message is {status}");

    // Those that the provider doubled may still come in.
    private async Task NoneIsLeftAsync() => await Eventually.SeesAsync(
        async () =>
        {
            await _bench.RunAsync<ApplyCallbacks>();
            return await _bench.Database.ReadAsync<int>("select count(*)::int from callback where handled_at is null");
        },
        left => left == 0,
        "no callback is left");
}
