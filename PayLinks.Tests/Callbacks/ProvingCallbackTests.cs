using System.Net;
using System.Security.Cryptography;
using System.Text;
using PayLinks.Tests.Infrastructure;
using PayLinks.Tests.Reconciliation;
using PayLinks.Tests.Sending;
using PayLinks.Worker.Reconciliation;

namespace PayLinks.Tests.Callbacks;

/// <summary>Anybody can post to us; only what is proven is kept, and Mollie's hint only makes us ask.</summary>
public sealed class ProvingCallbackTests : IDisposable
{
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(10) };
    private readonly ECDsa _eventKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private Bench _bench = null!;
    private ProviderPosts _posts = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _bench = await Bench.StartAsync(
            Hosts.ApiAndSandbox,
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["SendGrid:EventPublicKey"] = Convert.ToBase64String(_eventKey.ExportSubjectPublicKeyInfo()),
                ["Twilio:AuthToken"] = $"{TestSystem.TwilioToken},the-older-token",
            });
        _posts = new ProviderPosts(_bench.ApiUrl);
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        _posts.Dispose();
        await _bench.DisposeAsync();
    }

    [Test]
    public async Task Mollies_hint_makes_the_payment_due_and_moves_nothing_by_itself()
    {
        await _bench.Sandbox.CallbacksAsync("mollie", "drop");
        var link = await _bench.NewLinkAsync();
        var payment = await _bench.BeginPaymentAsync(link);
        await _bench.RunAsync<PollPayments>();
        var booking = (await _bench.Sandbox.PaymentsAsync())[0];
        var hook = new Uri(booking.WebhookUrl!).PathAndQuery;

        Assert.That(await PostAsync(hook, "id=" + booking.Id), Is.EqualTo(HttpStatusCode.OK));
        await _bench.RunAsync<PollPayments>();
        Assert.That(await _bench.PaymentStatusAsync(payment), Is.EqualTo("open"), "Mollie does not say paid");

        await _bench.Sandbox.CompleteAsync(booking, "paid");
        Assert.That(await PostAsync(hook, "id=tr_anotherOne1"), Is.EqualTo(HttpStatusCode.OK), "well-formed, not ours");
        await _bench.RunAsync<PollPayments>();
        Assert.That(await _bench.LinkStatusAsync(link), Is.EqualTo("paid"));
    }

    [TestCase("")]
    [TestCase("id=")]
    [TestCase("id=ord_123")]
    [TestCase("id=tr_1&id=tr_2")]
    [TestCase("id=tr_%2e%2e%2f")]
    [TestCase("{\"id\":\"tr_1\"}")]
    public async Task Mollies_hint_in_another_form_is_refused(string body) =>
        Assert.That(await PostAsync(await MollieHookAsync(), body), Is.EqualTo(HttpStatusCode.BadRequest));

    [TestCase("pzzzzzzzzzzzzzzzzzzzzzzzzzz")]
    [TestCase("short")]
    [TestCase("p'; drop table payment;--")]
    public async Task A_key_of_nobody_is_not_found(string key) => Assert.That(
        await PostAsync("/callbacks/mollie/" + Uri.EscapeDataString(key), "id=tr_abc"),
        Is.EqualTo(HttpStatusCode.NotFound));

    [Test]
    public async Task Mollies_hint_is_acknowledged_while_Mollie_is_down()
    {
        var hook = await MollieHookAsync();
        await _bench.Sandbox.FailAsync("mollie", "*", "503", count: 5);
        Assert.That(await PostAsync(hook, "id=tr_abc"), Is.EqualTo(HttpStatusCode.OK));
        await _bench.Sandbox.FailAsync("mollie", "*", "none");
    }

    [Test]
    public async Task Twilios_word_counts_only_with_its_signature()
    {
        var message = await _bench.QueueSmsAsync();
        var path = $"/callbacks/twilio/status/{await _bench.CallbackKeyOfAsync(message)}";
        var form = Status("delivered");

        Assert.That(await PostTwilioAsync(path, form, null), Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That(await PostTwilioAsync(path, form, "AAAA"), Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That(
            await PostTwilioAsync(path, form, Sign("guessed", path, form)),
            Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That(
            await PostTwilioAsync(path, form, Sign(TestSystem.TwilioToken, path, Status("sent"))),
            Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That(await CallbacksAboutAsync(message), Is.Zero);

        Assert.That(
            await PostTwilioAsync(path, form, Sign(TestSystem.TwilioToken, path, form)),
            Is.EqualTo(HttpStatusCode.NoContent));
        Assert.That(
            await PostTwilioAsync(path, form, Sign("the-older-token", path, form)),
            Is.EqualTo(HttpStatusCode.NoContent));
        Assert.That(await CallbacksAboutAsync(message), Is.EqualTo(1), "the same word of the same text");
        form["MessageStatus"] = "sent";
        Assert.That(
            await PostTwilioAsync(path, form, Sign(TestSystem.TwilioToken, path, form)),
            Is.EqualTo(HttpStatusCode.NoContent));
        Assert.That(await CallbacksAboutAsync(message), Is.EqualTo(2));
    }

    [Test]
    public async Task Twilios_word_about_nobody_is_not_found_and_an_incomplete_one_refused()
    {
        const string nobody = "/callbacks/twilio/status/pzzzzzzzzzzzzzzzzzzzzzzzzzz";
        var form = Status("delivered");
        Assert.That(
            await PostTwilioAsync(nobody, form, Sign(TestSystem.TwilioToken, nobody, form)),
            Is.EqualTo(HttpStatusCode.NotFound));

        form.Remove("MessageStatus");
        Assert.That(
            await PostTwilioAsync(nobody, form, Sign(TestSystem.TwilioToken, nobody, form)),
            Is.EqualTo(HttpStatusCode.BadRequest));
    }

    [Test]
    public async Task SendGrids_batch_counts_only_signed_and_fresh()
    {
        var message = await _bench.QueueSmsAsync();
        var key = await _bench.CallbackKeyOfAsync(message);
        var batch = $$"""
            [{"event":"delivered","message":"{{key}}","sg_message_id":"abc.filter1"},
             {"event":"open","message":"{{key}}"},{"event":"delivered","message":"somebody-elses"},
             {"event":"delivered"}]
            """ + "\r\n";
        var now = await NowAsync();

        Assert.That(
            await PostEventsAsync(batch, now, tamperedBody: batch.Replace("delivered", "bounce")),
            Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That(await PostEventsAsync(batch, now.AddMinutes(-11)), Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That(await PostAsync("/callbacks/sendgrid/events", "[]"), Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That(await CallbacksAboutAsync(message), Is.Zero);

        Assert.That(await PostEventsAsync(batch, now), Is.EqualTo(HttpStatusCode.OK));
        Assert.That(await CallbacksAboutAsync(message), Is.EqualTo(1));
    }

    [TestCase("{}")]
    [TestCase("[1]")]
    [TestCase("[{\"event\":")]
    [TestCase("")]
    public async Task SendGrids_batch_in_another_form_is_refused(string body) =>
        Assert.That(await PostEventsAsync(body, await NowAsync()), Is.EqualTo(HttpStatusCode.BadRequest));

    [TestCase("/callbacks/sendgrid/events", 2 * 1024 * 1024)]
    [TestCase("/callbacks/twilio/inbound", 100 * 1024)]
    public async Task A_body_that_is_too_large_is_refused(string path, int length) => Assert.That(
        (int)await PostAsync(path, "Body=" + new string('x', length)), Is.InRange(400, 413));

    public void Dispose()
    {
        _http.Dispose();
        _eventKey.Dispose();
    }

    private async Task<string> MollieHookAsync()
    {
        await _bench.BeginPaymentAsync(await _bench.NewLinkAsync());
        await _bench.RunAsync<PollPayments>();
        return new Uri((await _bench.Sandbox.PaymentsAsync())[0].WebhookUrl!).PathAndQuery;
    }

    private async Task<DateTimeOffset> NowAsync() => DateTimeOffset.FromUnixTimeSeconds(
        await _bench.Database.ReadAsync<long>("select extract(epoch from now())::int8"));

    private Task<int> CallbacksAboutAsync(Guid message) => _bench.Database.ReadAsync<int>(
        "select count(*)::int from callback where message_id = @message", new { message });

    private async Task<HttpStatusCode> PostAsync(string path, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/x-www-form-urlencoded");
        using var response = await _http.PostAsync(_bench.ApiUrl + path, content);
        return response.StatusCode;
    }

    private async Task<HttpStatusCode> PostTwilioAsync(string path, Dictionary<string, string> form, string? signature)
    {
        using var response = await _posts.TwilioAsync(path, form, signature);
        return response.StatusCode;
    }

    private Task<HttpStatusCode> PostEventsAsync(string body, DateTimeOffset at, string? tamperedBody = null) =>
        _posts.SendGridAsync(_eventKey, body, at, tamperedBody);

    private static Dictionary<string, string> Status(string status) => new(StringComparer.Ordinal)
    {
        ["MessageSid"] = "SM0123456789abcdef0123456789abcdef",
        ["MessageStatus"] = status,
        ["To"] = "+393471234567",
        ["RawDlrDoneDate"] = "",
    };

    private string Sign(string token, string path, Dictionary<string, string> form) =>
        _posts.SignTwilio(token, path, form);
}
