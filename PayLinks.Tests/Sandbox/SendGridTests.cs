using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using SendGrid;
using SendGrid.Helpers.Mail;

namespace PayLinks.Tests.Sandbox;

internal sealed class SendGridTests
{
    private SandboxHost _sandbox = null!;

    [OneTimeSetUp]
    public async Task Start() => _sandbox = await SandboxHost.StartAsync();

    [OneTimeTearDown]
    public async Task Stop() => await _sandbox.DisposeAsync();

    [Test]
    public async Task The_vendors_own_client_sends_and_its_custom_args_come_back_with_the_events()
    {
        var client = new SendGridClient(
            new SendGridClientOptions { ApiKey = SandboxHost.SendGridKey, Host = _sandbox.Url });
        var mail = MailHelper.CreateSingleEmail(
            new EmailAddress("shop@example.test", "Shop"), new EmailAddress("anna@example.test"), "Pagamento", "Testo",
            "<p>Testo</p>");
        mail.AddCustomArg("delivery", "msg_77");

        var response = await client.SendEmailAsync(mail);

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.Accepted));
        var id = response.Headers.GetValues("X-Message-Id").Single();
        var delivered = await EventAsync(id, "delivered");
        Assert.That((string?)delivered["delivery"], Is.EqualTo("msg_77"));
        var booked = (await _sandbox.BooksAsync("messages")).Single(message => (string?)message!["id"] == id)!;
        Assert.Multiple(() =>
        {
            Assert.That((string?)booked["to"], Is.EqualTo("anna@example.test"));
            Assert.That((string?)booked["subject"], Is.EqualTo("Pagamento"));
            Assert.That((string?)booked["text"], Is.EqualTo("Testo"));
            Assert.That((string?)booked["html"], Is.EqualTo("<p>Testo</p>"));
        });
    }

    [TestCase("bounce@example.test", "bounce", "bounce")]
    [TestCase("blocked@example.test", "bounce", "blocked")]
    [TestCase("dropped@example.test", "dropped", null)]
    [TestCase("deferred@example.test", "deferred", null)]
    [TestCase("spam@example.test", "spamreport", null)]
    public async Task Some_addresses_meet_what_their_names_say(string to, string happened, string? type)
    {
        var id = await SendAsync(_sandbox, to);
        var seen = await EventAsync(id, happened);
        Assert.That((string?)seen["type"], Is.EqualTo(type));
        Assert.That((string?)seen["email"], Is.EqualTo(to));
    }

    [Test]
    public async Task The_trial_mode_sends_nothing()
    {
        var mail = Mail("trial@example.test");
        mail["mail_settings"] = new JsonObject { ["sandbox_mode"] = new JsonObject { ["enable"] = true } };
        using var response = await _sandbox.SendGrid.PostAsJsonAsync("/v3/mail/send", mail);

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That((await _sandbox.BooksAsync("messages")).Select(message => (string)message!["to"]!),
            Does.Not.Contain("trial@example.test"));
    }

    [TestCase("from", "from.email")]
    [TestCase("subject", "subject")]
    [TestCase("content", "content")]
    [TestCase("personalizations", "personalizations")]
    public async Task A_missing_field_is_named(string missing, string field)
    {
        var mail = Mail("anna@example.test");
        mail.Remove(missing);
        await RefusedAsync(mail, field);
    }

    [Test]
    public async Task A_wrong_field_is_named()
    {
        await RefusedAsync(Mail("no address"), "personalizations.0.to.0.email");

        var notStrings = Mail("anna@example.test");
        notStrings["custom_args"] = new JsonObject { ["delivery"] = 7 };
        await RefusedAsync(notStrings, "custom_args");

        var unknown = Mail("anna@example.test");
        unknown["subjekt"] = "x";
        await RefusedAsync(unknown, "subjekt");

        var htmlFirst = Mail("anna@example.test");
        htmlFirst["content"]!.AsArray().Insert(0, new JsonObject { ["type"] = "text/html", ["value"] = "<p>x</p>" });
        await RefusedAsync(htmlFirst, "content");
    }

    [Test]
    public async Task Another_key_is_refused()
    {
        using var response = await _sandbox.Plain.PostAsJsonAsync("/v3/mail/send", Mail("anna@example.test"));
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
        Assert.That((await SandboxHost.ReadAsync(response))["errors"]!.AsArray(), Has.Count.EqualTo(1));
    }

    /// <summary>Sends a plain email and gives its X-Message-Id.</summary>
    internal static async Task<string> SendAsync(SandboxHost sandbox, string to)
    {
        using var response = await sandbox.SendGrid.PostAsJsonAsync("/v3/mail/send", Mail(to));
        Assert.That(
            response.StatusCode, Is.EqualTo(HttpStatusCode.Accepted), await response.Content.ReadAsStringAsync());
        return response.Headers.GetValues("X-Message-Id").Single();
    }

    private static JsonObject Mail(string to) => new()
    {
        ["personalizations"] = new JsonArray(
            new JsonObject { ["to"] = new JsonArray(new JsonObject { ["email"] = to }) }),
        ["from"] = new JsonObject { ["email"] = "shop@example.test" },
        ["subject"] = "Pagamento",
        ["content"] = new JsonArray(new JsonObject { ["type"] = "text/plain", ["value"] = "Testo" }),
    };

    private async Task RefusedAsync(JsonObject mail, string field)
    {
        using var response = await _sandbox.SendGrid.PostAsJsonAsync("/v3/mail/send", mail);
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That((string?)(await SandboxHost.ReadAsync(response))["errors"]![0]!["field"], Is.EqualTo(field));
    }

    private async Task<JsonNode> EventAsync(string messageId, string happened) => (await Eventually.SeesAsync(
        () => Task.FromResult(_sandbox.Receiver.At("/events")
            .SelectMany(batch => JsonNode.Parse(batch.Text)!.AsArray())
            .FirstOrDefault(seen => (string?)seen!["event"] == happened
                && ((string)seen["sg_message_id"]!).Split('.')[0] == messageId)),
        seen => seen is not null, $"the event {happened}"))!;
}
