using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace PayLinks.Tests.Sandbox;

internal sealed class TwilioTests
{
    private static readonly string Messages = $"/2010-04-01/Accounts/{SandboxHost.Account}/Messages";

    private SandboxHost _sandbox = null!;

    [OneTimeSetUp]
    public async Task Start() => _sandbox = await SandboxHost.StartAsync();

    [OneTimeTearDown]
    public async Task Stop() => await _sandbox.DisposeAsync();

    [Test]
    public async Task An_SMS_is_accepted_and_arrives()
    {
        using var response = await _sandbox.PostSmsAsync("+393471234567", "Ciao");
        var message = await SandboxHost.ReadAsync(response);

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.Created));
        Assert.That((string?)message["status"], Is.EqualTo("queued"));
        Assert.That((string?)message["num_segments"], Is.EqualTo("1"));
        Assert.That(message["date_sent"], Is.Null);
        await StatusAsync((string)message["sid"]!, "delivered", null);
    }

    [TestCase("+15005550001", 21211)]
    [TestCase("+15005550002", 21612)]
    [TestCase("+15005550003", 21408)]
    [TestCase("+15005550004", 21610)]
    [TestCase("+15005550009", 21614)]
    [TestCase("+390612345678", 21614)]
    [TestCase("3471234567", 21211)]
    [TestCase("+39 347 123", 21211)]
    public async Task A_recipient_that_cannot_be_reached_is_refused_by_code(string to, int code)
    {
        using var response = await _sandbox.PostSmsAsync(to, "Ciao");
        await RefusedAsync(response, code);
    }

    [TestCase("+15005550001", 21212)]
    [TestCase("+15005550007", 21606)]
    [TestCase("+15005550008", 21611)]
    [TestCase("A name too long", 21212)]
    public async Task A_sender_that_cannot_send_is_refused_by_code(string from, int code)
    {
        using var response = await _sandbox.PostSmsAsync("+393471234567", "Ciao", from: from);
        await RefusedAsync(response, code);
    }

    [TestCase("0003", 30003)]
    [TestCase("0005", 30005)]
    [TestCase("0006", 30006)]
    [TestCase("0007", 30007)]
    [TestCase("0008", 30008)]
    public async Task Some_accepted_numbers_are_never_reached(string ending, int code)
    {
        using var response = await _sandbox.PostSmsAsync(
            $"+39347123{ending}", "Ciao", $"{_sandbox.Receiver.Url}/{ending}");
        await StatusAsync((string)(await SandboxHost.ReadAsync(response))["sid"]!, "undelivered", code);
        await Eventually.IsTrueAsync(() => Task.FromResult(_sandbox.Receiver.At($"/{ending}").Any(callback =>
            callback.Form["MessageStatus"] == "undelivered" && callback.Form["ErrorCode"] == $"{code}")), "it is told");
    }

    [Test]
    public async Task Bodies_and_callback_addresses_are_checked()
    {
        using var empty = await _sandbox.PostSmsAsync("+393471234567", "");
        using var tooLong = await _sandbox.PostSmsAsync("+393471234567", new string('a', 1601));
        using var longest = await _sandbox.PostSmsAsync("+393471234567", new string('a', 1600));
        using var noUrl = await _sandbox.PostSmsAsync("+393471234567", "Ciao", "callbacks/twilio");

        await RefusedAsync(empty, 21602);
        await RefusedAsync(tooLong, 21617);
        Assert.That(longest.StatusCode, Is.EqualTo(HttpStatusCode.Created));
        await RefusedAsync(noUrl, 21609);
    }

    [TestCase("a", 160, "1")]
    [TestCase("a", 161, "2")]
    [TestCase("a", 306, "2")]
    [TestCase("a", 307, "3")]
    [TestCase("è", 160, "1")]
    [TestCase("€", 80, "1")]
    [TestCase("€", 81, "2")]
    [TestCase("€", 153, "3")]
    [TestCase("ç", 70, "1")]
    [TestCase("ç", 71, "2")]
    [TestCase("ç", 134, "2")]
    [TestCase("ç", 135, "3")]
    [TestCase("😀", 35, "1")]
    [TestCase("😀", 36, "2")]
    public async Task Segments_are_counted_as_networks_do(string sign, int times, string segments)
    {
        using var response = await _sandbox.PostSmsAsync(
            "+393471234567", string.Concat(Enumerable.Repeat(sign, times)));
        Assert.That((string?)(await SandboxHost.ReadAsync(response))["num_segments"], Is.EqualTo(segments));
    }

    [Test]
    public async Task Messages_are_found_by_recipient_and_day_page_by_page()
    {
        const string To = "+393479876543";
        var made = new List<string>();
        for (var i = 0; i < 5; i++)
        {
            using var response = await _sandbox.PostSmsAsync(To, $"Number {i}");
            made.Insert(0, (string)(await SandboxHost.ReadAsync(response))["sid"]!);
        }

        var found = new List<string>();
        var today = TimeProvider.System.GetUtcNow().UtcDateTime.ToString("yyyy-MM-dd", null);
        var next = $"{Messages}.json?To={Uri.EscapeDataString(To)}&DateSent%3E={today}&PageSize=2";
        while (next is not null)
        {
            var page = (await _sandbox.Twilio.GetFromJsonAsync<JsonNode>(next))!;
            found.AddRange(page["messages"]!.AsArray().Select(message => (string)message!["sid"]!));
            next = (string?)page["next_page_uri"];
        }

        Assert.That(found, Is.EqualTo(made));
        var before = (await _sandbox.Twilio.GetFromJsonAsync<JsonNode>(
            $"{Messages}.json?To={Uri.EscapeDataString(To)}&DateSent%3C=2020-01-01"))!;
        Assert.That(before["messages"]!.AsArray(), Is.Empty);
    }

    [Test]
    public async Task A_message_can_be_redacted_and_deleted_but_was_still_sent()
    {
        using var sent = await _sandbox.PostSmsAsync("+393475550000", "Secret");
        var sid = (string)(await SandboxHost.ReadAsync(sent))["sid"]!;

        using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["Body"] = "" });
        using var redacted = await _sandbox.Twilio.PostAsync($"{Messages}/{sid}.json", form);
        Assert.That((string?)(await SandboxHost.ReadAsync(redacted))["body"], Is.Empty);

        using var deleted = await _sandbox.Twilio.DeleteAsync($"{Messages}/{sid}.json");
        using var gone = await _sandbox.Twilio.GetAsync($"{Messages}/{sid}.json");
        Assert.That(deleted.StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
        Assert.That(gone.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That(
            (await _sandbox.BooksAsync("messages")).Select(message => (string)message!["id"]!), Does.Contain(sid));
    }

    [Test]
    public async Task Whoever_answers_STOP_gets_no_more_until_START()
    {
        const string Sender = "+393331112222";
        const string Customer = "+393474443333";
        await _sandbox.OrderAsync("/sandbox/inbound", new { from = Customer, to = Sender, body = " stop " });
        using var refused = await _sandbox.PostSmsAsync(Customer, "Ciao", from: Sender);
        await RefusedAsync(refused, 21610);

        await _sandbox.OrderAsync("/sandbox/inbound", new { from = Customer, to = Sender, body = "START" });
        using var accepted = await _sandbox.PostSmsAsync(Customer, "Ciao", from: Sender);
        Assert.That(accepted.StatusCode, Is.EqualTo(HttpStatusCode.Created));

        await Eventually.IsTrueAsync(() => Task.FromResult(_sandbox.Receiver.At("/inbound").Any(callback =>
            callback.Form["OptOutType"] == "STOP" && callback.Form["Body"] == " stop "
            && callback.Form["From"] == Customer && callback.Headers.ContainsKey("X-Twilio-Signature"))),
            "PayLinks is told of the answer");
    }

    [Test]
    public async Task A_service_that_is_answered_STOP_sends_nothing_more_to_that_phone()
    {
        const string Service = "MG0123456789abcdef0123456789abcdef";
        const string Customer = "+393474443334";
        await _sandbox.OrderAsync("/sandbox/inbound", new { from = Customer, to = Service, body = "Stop" });

        using var refused = await _sandbox.PostSmsAsync(new Dictionary<string, string>
        {
            ["To"] = Customer,
            ["MessagingServiceSid"] = Service,
            ["Body"] = "Ciao",
        });
        await RefusedAsync(refused, 21610);

        using var byNumber = await _sandbox.PostSmsAsync(Customer, "Ciao", from: "+393331112223");
        Assert.That(byNumber.StatusCode, Is.EqualTo(HttpStatusCode.Created), "another sender was not answered");
        await Eventually.IsTrueAsync(() => Task.FromResult(_sandbox.Receiver.At("/inbound").Any(callback =>
            callback.Form["From"] == Customer && callback.Form["MessagingServiceSid"] == Service
            && callback.Form["To"].StartsWith('+'))), "PayLinks is told which service");
    }

    [Test]
    public async Task Another_account_or_token_is_refused()
    {
        using var wrongPath = await _sandbox.Twilio.GetAsync("/2010-04-01/Accounts/ACother/Messages.json");
        using var noToken = await _sandbox.Plain.GetAsync($"{Messages}.json");

        Assert.That(wrongPath.StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
        await RefusedAsync(noToken, 20003, HttpStatusCode.Unauthorized);
    }

    private static async Task RefusedAsync(
        HttpResponseMessage response, int code, HttpStatusCode status = HttpStatusCode.BadRequest)
    {
        Assert.That(response.StatusCode, Is.EqualTo(status));
        Assert.That((int?)(await SandboxHost.ReadAsync(response))["code"], Is.EqualTo(code));
    }

    private async Task StatusAsync(string sid, string status, int? code)
    {
        var message = await Eventually.SeesAsync(
            async () => (await _sandbox.Twilio.GetFromJsonAsync<JsonNode>($"{Messages}/{sid}.json"))!,
            seen => (string?)seen["status"] == status, $"the message is {status}");
        Assert.That((int?)message["error_code"], Is.EqualTo(code));
        Assert.That(message["date_sent"], Is.Not.Null);
    }
}
