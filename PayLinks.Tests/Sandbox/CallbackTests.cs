using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace PayLinks.Tests.Sandbox;

internal sealed class CallbackTests
{
    private SandboxHost _sandbox = null!;

    [SetUp]
    public async Task Start() => _sandbox = await SandboxHost.StartAsync();

    [TearDown]
    public async Task Stop() => await _sandbox.DisposeAsync();

    [Test]
    public async Task Mollie_says_only_which_payment_to_look_at()
    {
        var id = await _sandbox.PaidPaymentAsync();

        await CalledAsync("/mollie", 1);
        var callback = _sandbox.Receiver.At("/mollie").Single();
        Assert.That(callback.Text, Is.EqualTo($"id={id}"));
        Assert.That(callback.Headers["Content-Type"], Is.EqualTo("application/x-www-form-urlencoded"));
        Assert.That(callback.Headers["User-Agent"], Is.EqualTo("Mollie HTTP client/1.0"));
    }

    [Test]
    public async Task Mollie_calls_ten_times_on_the_published_schedule_and_takes_only_200()
    {
        _sandbox.Receiver.Status = StatusCodes.Status202Accepted;
        await _sandbox.PaidPaymentAsync();
        await CalledAsync("/mollie", 1);

        // Waits between calls: 1 m, 2 m, 4 m, 8 m, 16 m, 29 m, 1 h, 2 h, 22 h after the call before.
        var calls = 1;
        foreach (var wait in new[] { "PT1M", "PT2M", "PT4M", "PT8M", "PT16M", "PT29M", "PT1H", "PT2H", "PT22H" })
        {
            await _sandbox.OrderAsync("/sandbox/clock", new { advance = wait });
            await CalledAsync("/mollie", ++calls);
        }

        await _sandbox.OrderAsync("/sandbox/clock", new { advance = "P30D" });
        await ProbeAsync();
        Assert.That(_sandbox.Receiver.At("/mollie"), Has.Count.EqualTo(10));
    }

    [Test]
    public async Task An_acknowledged_callback_is_not_repeated()
    {
        _sandbox.Receiver.Status = StatusCodes.Status503ServiceUnavailable;
        await _sandbox.PaidPaymentAsync();
        await CalledAsync("/mollie", 1);

        _sandbox.Receiver.Status = StatusCodes.Status200OK;
        await _sandbox.OrderAsync("/sandbox/clock", new { advance = "PT59S" });
        await ProbeAsync();
        Assert.That(_sandbox.Receiver.At("/mollie"), Has.Count.EqualTo(1), "not due yet");
        await _sandbox.OrderAsync("/sandbox/clock", new { advance = "PT1S" });
        await CalledAsync("/mollie", 2);

        await _sandbox.OrderAsync("/sandbox/clock", new { advance = "P2D" });
        await ProbeAsync();
        Assert.That(_sandbox.Receiver.At("/mollie"), Has.Count.EqualTo(2));
    }

    [Test]
    public async Task Dropped_callbacks_are_never_sent_nor_repeated()
    {
        await _sandbox.OrderAsync("/sandbox/callbacks", new { provider = "mollie", mode = "drop" });
        await _sandbox.PaidPaymentAsync();
        await _sandbox.OrderAsync("/sandbox/callbacks", new { provider = "mollie", mode = "normal" });
        await _sandbox.OrderAsync("/sandbox/clock", new { advance = "P2D" });

        await ProbeAsync();
        Assert.That(_sandbox.Receiver.At("/mollie"), Is.Empty);
    }

    [Test]
    public async Task Duplicated_callbacks_come_as_often_as_ordered()
    {
        await _sandbox.OrderAsync("/sandbox/callbacks", new { provider = "mollie", mode = "duplicate", factor = 3 });
        await _sandbox.PaidPaymentAsync();
        await CalledAsync("/mollie", 3);
    }

    [Test]
    public async Task Delayed_callbacks_wait_by_the_sandbox_clock()
    {
        await _sandbox.OrderAsync("/sandbox/callbacks", new { provider = "mollie", mode = "delay", factor = 600 });
        await _sandbox.PaidPaymentAsync();
        await ProbeAsync();
        Assert.That(_sandbox.Receiver.At("/mollie"), Is.Empty);

        await _sandbox.OrderAsync("/sandbox/clock", new { advance = "PT10M" });
        await CalledAsync("/mollie", 1);
    }

    [Test]
    public async Task Twilio_tells_of_each_step_under_its_signature()
    {
        const string Path = "/twilio?key=a%20b";
        using var sent = await _sandbox.PostSmsAsync("+393471234567", "Ciao", _sandbox.Receiver.Url + Path + "#rc=2");
        var sid = (string)(await SandboxHost.ReadAsync(sent))["sid"]!;

        await CalledAsync(Path, 3);
        var callbacks = _sandbox.Receiver.At(Path);
        Assert.That(
            callbacks.Select(callback => callback.Form["MessageStatus"]), Is.EqualTo(["queued", "sent", "delivered"]));
        foreach (var callback in callbacks)
        {
            Assert.That(callback.Form["MessageSid"], Is.EqualTo(sid));
            Assert.That(callback.Headers["X-Twilio-Signature"],
                Is.EqualTo(SignatureOf(_sandbox.Receiver.Url + Path, callback.Form)));
        }
    }

    [Test]
    public async Task SendGrid_signs_the_exact_bytes_that_it_sends()
    {
        await SendGridTests.SendAsync(_sandbox, "anna@example.test");
        await Eventually.IsTrueAsync(() => Task.FromResult(_sandbox.Receiver.At("/events")
            .Any(batch => batch.Text.Contains("\"delivered\"", StringComparison.Ordinal))), "delivered is told");

        foreach (var batch in _sandbox.Receiver.At("/events"))
        {
            var timestamp = batch.Headers["X-Twilio-Email-Event-Webhook-Timestamp"];
            byte[] signed = [.. Encoding.UTF8.GetBytes(timestamp), .. batch.Body];
            var signature = Convert.FromBase64String(batch.Headers["X-Twilio-Email-Event-Webhook-Signature"]);
            Assert.That(batch.Text, Does.EndWith("]\r\n"));
            Assert.That(_sandbox.EventKey.VerifyData(
                signed, signature, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence), Is.True);
            signed[^1] ^= 1;
            Assert.That(_sandbox.EventKey.VerifyData(
                signed, signature, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence), Is.False);
        }
    }

    [Test]
    public async Task Signatures_stay_on_the_wall_clock()
    {
        await _sandbox.OrderAsync("/sandbox/clock", new { advance = "P30D" });
        await SendGridTests.SendAsync(_sandbox, "anna@example.test");
        await Eventually.IsTrueAsync(
            () => Task.FromResult(_sandbox.Receiver.At("/events").Count > 0), "an event comes");

        var timestamp = _sandbox.Receiver.At("/events")[0].Headers["X-Twilio-Email-Event-Webhook-Timestamp"];
        var signedAt = DateTimeOffset.FromUnixTimeSeconds(long.Parse(timestamp, CultureInfo.InvariantCulture));
        Assert.That(signedAt, Is.EqualTo(TimeProvider.System.GetUtcNow()).Within(TimeSpan.FromMinutes(1)));
    }

    private Task<int> CalledAsync(string path, int times) => Eventually.SeesAsync(
        () => Task.FromResult(_sandbox.Receiver.At(path).Count), count => count == times, $"{times} calls of {path}");

    /// <summary>
    /// Sends a callback through the same agenda and waits for it: what was due before it has been called by then.
    /// </summary>
    private async Task ProbeAsync()
    {
        var path = $"/probe-{Convert.ToHexString(RandomNumberGenerator.GetBytes(8))}";
        using var sent = await _sandbox.PostSmsAsync("+393471234567", "probe", _sandbox.Receiver.Url + path);
        await CalledAsync(path, 3);
    }

    private static string SignatureOf(string url, Dictionary<string, string> form)
    {
        var fields = form.Keys.ToArray();
        Array.Sort(fields, string.CompareOrdinal);
        var text = fields.Aggregate(url, (sofar, field) => sofar + field + form[field]);
#pragma warning disable CA5350 // Twilio's protocol prescribes SHA-1 here.
        using var mac = new HMACSHA1(Encoding.UTF8.GetBytes(SandboxHost.AuthToken));
#pragma warning restore CA5350
        return Convert.ToBase64String(mac.ComputeHash(Encoding.UTF8.GetBytes(text)));
    }
}
