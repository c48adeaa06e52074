using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;

namespace PayLinks.Tests.Sandbox;

internal sealed class FaultTests
{
    private SandboxHost _sandbox = null!;

    [SetUp]
    public async Task Start() => _sandbox = await SandboxHost.StartAsync();

    [TearDown]
    public async Task Stop() => await _sandbox.DisposeAsync();

    [TestCase("500")]
    [TestCase("503")]
    [TestCase("429")]
    public async Task A_fault_answers_in_the_providers_shape_and_does_nothing(string mode)
    {
        await FaultAsync("mollie", "createPayment", mode);

        using var failed = await _sandbox.PostPaymentAsync(_sandbox.PaymentOrder(), "key");
        Assert.That($"{(int)failed.StatusCode}", Is.EqualTo(mode));
        Assert.That($"{(await SandboxHost.ReadAsync(failed))["status"]}", Is.EqualTo(mode));
        Assert.That(failed.Headers.RetryAfter is not null, Is.EqualTo(mode == "429"));
        Assert.That(await _sandbox.BooksAsync("payments"), Is.Empty);

        using var well = await _sandbox.PostPaymentAsync(_sandbox.PaymentOrder(), "key");
        Assert.That(well.StatusCode, Is.EqualTo(HttpStatusCode.Created));
        Assert.That(well.Headers.Contains("Idempotent-Replayed"), Is.False);
    }

    [Test]
    public async Task A_fault_after_the_effect_keeps_the_answer_for_the_same_key()
    {
        await FaultAsync("mollie", "createPayment", "effect-then-500");
        var order = _sandbox.PaymentOrder(cardToken: await _sandbox.CardTokenAsync());

        using var failed = await _sandbox.PostPaymentAsync(order, "key");
        using var again = await _sandbox.PostPaymentAsync(order, "key");

        Assert.That(failed.StatusCode, Is.EqualTo(HttpStatusCode.InternalServerError));
        Assert.That(again.StatusCode, Is.EqualTo(HttpStatusCode.Created));
        Assert.That(again.Headers.Contains("Idempotent-Replayed"), Is.True);
        Assert.That(await _sandbox.BooksAsync("payments"), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task An_answer_that_never_comes_may_have_done_its_work()
    {
        await FaultAsync("twilio", "createMessage", "effect-then-timeout", seconds: 1);
        Assert.That(
            async () => await _sandbox.PostSmsAsync("+393471234567", "Ciao"),
            Throws.InstanceOf<HttpRequestException>());
        Assert.That(await _sandbox.BooksAsync("messages"), Has.Count.EqualTo(1));

        await FaultAsync("twilio", "createMessage", "timeout", seconds: 1);
        Assert.That(
            async () => await _sandbox.PostSmsAsync("+393471234567", "Ciao"),
            Throws.InstanceOf<HttpRequestException>());
        Assert.That(await _sandbox.BooksAsync("messages"), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_reset_breaks_the_connection_before_anything_is_done()
    {
        await FaultAsync("sendgrid", "sendMail", "reset");
        Assert.That(
            async () => await SendGridTests.SendAsync(_sandbox, "anna@example.test"),
            Throws.InstanceOf<HttpRequestException>());
        Assert.That(await _sandbox.BooksAsync("messages"), Is.Empty);
    }

    [Test]
    public async Task A_garbled_answer_cannot_be_read()
    {
        await FaultAsync("mollie", "createPayment", "garbled");
        using var response = await _sandbox.PostPaymentAsync(_sandbox.PaymentOrder());
        Assert.That(
            async () => await SandboxHost.ReadAsync(response), Throws.InstanceOf<System.Text.Json.JsonException>());
    }

    [Test]
    public async Task A_slow_answer_comes_in_the_end()
    {
        await FaultAsync("twilio", "createMessage", "slow", seconds: 0.5);
        var started = Stopwatch.GetTimestamp();
        using var response = await _sandbox.PostSmsAsync("+393471234567", "Ciao");

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.Created));
        Assert.That(Stopwatch.GetElapsedTime(started), Is.GreaterThan(TimeSpan.FromSeconds(0.45)));
    }

    [Test]
    public async Task Faults_strike_as_often_as_ordered_one_after_the_other()
    {
        await FaultAsync("twilio", "createMessage", "500", count: 2);
        await FaultAsync("twilio", "*", "429");

        var statuses = new List<int>();
        for (var i = 0; i < 4; i++)
        {
            using var response = await _sandbox.PostSmsAsync("+393471234567", "Ciao");
            statuses.Add((int)response.StatusCode);
        }

        Assert.That(statuses, Is.EqualTo([500, 500, 429, 201]));
    }

    [Test]
    public async Task None_takes_the_standing_faults_back()
    {
        await FaultAsync("twilio", "createMessage", "500", count: 9);
        await FaultAsync("mollie", "createPayment", "500", count: 9);
        await FaultAsync("twilio", "*", "none");

        using var sms = await _sandbox.PostSmsAsync("+393471234567", "Ciao");
        using var payment = await _sandbox.PostPaymentAsync(_sandbox.PaymentOrder());
        Assert.That(sms.StatusCode, Is.EqualTo(HttpStatusCode.Created));
        Assert.That(payment.StatusCode, Is.EqualTo(HttpStatusCode.InternalServerError));
    }

    [TestCase("/sandbox/faults", """{"provider":"visa","mode":"500"}""")]
    [TestCase("/sandbox/faults", """{"provider":"twilio","operation":"createPayment","mode":"500"}""")]
    [TestCase("/sandbox/faults", """{"provider":"twilio","mode":"explode"}""")]
    [TestCase("/sandbox/faults", """{"provider":"twilio","mode":"500","count":0}""")]
    [TestCase("/sandbox/faults", """{"provider":"twilio","mode":"500","probability":1.5}""")]
    [TestCase("/sandbox/faults", """{"provider":"twilio","mode":"500","often":3}""")]
    [TestCase("/sandbox/faults", """{"provider":"twilio","mode":500}""")]
    [TestCase("/sandbox/faults", """{"mode":"500"}""")]
    [TestCase("/sandbox/faults", "nonsense")]
    [TestCase("/sandbox/faults", "null")]
    [TestCase("/sandbox/callbacks", """{"provider":"mollie","mode":"lose"}""")]
    [TestCase("/sandbox/callbacks", """{"provider":"mollie","mode":"duplicate","factor":0}""")]
    [TestCase("/sandbox/clock", """{"advance":"an hour"}""")]
    [TestCase("/sandbox/clock", """{"advance":"-PT1H"}""")]
    [TestCase("/sandbox/inbound", """{"from":"347","to":"+393331112222","body":"x"}""")]
    public async Task An_order_that_makes_no_sense_is_a_problem_that_says_why(string path, string order)
    {
        using var response = await _sandbox.Plain.PostAsync(path, new StringContent(order));
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(response.Content.Headers.ContentType!.MediaType, Is.EqualTo("application/problem+json"));
        Assert.That(
            (string?)(await SandboxHost.ReadAsync(response))["detail"], Is.Not.Empty.And.Not.Contains("PayLinks."));
    }

    private Task<JsonNode> FaultAsync(
        string provider, string operation, string mode, int count = 1, double seconds = 20) =>
        _sandbox.OrderAsync("/sandbox/faults", new { provider, operation, mode, count, probability = 1.0, seconds });
}
