using System.Net;
using System.Security.Cryptography;
using PayLinks.Core.Messages;
using PayLinks.Tests.Infrastructure;
using PayLinks.Tests.Sending;
using PayLinks.Worker.Callbacks;

namespace PayLinks.Tests.OptOuts;

/// <summary>What providers know of who wants no messages is known here too, whatever order it comes in.</summary>
public sealed class ProviderTests : IDisposable
{
    private readonly ECDsa _eventKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private Bench _bench = null!;
    private ProviderPosts _posts = null!;

    [SetUp]
    public async Task StartAsync()
    {
        _bench = await Bench.StartAsync(
            Hosts.ApiAndSandbox,
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["SendGrid:EventPublicKey"] = Convert.ToBase64String(_eventKey.ExportSubjectPublicKeyInfo()),
            });
        _posts = new ProviderPosts(_bench.ApiUrl);
    }

    [TearDown]
    public async Task StopAsync()
    {
        _posts.Dispose();
        await _bench.DisposeAsync();
    }

    public void Dispose() => _eventKey.Dispose();

    [Test]
    public async Task A_refusal_because_of_a_STOP_opts_out_and_takes_back_what_else_is_queued()
    {
        const string Magic = "+15005550004";
        var refused = await _bench.QueueSmsAsync(Magic);
        var other = await _bench.QueueSmsAsync(Magic);
        await _bench.Database.ExecuteAsync(
            "update message set due_at = now() + interval '1 hour' where id = @other", new { other });

        await _bench.DeliverAsync();

        Assert.That(await _bench.StatusOfAsync(refused), Is.EqualTo("failed"));
        Assert.That(await _bench.StatusOfAsync(other), Is.EqualTo("suppressed"));
        Assert.That(await OptOutsAsync(), Is.EqualTo(new[] { $"sms {Magic} provider out" }));
    }

    [Test]
    public async Task A_callback_that_says_so_opts_out_but_not_whoever_has_come_back_since()
    {
        await _bench.Sandbox.CallbacksAsync("twilio", "drop");
        var first = await _bench.QueueSmsAsync();
        var second = await _bench.QueueSmsAsync();
        await _bench.DeliverAsync();
        await TellTwilioAsync(first, "undelivered", "21610");
        Assert.That(await OptOutsAsync(), Is.EqualTo(new[] { $"sms {Bench.Phone} provider out" }));

        await _bench.Database.ExecuteAsync("update merchant set sms_sender = '+393399957001'");
        using (await _posts.TwilioAsync(
            ProviderPosts.InboundPath, ProviderPosts.Text(Bench.Phone, "+393399957001", "START")))
        {
            await TellTwilioAsync(second, "failed", "21610");
        }

        Assert.That(await _bench.StatusOfAsync(second), Is.EqualTo("failed"));
        Assert.That(
            await OptOutsAsync(), Is.EqualTo(new[] { $"sms {Bench.Phone} provider in" }),
            "the second text had left before the START");
    }

    [TestCase("unsubscribe")]
    [TestCase("group_unsubscribe")]
    [TestCase("spamreport")]
    public async Task SendGrids_word_opts_an_address_out_of_invitations(string word)
    {
        var link = await _bench.NewLinkAsync();
        var sent = await _bench.QueueAsync(link, MessageChannel.Email, recipient: "Anna@Example.test");
        await _bench.DeliverAsync(MessageChannel.Email);
        var invitation = await _bench.QueueAsync(link, MessageChannel.Email, recipient: "anna@example.TEST");
        var receipt = await _bench.QueueAsync(link, MessageChannel.Email, MessagePurpose.Receipt);

        await PostAsync(await EventAsync(sent, word, 0));

        Assert.That(await OptOutsAsync(), Is.EqualTo(new[] { "email anna@example.test provider out" }));
        Assert.That(await _bench.ReasonOfAsync(invitation), Is.EqualTo(DeliveryReason.OptedOut));
        Assert.That(await _bench.StatusOfAsync(receipt), Is.EqualTo("queued"));
        Assert.That(
            await _bench.Database.ReadAsync<string>(
                "select actor from event where message_id = @invitation", new { invitation }),
            Is.EqualTo("sendgrid"));
    }

    [Test]
    public async Task What_was_said_last_holds_in_whatever_order_and_number_it_comes()
    {
        var sent = await _bench.QueueAsync(await _bench.NewLinkAsync(), MessageChannel.Email);
        var left = await EventAsync(sent, "group_unsubscribe", secondsAgo: 40);
        var returned = await EventAsync(sent, "group_resubscribe", secondsAgo: 20);
        var again = await EventAsync(sent, "unsubscribe", secondsAgo: 10);

        await PostAsync(left, returned, left);
        Assert.That((await OptOutsAsync())[0], Does.EndWith("in"), "the second telling is of the same word");

        await PostAsync(again);
        await PostAsync(returned);
        Assert.That((await OptOutsAsync())[0], Does.EndWith("out"), "the return is older");
    }

    [Test]
    public async Task A_return_without_having_left_and_words_about_nobody_change_nothing()
    {
        var sent = await _bench.QueueAsync(await _bench.NewLinkAsync(), MessageChannel.Email);
        var text = await _bench.QueueSmsAsync();

        await PostAsync(
            await EventAsync(sent, "group_resubscribe", 0), await EventAsync(text, "unsubscribe", 0),
            """{"event":"unsubscribe","message":"pzzzzzzzzzzzzzzzzzzzzzzzzzz","timestamp":1700000000}""",
            """{"event":"unsubscribe","message":"x","timestamp":1700000000}""",
            """{"event":"unsubscribe","timestamp":"soon"}""");

        Assert.That(await OptOutsAsync(), Is.Empty);
    }

    [Test]
    public async Task A_drop_because_of_an_unsubscription_opts_out_too()
    {
        await _bench.Sandbox.CallbacksAsync("sendgrid", "drop");
        var sent = await _bench.QueueAsync(await _bench.NewLinkAsync(), MessageChannel.Email);
        await _bench.DeliverAsync(MessageChannel.Email);
        var key = await _bench.CallbackKeyOfAsync(sent);

        await PostAsync($$"""{"event":"dropped","message":"{{key}}","reason":"Unsubscribed Address"}""");
        await _bench.RunAsync<ApplyCallbacks>();

        Assert.That(await OptOutsAsync(), Is.EqualTo(new[] { "email anna@example.test provider out" }));
    }

    [Test]
    public async Task An_email_to_a_customer_carries_the_mail_programs_button_and_one_to_the_merchant_does_not()
    {
        var link = await _bench.NewLinkAsync();
        await _bench.QueueAsync(link, MessageChannel.Email);
        await _bench.QueueAsync(link, MessageChannel.Email, MessagePurpose.Receipt);
        await _bench.QueueAsync(link, MessageChannel.Email, MessagePurpose.Notice, "orders@example.test");
        await _bench.DeliverAsync(MessageChannel.Email);

        var stop = await _bench.UrlOfAsync(link) + "/stop";
        var emails = (await _bench.Sandbox.MessagesAsync()).ToLookup(email => email.To == Bench.Address);
        Assert.That(emails[true].ToList(), Has.Count.EqualTo(2));
        foreach (var email in emails[true])
        {
            Assert.That(email.Headers!["List-Unsubscribe"], Is.EqualTo($"<{stop}>"));
            Assert.That(email.Headers["List-Unsubscribe-Post"], Is.EqualTo("List-Unsubscribe=One-Click"));
            Assert.That(email.Html, Does.Contain($"href=\"{stop}\""));
            Assert.That(email.Text, Does.Contain(stop));
        }

        var notice = emails[false].Single();
        Assert.That(notice.Headers, Is.Empty);
        Assert.That(notice.Html + notice.Text, Does.Not.Contain("/stop"));
    }

    private async Task<string> EventAsync(Guid message, string word, int secondsAgo)
    {
        var at = (await NowAsync()).AddSeconds(-secondsAgo).ToUnixTimeSeconds();
        var key = await _bench.CallbackKeyOfAsync(message);
        return $$"""{"event":"{{word}}","message":"{{key}}","timestamp":{{at}},"email":"anna@example.test"}""";
    }

    private async Task PostAsync(params IEnumerable<string> events) => Assert.That(
        await _posts.SendGridAsync(_eventKey, $"[{string.Join(',', events)}]", await NowAsync()),
        Is.EqualTo(HttpStatusCode.OK));

    private async Task TellTwilioAsync(Guid message, string status, string code)
    {
        var form = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["MessageSid"] = "SM0123456789abcdef0123456789abcdef",
            ["MessageStatus"] = status,
            ["ErrorCode"] = code,
        };
        var path = $"/callbacks/twilio/status/{await _bench.CallbackKeyOfAsync(message)}";
        using var response = await _posts.TwilioAsync(path, form);
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
        await _bench.RunAsync<ApplyCallbacks>();
    }

    private async Task<DateTimeOffset> NowAsync() => DateTimeOffset.FromUnixTimeSeconds(
        await _bench.Database.ReadAsync<long>("select extract(epoch from now())::int8"));

    private Task<IReadOnlyList<string>> OptOutsAsync() => _bench.Database.QueryAsync<string>(
        """
        select concat_ws(' ', channel, recipient, source, case when opted_in_at is null then 'out' else 'in' end)
        from opt_out order by 1
        """);
}
