using System.Net;

namespace PayLinks.Tests.Sandbox;

internal sealed class IdempotencyKeyTests
{
    private SandboxHost _sandbox = null!;

    [SetUp]
    public async Task Start() => _sandbox = await SandboxHost.StartAsync();

    [TearDown]
    public async Task Stop() => await _sandbox.DisposeAsync();

    [Test]
    public async Task A_repeated_key_gives_the_first_answer_and_makes_no_second_payment()
    {
        var order = _sandbox.PaymentOrder(cardToken: await _sandbox.CardTokenAsync());

        using var first = await _sandbox.PostPaymentAsync(order, "key/1+=");
        using var again = await _sandbox.PostPaymentAsync(order, "key/1+=");

        Assert.That(await again.Content.ReadAsStringAsync(), Is.EqualTo(await first.Content.ReadAsStringAsync()));
        Assert.That(again.StatusCode, Is.EqualTo(HttpStatusCode.Created));
        Assert.That(again.Headers.GetValues("Idempotent-Replayed"), Is.EqualTo(["true"]));
        Assert.That(first.Headers.Contains("Idempotent-Replayed"), Is.False);
        Assert.That(await _sandbox.BooksAsync("payments"), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_key_used_for_another_request_is_refused()
    {
        using var first = await _sandbox.PostPaymentAsync(_sandbox.PaymentOrder("10.00"), "key");
        using var other = await _sandbox.PostPaymentAsync(_sandbox.PaymentOrder("11.00"), "key");

        Assert.That(other.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(await _sandbox.BooksAsync("payments"), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_key_belongs_to_its_profile()
    {
        using var other = new HttpClient { BaseAddress = new Uri(_sandbox.Url) };
        other.DefaultRequestHeaders.Authorization = new("Bearer", SandboxHost.OtherMollieKey);

        using var first = await _sandbox.PostPaymentAsync(_sandbox.PaymentOrder(), "key");
        using var second = await _sandbox.PostPaymentAsync(_sandbox.PaymentOrder(), "key", other);

        Assert.That(second.StatusCode, Is.EqualTo(HttpStatusCode.Created));
        Assert.That(await _sandbox.BooksAsync("payments"), Has.Count.EqualTo(2));
    }

    [Test]
    public async Task After_an_hour_a_key_is_new()
    {
        var order = _sandbox.PaymentOrder();
        using var first = await _sandbox.PostPaymentAsync(order, "key");
        await _sandbox.OrderAsync("/sandbox/clock", new { advance = "PT59M" });
        using var within = await _sandbox.PostPaymentAsync(order, "key");
        await _sandbox.OrderAsync("/sandbox/clock", new { advance = "PT1M" });
        using var after = await _sandbox.PostPaymentAsync(order, "key");

        Assert.That(within.Headers.Contains("Idempotent-Replayed"), Is.True);
        Assert.That(after.Headers.Contains("Idempotent-Replayed"), Is.False);
        Assert.That(await _sandbox.BooksAsync("payments"), Has.Count.EqualTo(2));
    }

    [Test]
    public async Task A_twin_that_comes_while_the_first_is_under_way_is_told_to_wait()
    {
        await _sandbox.OrderAsync("/sandbox/faults", new
        {
            provider = "mollie",
            operation = "createPayment",
            mode = "slow",
            seconds = 2,
        });
        var order = _sandbox.PaymentOrder();
        var slow = _sandbox.PostPaymentAsync(order, "key");
        await Eventually.IsTrueAsync(
            async () => (await _sandbox.BooksAsync("payments")).Count == 1, "the slow one has done its work");

        using var twin = await _sandbox.PostPaymentAsync(order, "key");
        using var first = await slow;

        Assert.That(twin.StatusCode, Is.EqualTo(HttpStatusCode.Conflict));
        Assert.That(first.StatusCode, Is.EqualTo(HttpStatusCode.Created));
    }
}
