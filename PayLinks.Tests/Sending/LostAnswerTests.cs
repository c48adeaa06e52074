using PayLinks.Core.Messages;
using PayLinks.Worker.Sending;

namespace PayLinks.Tests.Sending;

/// <summary>Whatever becomes of Twilio's answer, one text is accepted: none is lost and none is sent twice.</summary>
public sealed class LostAnswerTests
{
    private const string Service = "MG0123456789abcdef0123456789abcdef";

    private Bench _bench = null!;

    [SetUp]
    public async Task StartAsync() => _bench = await Bench.StartAsync(
        settings: new Dictionary<string, string>(StringComparer.Ordinal) { ["Sending:ProviderSeconds"] = "1" });

    [TearDown]
    public async Task StopAsync() => await _bench.DisposeAsync();

    [Test]
    public async Task A_text_that_twice_failed_without_effect_is_sent_once()
    {
        var message = await _bench.QueueSmsAsync();
        await _bench.Sandbox.FailAsync("twilio", "createMessage", "500", count: 2);

        for (var attempt = 0; attempt < 2; attempt++)
        {
            await _bench.DeliverAsync();
            Assert.That(await _bench.StatusOfAsync(message), Is.EqualTo("unknown"));
            await LookUpAsync();
            Assert.That(await _bench.StatusOfAsync(message), Is.EqualTo("queued"));
        }

        await _bench.DeliverAsync();
        Assert.That(await _bench.StatusOfAsync(message), Is.EqualTo("accepted"));
        Assert.That(await _bench.Sandbox.MessagesAsync(), Has.Count.EqualTo(1));
    }

    [TestCase("effect-then-500")]
    [TestCase("effect-then-timeout")]
    [TestCase("garbled")]
    [TestCase("slow")]
    public async Task A_text_that_was_taken_without_an_answer_is_found_there_and_not_sent_again(string fault)
    {
        var message = await _bench.QueueSmsAsync();
        await _bench.Sandbox.FailAsync("twilio", "createMessage", fault);

        await _bench.DeliverAsync();
        Assert.That(await _bench.StatusOfAsync(message), Is.EqualTo("unknown"));
        await _bench.DeliverAsync();
        await LookUpAsync();
        await _bench.DeliverAsync();

        Assert.That(await _bench.StatusOfAsync(message), Is.EqualTo("accepted"));
        Assert.That(await _bench.Sandbox.MessagesAsync(), Has.Count.EqualTo(1));
        Assert.That(await _bench.EventsOfMessageAsync(message), Is.EqualTo(new[] { "link.created", "link.sent" }));
    }

    [TestCase("timeout")]
    [TestCase("reset")]
    public async Task A_text_that_was_not_taken_is_sent_again(string fault)
    {
        var message = await _bench.QueueSmsAsync();
        await _bench.Sandbox.FailAsync("twilio", "createMessage", fault);

        await _bench.DeliverAsync();
        Assert.That(await _bench.StatusOfAsync(message), Is.EqualTo("unknown"));
        await LookUpAsync();
        await _bench.DeliverAsync();

        Assert.That(await _bench.StatusOfAsync(message), Is.EqualTo("accepted"));
        Assert.That(await _bench.Sandbox.MessagesAsync(), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task The_text_of_another_request_is_not_taken_for_the_lost_one()
    {
        var link = await _bench.NewLinkAsync();
        var first = await _bench.QueueAsync(link);
        await _bench.DeliverAsync();
        var second = await _bench.QueueAsync(link);
        await _bench.Sandbox.FailAsync("twilio", "createMessage", "500");
        await _bench.DeliverAsync();

        await LookUpAsync();
        Assert.That(await _bench.StatusOfAsync(second), Is.EqualTo("queued"), "the same words, but bound to the first");
        await _bench.DeliverAsync();

        Assert.That(await _bench.StatusOfAsync(first), Is.EqualTo("accepted"));
        Assert.That(await _bench.Sandbox.MessagesAsync(), Has.Count.EqualTo(2));
    }

    [Test]
    public async Task Of_two_lost_requests_with_the_same_words_the_one_that_was_not_taken_is_sent_again()
    {
        var link = await _bench.NewLinkAsync();
        var first = await _bench.QueueAsync(link);
        await _bench.Sandbox.FailAsync("twilio", "createMessage", "500");
        await _bench.DeliverAsync();
        await _bench.MoveClockAsync(TimeSpan.FromMinutes(1));
        var second = await _bench.QueueAsync(link);
        await _bench.Sandbox.FailAsync("twilio", "createMessage", "effect-then-500");
        await _bench.DeliverAsync();
        var taken = (await _bench.Sandbox.MessagesAsync()).Single().Id;

        await LookUpAsync();
        Assert.That(await _bench.StatusOfAsync(first), Is.EqualTo("queued"));
        Assert.That(await ProviderIdOfAsync(second), Is.EqualTo(taken));
        await _bench.DeliverAsync();

        Assert.That(await _bench.StatusOfAsync(first), Is.EqualTo("accepted"));
        Assert.That(await ProviderIdOfAsync(first), Is.Not.EqualTo(taken));
        Assert.That(await _bench.Sandbox.MessagesAsync(), Has.Count.EqualTo(2));
    }

    [Test]
    public async Task A_text_that_Twilio_did_not_keep_is_not_taken_for_absent()
    {
        var message = await _bench.QueueSmsAsync();
        await _bench.Sandbox.FailAsync("twilio", "createMessage", "effect-then-500");
        await _bench.DeliverAsync();
        await _bench.Sandbox.RedactAsync((await _bench.Sandbox.MessagesAsync()).Single().Id);

        await LookUpAsync();
        await _bench.DeliverAsync();

        Assert.That(await _bench.StatusOfAsync(message), Is.EqualTo("unknown"), "only its callback can tell");
        Assert.That(await _bench.Sandbox.MessagesAsync(), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_text_is_found_behind_hundreds_of_others()
    {
        await _bench.Database.ExecuteAsync("update merchant set sms_sender = @Service", new { Service });
        var message = await _bench.QueueSmsAsync();
        await _bench.Sandbox.FailAsync("twilio", "createMessage", "effect-then-500");
        await _bench.DeliverAsync();
        await Parallel.ForAsync(0, 250, async (i, _) => await _bench.Sandbox.TextAsync(Bench.Phone, $"Codice {i}"));

        await LookUpAsync();

        Assert.That(await _bench.StatusOfAsync(message), Is.EqualTo("accepted"));
        Assert.That((await _bench.Sandbox.MessagesAsync())[^1].From, Is.EqualTo(Service));
    }

    [Test]
    public async Task While_Twilio_does_not_tell_nothing_is_concluded()
    {
        var message = await _bench.QueueSmsAsync();
        await _bench.Sandbox.FailAsync("twilio", "createMessage", "effect-then-500");
        await _bench.Sandbox.FailAsync("twilio", "listMessages", "503");
        await _bench.DeliverAsync();

        await LookUpAsync();
        Assert.That(await _bench.StatusOfAsync(message), Is.EqualTo("unknown"));
        await LookUpAsync();

        Assert.That(await _bench.StatusOfAsync(message), Is.EqualTo("accepted"));
        Assert.That(await _bench.Sandbox.MessagesAsync(), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_lost_text_is_not_sent_again_once_the_link_is_canceled()
    {
        var link = await _bench.NewLinkAsync();
        var message = await _bench.QueueAsync(link);
        await _bench.Sandbox.FailAsync("twilio", "createMessage", "500");
        await _bench.DeliverAsync();
        await _bench.Database.ExecuteAsync(
            "update link set status = 'canceled', canceled_at = now() where id = @link", new { link });

        await LookUpAsync();
        await _bench.DeliverAsync();

        Assert.That(await _bench.StatusOfAsync(message), Is.EqualTo("suppressed"));
        Assert.That(await _bench.ReasonOfAsync(message), Is.EqualTo(DeliveryReason.Canceled));
        Assert.That(await _bench.Sandbox.MessagesAsync(), Is.Empty);
    }

    [TestCase("500")]
    [TestCase("effect-then-500")]
    public async Task An_email_whose_answer_was_lost_stays_visible_and_is_never_sent_again(string fault)
    {
        var message = await _bench.QueueAsync(await _bench.NewLinkAsync(), MessageChannel.Email);
        await _bench.Sandbox.FailAsync("sendgrid", "sendMail", fault);

        await _bench.DeliverAsync(MessageChannel.Email);
        await LookUpAsync();
        await _bench.DeliverAsync(MessageChannel.Email);

        Assert.That(await _bench.StatusOfAsync(message), Is.EqualTo("unknown"));
        Assert.That(await _bench.Sandbox.MessagesAsync(), Has.Count.EqualTo(fault == "500" ? 0 : 1));
    }

    private Task<string> ProviderIdOfAsync(Guid message) =>
        _bench.Database.ReadAsync<string>("select provider_id from message where id = @message", new { message });

    private async Task LookUpAsync()
    {
        await _bench.MakeDueAsync();
        await _bench.RunAsync<LookUpUnknownSms>();
    }
}
