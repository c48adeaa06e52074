using PayLinks.Core.Database;
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
            Assert.That(sms.Segments, Is.EqualTo(1));
            Assert.That(await _bench.StatusOfAsync(message), Is.EqualTo("accepted"));
            Assert.That(await _bench.EventsOfMessageAsync(message), Is.EqualTo(new[] { "link.created", "link.sent" }));
        });
    }

    [TestCase("it-IT", MessagePurpose.Link, false, null, 1)]
    [TestCase("fr-FR", MessagePurpose.Receipt, false, null, 1)]
    [TestCase("en-US", MessagePurpose.Link, true, null, 1)]
    [TestCase("it-IT", MessagePurpose.Canceled, false, "☕ {merchant}", 1)]
    [TestCase("es-ES", MessagePurpose.Reminder, false, "Págalo antes de que sea demasiado tarde: {amount} {url}", 2)]
    [TestCase("nl-NL", MessagePurpose.Link, true, "{merchant}: {amount} {url} {purpose} {phone} {purpose} {purpose} "
        + "{expires} {expires} {expires} {expires} {expires} {expires} {expires}", 2)]
    public async Task The_queue_counts_the_segments_that_are_sent(
        string locale, MessagePurpose purpose, bool onCall, string? own, int segments)
    {
        if (own is not null)
        {
            await _bench.Database.ExecuteAsync(
                """
                insert into text_template (merchant_id, channel, purpose, language, body, changed_at, changed_by)
                values (@MerchantId, 'sms', @Kind, @Language, @own, now(), 'usr_1')
                """,
                new
                {
                    _bench.MerchantId,
                    Kind = onCall ? "desk" : purpose.ToText(),
                    Language = locale == "nl-NL" ? "en" : locale[..2],
                    own,
                });
        }

        await _bench.Database.GoToHourAsync(10);
        var message = await _bench.QueueAsync(
            await _bench.NewLinkAsync(locale), purpose: purpose, locale: locale, onCall: onCall);
        await _bench.DeliverAsync();

        var sms = (await _bench.Sandbox.MessagesAsync()).Single();
        Assert.That(sms.Segments, Is.EqualTo(segments), sms.Text);
        Assert.That(
            await _bench.Database.ReadAsync<short>("select segments from message where id = @message", new { message }),
            Is.EqualTo(segments));
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
