using PayLinks.Core.Messages;

namespace PayLinks.Tests.Sending;

public sealed class DeliveringTests
{
    private Bench _bench = null!;

    [SetUp]
    public async Task StartAsync() => _bench = await Bench.StartAsync();

    [TearDown]
    public async Task StopAsync() => await _bench.DisposeAsync();

    [Test]
    public async Task A_text_message_leaves_once_with_the_link_in_one_segment()
    {
        var link = await _bench.NewLinkAsync();
        var message = await _bench.QueueAsync(link);

        await _bench.DeliverAsync();
        await _bench.DeliverAsync();

        var sms = (await _bench.Sandbox.MessagesAsync()).Single();
        Assert.Multiple(async () =>
        {
            Assert.That(sms.To, Is.EqualTo(Bench.Phone));
            Assert.That(sms.Text, Does.Contain(await _bench.UrlOfAsync(link)).And.Contain("49,90 EUR"));
            Assert.That(Worker.Texts.Gsm7.Length(sms.Text!), Is.LessThanOrEqualTo(160));
            Assert.That(await _bench.StatusOfAsync(message), Is.EqualTo("accepted"));
            Assert.That(await _bench.EventsOfMessageAsync(message), Is.EqualTo(new[] { "link.created", "link.sent" }));
        });
    }

    [Test]
    public async Task An_email_leaves_once_as_text_and_html()
    {
        var link = await _bench.NewLinkAsync();
        var message = await _bench.QueueAsync(link, MessageChannel.Email);

        await _bench.DeliverAsync(MessageChannel.Email);

        var url = await _bench.UrlOfAsync(link);
        var email = (await _bench.Sandbox.MessagesAsync()).Single();
        Assert.Multiple(async () =>
        {
            Assert.That(email.To, Is.EqualTo(Bench.Address));
            Assert.That(email.Text, Does.Contain(url));
            Assert.That(email.Html, Does.Contain($"href=\"{url}\""));
            Assert.That(await _bench.StatusOfAsync(message), Is.EqualTo("accepted"));
        });
    }
}
