using PayLinks.Core.Messages;

namespace PayLinks.Tests.Sending;

/// <summary>A no is told to the merchant in words that help, or tried again when it may become a yes.</summary>
public sealed class RefusalTests
{
    private Bench _bench = null!;

    [SetUp]
    public async Task StartAsync() => _bench = await Bench.StartAsync();

    [TearDown]
    public async Task StopAsync() => await _bench.DisposeAsync();

    [TestCase("+15005550001", DeliveryReason.UnknownNumber)]
    [TestCase("+15005550002", DeliveryReason.RouteUnavailable)]
    [TestCase("+15005550004", DeliveryReason.OptedOut)]
    [TestCase("+15005550009", DeliveryReason.NumberNotMobile)]
    public async Task A_definite_no_fails_the_message_with_its_reason(string number, string reason)
    {
        var message = await _bench.QueueSmsAsync(number);

        await _bench.DeliverAsync();

        Assert.That(await _bench.StatusOfAsync(message), Is.EqualTo("failed"));
        Assert.That(await _bench.ReasonOfAsync(message), Is.EqualTo(reason));
        Assert.That(
            await _bench.EventsOfMessageAsync(message),
            Is.EqualTo(new[] { "link.created", "link.undelivered" }));
    }

    [TestCase(MessageChannel.Sms, "twilio", "createMessage")]
    [TestCase(MessageChannel.Email, "sendgrid", "sendMail")]
    public async Task A_provider_that_asks_for_less_gets_the_message_later(
        MessageChannel channel, string provider, string operation)
    {
        var message = await _bench.QueueAsync(await _bench.NewLinkAsync(), channel);
        await _bench.Sandbox.FailAsync(provider, operation, "429");

        await _bench.DeliverAsync(channel);
        Assert.That(await _bench.StatusOfAsync(message), Is.EqualTo("queued"));
        await _bench.DeliverAsync(channel);
        Assert.That(await _bench.Sandbox.MessagesAsync(), Is.Empty, "not before its time");
        await _bench.MakeDueAsync();
        await _bench.DeliverAsync(channel);

        Assert.That(await _bench.StatusOfAsync(message), Is.EqualTo("accepted"));
        Assert.That(await _bench.Sandbox.MessagesAsync(), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_message_that_comes_back_when_its_link_has_gone_to_somebody_else_is_taken_back()
    {
        var link = await _bench.NewLinkAsync();
        var wrong = await _bench.QueueAsync(link);
        var right = await _bench.QueueAsync(link, recipient: "+393477654321");
        await _bench.Sandbox.FailAsync("twilio", "createMessage", "429", count: 2);

        await _bench.DeliverAsync();

        Assert.That(await _bench.ReasonOfAsync(wrong), Is.EqualTo(DeliveryReason.Replaced));
        Assert.That(await _bench.StatusOfAsync(wrong), Is.EqualTo("suppressed"));
        Assert.That(await _bench.StatusOfAsync(right), Is.EqualTo("queued"));
    }

    [Test]
    public async Task A_region_that_is_not_enabled_waits_for_somebody_to_enable_it()
    {
        var message = await _bench.QueueSmsAsync("+15005550003");

        await _bench.DeliverAsync();

        Assert.That(await _bench.StatusOfAsync(message), Is.EqualTo("queued"));
        Assert.That(
            await _bench.Database.ReadAsync<TimeSpan>("select due_at - now() from message"),
            Is.GreaterThan(TimeSpan.FromSeconds(20)));
    }

    [Test]
    public async Task A_message_that_was_tried_often_enough_fails()
    {
        var message = await _bench.QueueSmsAsync("+15005550003");
        await _bench.Database.ExecuteAsync("update message set attempt = 59");

        await _bench.DeliverAsync();

        Assert.That(await _bench.StatusOfAsync(message), Is.EqualTo("failed"));
        Assert.That(await _bench.ReasonOfAsync(message), Is.EqualTo(DeliveryReason.ProviderSetup));
    }

    [TestCase("canceled", "canceled_at")]
    [TestCase("paid", "paid_at")]
    [TestCase("expired", "expired_at")]
    public async Task No_link_goes_out_that_cannot_be_paid_but_receipts_do(string status, string time)
    {
        var link = await _bench.NewLinkAsync();
        var invitation = await _bench.QueueAsync(link);
        var receipt = await _bench.QueueAsync(link, purpose: MessagePurpose.Receipt);
        await _bench.Database.ExecuteAsync($"update link set status = @status, {time} = now()", new { status });

        await _bench.DeliverAsync();

        Assert.That(await _bench.StatusOfAsync(invitation), Is.EqualTo("queued"));
        Assert.That(await _bench.StatusOfAsync(receipt), Is.EqualTo("accepted"));
        Assert.That(await _bench.Sandbox.MessagesAsync(), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task No_link_goes_out_past_its_expiry()
    {
        var message = await _bench.QueueAsync(await _bench.NewLinkAsync(lifetime: TimeSpan.FromMinutes(5)));
        await _bench.MoveClockAsync(TimeSpan.FromMinutes(6));

        await _bench.DeliverAsync();

        Assert.That(await _bench.StatusOfAsync(message), Is.EqualTo("queued"));
        Assert.That(await _bench.Sandbox.MessagesAsync(), Is.Empty);
    }

    [Test]
    public async Task Nobody_is_named_in_the_log()
    {
        await _bench.QueueSmsAsync("+15005550009");
        await _bench.QueueSmsAsync();
        await _bench.QueueAsync(await _bench.NewLinkAsync(), MessageChannel.Email);
        await _bench.Sandbox.FailAsync("twilio", "createMessage", "reset");

        await _bench.DeliverAsync();
        await _bench.DeliverAsync(MessageChannel.Email);
        await _bench.MakeDueAsync();
        await _bench.RunAsync<Worker.Sending.LookUpUnknownSms>();

        Assert.That(_bench.Logs.Lines, Is.Not.Empty);
        var lines = _bench.Logs.Lines.Where(line => line.Contains("PayLinks.Worker", StringComparison.Ordinal));
        var words = string.Join('\n', lines);
        Assert.That(words, Is.Not.Empty
            .And.Not.Contain("5005550009").And.Not.Contain("3471234567").And.Not.Contain(Bench.Address)
            .And.Not.Contain("Anna").And.Not.Contain("/p/"));
    }
}
