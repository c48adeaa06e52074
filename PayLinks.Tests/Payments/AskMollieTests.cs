using PayLinks.Core.Payments;

namespace PayLinks.Tests.Payments;

/// <summary>Creating, resolving a lost answer and fetching: whatever Mollie answers or does not, there is one
/// payment.</summary>
public sealed class AskMollieTests
{
    private PaymentBench _bench = null!;

    [OneTimeSetUp]
    public async Task Start() => _bench = await PaymentBench.StartAsync();

    [OneTimeTearDown]
    public async Task Stop() => await _bench.DisposeAsync();

    [Test]
    public async Task A_payment_is_created_and_the_customer_sent_on_to_the_bank()
    {
        var begun = await _bench.BeginAsync();

        var asked = await _bench.AskAsync(begun);

        Assert.That(asked.Status, Is.EqualTo(PaymentStatus.Open));
        Assert.That(asked.CheckoutUrl, Does.StartWith(_bench.System.SandboxUrl));
        Assert.That(await _bench.BookingsAsync(begun), Has.Count.EqualTo(1));
        Assert.That(
            await _bench.Database.ReadAsync<bool>("select request_cipher is null from payment where id = @Payment",
                begun),
            "the request is forgotten once it has been answered");
    }

    [Test]
    public async Task Asking_again_fetches_and_creates_nothing()
    {
        var begun = await _bench.BeginAsync();
        await _bench.AskAsync(begun);

        var again = await _bench.AskAsync(begun);

        Assert.That(again.Status, Is.EqualTo(PaymentStatus.Open));
        Assert.That(await _bench.BookingsAsync(begun), Has.Count.EqualTo(1));
    }

    [TestCase("500")]
    [TestCase("503")]
    [TestCase("reset")]
    [TestCase("garbled")]
    [TestCase("effect-then-500")]
    [TestCase("effect-then-timeout")]
    public async Task A_lost_answer_leaves_the_payment_unknown_until_the_same_request_finds_it(string mode)
    {
        var begun = await _bench.BeginAsync();
        await _bench.System.Sandbox.FailAsync("mollie", "createPayment", mode, seconds: 5);

        var lost = await _bench.AskAsync(begun);
        Assert.That(lost.Reached, Is.False);
        Assert.That(await _bench.PaymentStatusAsync(begun), Is.EqualTo("unknown"));

        var found = await _bench.AskAsync(begun);
        Assert.That(found.Status, Is.EqualTo(PaymentStatus.Open));
        Assert.That(await _bench.BookingsAsync(begun), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_definite_no_ends_the_payment_with_a_reason_and_opens_the_link_again()
    {
        var begun = await _bench.BeginAsync(cardToken: "tkn_nobodyhasthis");

        var asked = await _bench.AskAsync(begun);

        Assert.That(asked.Status, Is.EqualTo(PaymentStatus.Failed));
        Assert.That(
            await _bench.Database.ReadAsync<string>("select failure_reason from payment where id = @Payment", begun),
            Is.EqualTo("invalid_card_token"));
        Assert.That(await _bench.LinkStatusAsync(begun), Is.EqualTo("open"));
        Assert.That(await _bench.BookingsAsync(begun), Is.Empty);
    }

    [Test]
    public async Task When_Mollie_does_not_answer_a_fetch_nothing_changes()
    {
        var begun = await _bench.BeginAsync();
        await _bench.AskAsync(begun);
        await _bench.System.Sandbox.FailAsync("mollie", "getPayment", "503");

        var asked = await _bench.AskAsync(begun);

        Assert.That(asked.Reached, Is.False);
        Assert.That(asked.Status, Is.EqualTo(PaymentStatus.Open));
        Assert.That(await _bench.PaymentStatusAsync(begun), Is.EqualTo("open"));
    }

    [Test]
    public async Task A_canceled_payment_opens_the_link_again()
    {
        var begun = await _bench.BeginAsync();
        await _bench.AskAsync(begun);

        var asked = await _bench.Ask.ToCancelAsync(_bench.System.MerchantId, begun.Payment, default);

        // Mollie cancels a card payment only while it is open; either way our status is Mollie's.
        Assert.That(asked.Status.ToString().ToLowerInvariant(), Is.EqualTo((await _bench.BookingAsync(begun)).Status));
        Assert.That(await _bench.LinkStatusAsync(begun), Is.EqualTo(asked.Status.IsUnderWay() ? "processing" : "open"));
    }

    [Test]
    public async Task A_payment_that_Mollie_does_not_know_is_put_aside()
    {
        var begun = await _bench.BeginAsync();
        await _bench.AskAsync(begun);
        await _bench.Database.ExecuteAsync("update payment set mollie_id = 'tr_nobody' where id = @Payment", begun);

        await _bench.AskAsync(begun);

        Assert.That(
            await _bench.Database.ReadAsync<string>("select quarantine_reason from payment where id = @Payment", begun),
            Is.EqualTo("not_found"));
        Assert.That(await _bench.EventsAsync(begun), Has.One.EqualTo("payment.quarantined"));
    }
}

/// <summary>After the hour of the Idempotency-Key. The clock is moved, so these have a system of their own.</summary>
public sealed class LateLookUpTests
{
    private PaymentBench _bench = null!;

    [SetUp]
    public async Task Start() => _bench = await PaymentBench.StartAsync();

    [TearDown]
    public async Task Stop() => await _bench.DisposeAsync();

    [Test]
    public async Task A_lost_payment_is_found_in_Mollies_list()
    {
        var begun = await _bench.BeginAsync();
        await _bench.System.Sandbox.FailAsync("mollie", "createPayment", "effect-then-500");
        await _bench.AskAsync(begun);
        await _bench.CompleteAsync(begun, "paid");
        await _bench.System.MoveClockAsync(TimeSpan.FromMinutes(56));

        var asked = await _bench.AskAsync(begun);

        Assert.That(asked.Status, Is.EqualTo(PaymentStatus.Paid));
        Assert.That(await _bench.LinkStatusAsync(begun), Is.EqualTo("paid"));
        Assert.That(await _bench.BookingsAsync(begun), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_payment_that_is_not_in_the_list_is_absent_and_never_created_late()
    {
        var other = await _bench.BeginAsync();
        await _bench.AskAsync(other);
        var begun = await _bench.BeginAsync();
        await _bench.System.Sandbox.FailAsync("mollie", "createPayment", "503");
        await _bench.AskAsync(begun);
        await _bench.System.MoveClockAsync(TimeSpan.FromMinutes(56));

        var asked = await _bench.AskAsync(begun);
        var again = await _bench.AskAsync(begun);

        Assert.That(asked.Status, Is.EqualTo(PaymentStatus.Absent));
        Assert.That(again.Status, Is.EqualTo(PaymentStatus.Absent));
        Assert.That(await _bench.BookingsAsync(begun), Is.Empty);
        Assert.That(await _bench.LinkStatusAsync(begun), Is.EqualTo("open"));
    }

    [Test]
    public async Task A_list_that_does_not_come_leaves_it_unknown()
    {
        var begun = await _bench.BeginAsync();
        await _bench.System.Sandbox.FailAsync("mollie", "createPayment", "effect-then-500");
        await _bench.AskAsync(begun);
        await _bench.System.MoveClockAsync(TimeSpan.FromMinutes(56));
        await _bench.System.Sandbox.FailAsync("mollie", "listPayments", "503");

        var unanswered = await _bench.AskAsync(begun);
        var answered = await _bench.AskAsync(begun);

        Assert.That(unanswered.Status, Is.EqualTo(PaymentStatus.Unknown));
        Assert.That(answered.Status, Is.EqualTo(PaymentStatus.Open).Or.EqualTo(PaymentStatus.Expired));
        Assert.That(await _bench.BookingsAsync(begun), Has.Count.EqualTo(1));
    }
}
