using PayLinks.Core.Messages;

namespace PayLinks.Tests.Sending;

/// <summary>What was queued before somebody opted out does not leave.</summary>
public sealed class OptedOutTests
{
    private Bench _bench = null!;

    [SetUp]
    public async Task StartAsync() => _bench = await Bench.StartAsync();

    [TearDown]
    public async Task StopAsync() => await _bench.DisposeAsync();

    [TestCase(MessageChannel.Sms, MessagePurpose.Link, "suppressed")]
    [TestCase(MessageChannel.Sms, MessagePurpose.Receipt, "suppressed")]
    [TestCase(MessageChannel.Email, MessagePurpose.Link, "suppressed")]
    [TestCase(MessageChannel.Email, MessagePurpose.Receipt, "accepted")]
    public async Task A_text_is_never_sent_and_an_email_only_if_it_invites_nobody(
        MessageChannel channel, MessagePurpose purpose, string status)
    {
        var link = await _bench.NewLinkAsync();
        var message = await _bench.QueueAsync(link, channel, purpose);
        await _bench.OptOutAsync(channel, channel == MessageChannel.Sms ? Bench.Phone : Bench.Address);

        await _bench.DeliverAsync(channel);

        Assert.That(await _bench.StatusOfAsync(message), Is.EqualTo(status));
        Assert.That(await _bench.Sandbox.MessagesAsync(), Has.Count.EqualTo(status == "accepted" ? 1 : 0));
        if (status == "suppressed")
        {
            Assert.That(await _bench.ReasonOfAsync(message), Is.EqualTo(DeliveryReason.OptedOut));
        }

        Assert.That(
            await _bench.EventsOfLinkAsync(link),
            Is.EqualTo(purpose == MessagePurpose.Link
                ? ["link.created", "link.undelivered"]
                : new[] { "link.created" }));
    }

    [Test]
    public async Task The_case_of_an_address_makes_no_difference()
    {
        var message = await _bench.QueueAsync(
            await _bench.NewLinkAsync(), MessageChannel.Email, recipient: "Anna@Example.test");
        await _bench.OptOutAsync(MessageChannel.Email, Bench.Address);

        await _bench.DeliverAsync(MessageChannel.Email);

        Assert.That(await _bench.StatusOfAsync(message), Is.EqualTo("suppressed"));
    }

    [Test]
    public async Task Who_came_back_is_written_to()
    {
        var message = await _bench.QueueSmsAsync();
        await _bench.OptOutAsync(MessageChannel.Sms, Bench.Phone, isBack: true);

        await _bench.DeliverAsync();

        Assert.That(await _bench.StatusOfAsync(message), Is.EqualTo("accepted"));
    }

    [Test]
    public async Task Whoever_opted_out_of_texts_gets_the_email_at_once()
    {
        var message = await _bench.QueueAsync(await _bench.NewLinkAsync(), mayFallBack: true);
        await _bench.OptOutAsync(MessageChannel.Sms, Bench.Phone);

        await _bench.DeliverAsync();
        await _bench.RunAsync<Worker.Sending.FallBack>();
        await _bench.DeliverAsync(MessageChannel.Email);

        Assert.That(await _bench.StatusOfAsync(message), Is.EqualTo("suppressed"));
        Assert.That((await _bench.Sandbox.MessagesAsync()).Single().To, Is.EqualTo(Bench.Address));
    }
}
