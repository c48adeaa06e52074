using System.Net;
using System.Text.Json.Nodes;

namespace PayLinks.Tests.Sandbox;

internal sealed class BankTests
{
    private SandboxHost _sandbox = null!;

    [OneTimeSetUp]
    public async Task Start() => _sandbox = await SandboxHost.StartAsync();

    [OneTimeTearDown]
    public async Task Stop() => await _sandbox.DisposeAsync();

    [TestCase("approve", "paid", null)]
    [TestCase("decline", "failed", "authentication_failed")]
    [TestCase("cancel", "canceled", null)]
    public async Task What_the_customer_does_at_the_bank_ends_the_payment(string outcome, string status, string? reason)
    {
        var payment = await _sandbox.CreatePaymentAsync();

        using var answer = await AnswerAsync((string)payment["id"]!, outcome);

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.SeeOther));
        Assert.That(answer.Headers.Location!.ToString(), Is.EqualTo($"{_sandbox.Receiver.Url}/shop"));
        var ended = await _sandbox.PaymentAsync((string)payment["id"]!);
        Assert.That((string?)ended["status"], Is.EqualTo(status));
        Assert.That((string?)ended["details"]!["failureReason"], Is.EqualTo(reason));
        Assert.That(ended["_links"]!["checkout"], Is.Null);
    }

    [Test]
    public async Task Walking_away_changes_nothing_and_the_bank_still_waits()
    {
        var id = (string)(await _sandbox.CreatePaymentAsync())["id"]!;

        using var left = await AnswerAsync(id, "leave");
        Assert.That(left.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That((string?)(await _sandbox.PaymentAsync(id))["status"], Is.EqualTo("open"));

        using var later = await AnswerAsync(id, "approve");
        Assert.That((string?)(await _sandbox.PaymentAsync(id))["status"], Is.EqualTo("paid"));
    }

    [Test]
    public async Task The_first_of_two_taps_decides()
    {
        var id = (string)(await _sandbox.CreatePaymentAsync())["id"]!;

        using var first = await AnswerAsync(id, "approve");
        using var second = await AnswerAsync(id, "decline");

        Assert.That(second.StatusCode, Is.EqualTo(HttpStatusCode.SeeOther));
        Assert.That((string?)(await _sandbox.PaymentAsync(id))["status"], Is.EqualTo("paid"));
    }

    [TestCase("1001.00", "invalid_card_number")]
    [TestCase("1002.00", "invalid_cvv")]
    [TestCase("1003.00", "invalid_card_holder_name")]
    [TestCase("1004.00", "card_expired")]
    [TestCase("1005.00", "invalid_card_type")]
    [TestCase("1006.00", "refused_by_issuer")]
    [TestCase("1007.00", "insufficient_funds")]
    [TestCase("1008.00", "inactive_card")]
    [TestCase("1009.00", "possible_fraud")]
    [TestCase("1010.00", "authentication_failed")]
    [TestCase("1011.00", "card_declined")]
    public async Task A_published_amount_fails_for_its_reason(string value, string reason)
    {
        var order = _sandbox.PaymentOrder(value, await _sandbox.CardTokenAsync());
        order["locale"] = "it_IT";
        var id = (string)(await _sandbox.CreatePaymentAsync(order))["id"]!;

        using var answer = await AnswerAsync(id, "approve");

        var failed = await _sandbox.PaymentAsync(id);
        Assert.That((string?)failed["status"], Is.EqualTo("failed"));
        Assert.That((string?)failed["details"]!["failureReason"], Is.EqualTo(reason));
        Assert.That((string?)failed["details"]!["failureMessage"], Is.Not.Empty);
    }

    [TestCase("4000 0000 0000 0002", "paid", null)]
    [TestCase("4000 0000 0000 0010", "failed", "card_declined")]
    [TestCase("4000 0000 0000 0036", "failed", "authentication_unavailable_acs")]
    public async Task Some_cards_are_decided_without_the_bank_page(string number, string status, string? reason)
    {
        var order = _sandbox.PaymentOrder(cardToken: await _sandbox.CardTokenAsync(number));

        var payment = await _sandbox.CreatePaymentAsync(order);

        Assert.That((string?)payment["status"], Is.EqualTo(status));
        Assert.That(payment["_links"]!["checkout"], Is.Null);
        Assert.That((string?)payment["details"]!["failureReason"], Is.EqualTo(reason));
    }

    [Test]
    public async Task One_card_is_told_of_before_the_create_is_answered()
    {
        var order = _sandbox.PaymentOrder(cardToken: await _sandbox.CardTokenAsync("4000 0000 0000 0069"));
        order["webhookUrl"] = $"{_sandbox.Receiver.Url}/early";

        await _sandbox.CreatePaymentAsync(order);

        Assert.That(_sandbox.Receiver.At("/early"), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task One_card_stays_pending_for_a_while_and_is_then_paid()
    {
        await using var sandbox = await SandboxHost.StartAsync();
        var order = sandbox.PaymentOrder(cardToken: await sandbox.CardTokenAsync("4000 0000 0000 0044"));
        var id = (string)(await sandbox.CreatePaymentAsync(order))["id"]!;

        using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["outcome"] = "approve" });
        using var answer = await sandbox.Plain.PostAsync($"/mollie/authenticate/{id}", form);
        Assert.That((string?)(await sandbox.PaymentAsync(id))["status"], Is.EqualTo("pending"));
        Assert.That(sandbox.Receiver.At("/mollie"), Is.Empty, "pending is not told");

        await sandbox.OrderAsync("/sandbox/clock", new { advance = "PT10S" });
        await Eventually.IsTrueAsync(
            async () => (string?)(await sandbox.PaymentAsync(id))["status"] == "paid", "the payment is paid");
    }

    [Test]
    public async Task The_hosted_checkout_takes_a_card_without_scripts_and_goes_on_to_the_bank()
    {
        var payment = await _sandbox.CreatePaymentAsync(_sandbox.PaymentOrder());
        var checkout = (string)payment["_links"]!["checkout"]!["href"]!;
        Assert.That(checkout, Is.EqualTo($"{_sandbox.Url}/mollie/checkout/{payment["id"]}"));

        using var wrong = await PostAsync(checkout, Card("4543 4740 0224 9997"));
        Assert.That(wrong.StatusCode, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
        Assert.That(
            await wrong.Content.ReadAsStringAsync(), Does.Contain("Check the card number").And.Not.Contain("9997"));

        using var right = await PostAsync(checkout, Card(SandboxHost.Visa));
        Assert.That(right.Headers.Location!.ToString(), Is.EqualTo($"/mollie/authenticate/{payment["id"]}"));
        var chosen = await _sandbox.PaymentAsync((string)payment["id"]!);
        Assert.That((string?)chosen["method"], Is.EqualTo("creditcard"));
        Assert.That((bool?)chosen["isCancelable"], Is.False);
    }

    [Test]
    public async Task Who_turns_back_from_the_way_that_the_shop_chose_may_choose_another()
    {
        var order = _sandbox.PaymentOrder();
        order["method"] = "paypal";
        var payment = await _sandbox.CreatePaymentAsync(order);
        var id = (string)payment["id"]!;
        Assert.That((string?)payment["_links"]!["checkout"]!["href"], Is.EqualTo(
            $"{_sandbox.Url}/mollie/authenticate/{id}"));
        Assert.That(
            await _sandbox.Plain.GetStringAsync($"/mollie/authenticate/{id}"), Does.Contain("Pay with PayPal?"));

        using var back = await AnswerAsync(id, "cancel");
        Assert.That(back.Headers.Location!.ToString(), Is.EqualTo($"/mollie/checkout/{id}"));
        Assert.That((string?)(await _sandbox.PaymentAsync(id))["status"], Is.EqualTo("open"));

        using var other = await PostAsync($"/mollie/checkout/{id}", new() { ["method"] = "satispay" });
        using var approved = await AnswerAsync(id, "approve");
        var paid = await _sandbox.PaymentAsync(id);
        Assert.That((string?)paid["method"], Is.EqualTo("satispay"));
        Assert.That((string?)paid["status"], Is.EqualTo("paid"));
        Assert.That(paid["details"], Is.Null, "there is no card");
    }

    [Test]
    public async Task Cancel_at_the_hosted_checkout_leads_back_by_the_cancel_address()
    {
        var order = _sandbox.PaymentOrder();
        order["cancelUrl"] = $"{_sandbox.Receiver.Url}/never-mind";
        var payment = await _sandbox.CreatePaymentAsync(order);

        using var answer = await PostAsync(
            (string)payment["_links"]!["checkout"]!["href"]!, new() { ["method"] = "cancel" });

        Assert.That(answer.Headers.Location!.ToString(), Is.EqualTo($"{_sandbox.Receiver.Url}/never-mind"));
        Assert.That((string?)(await _sandbox.PaymentAsync((string)payment["id"]!))["status"], Is.EqualTo("canceled"));
    }

    [Test]
    public async Task A_test_can_end_a_payment_and_paid_stays_paid()
    {
        var id = (string)(await _sandbox.CreatePaymentAsync())["id"]!;
        await _sandbox.OrderAsync(
            $"/sandbox/payments/{id}/complete", new { status = "failed", failureReason = "insufficient_funds" });
        Assert.That(
            (string?)(await _sandbox.PaymentAsync(id))["details"]!["failureReason"], Is.EqualTo("insufficient_funds"));

        // Mollie's late fact: it was paid after all.
        await _sandbox.OrderAsync($"/sandbox/payments/{id}/complete", new { status = "paid" });
        using var unpaid = await _sandbox.Plain.PostAsync(
            $"/sandbox/payments/{id}/complete", new StringContent("""{"status":"failed"}"""));
        Assert.That(unpaid.StatusCode, Is.EqualTo(HttpStatusCode.Conflict));
        Assert.That((string?)(await _sandbox.PaymentAsync(id))["status"], Is.EqualTo("paid"));
    }

    [TestCase("4543 4740 0224 9997", "12/39", "123", "Anna")]
    [TestCase(SandboxHost.Visa, "12/19", "123", "Anna")]
    [TestCase(SandboxHost.Visa, "13/39", "123", "Anna")]
    [TestCase(SandboxHost.Visa, "12/39", "12", "Anna")]
    [TestCase(SandboxHost.Visa, "12/39", "123", "")]
    public async Task A_wrong_card_makes_no_token(string number, string expiry, string cvv, string holder)
    {
        using var body = new StringContent(new JsonObject
        {
            ["number"] = number,
            ["expiry"] = expiry,
            ["cvv"] = cvv,
            ["holder"] = holder,
        }.ToJsonString());
        using var answer = await _sandbox.Plain.PostAsync("/sandbox/card-tokens", body);

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(answer.Content.Headers.ContentType!.MediaType, Is.EqualTo("application/problem+json"));
    }

    private Task<HttpResponseMessage> AnswerAsync(string id, string outcome) =>
        PostAsync($"/mollie/authenticate/{id}", new() { ["outcome"] = outcome });

    private async Task<HttpResponseMessage> PostAsync(string address, Dictionary<string, string> fields)
    {
        using var form = new FormUrlEncodedContent(fields);
        return await _sandbox.Plain.PostAsync(address, form);
    }

    private static Dictionary<string, string> Card(string number) => new()
    {
        ["method"] = "creditcard",
        ["cardNumber"] = number,
        ["cardHolder"] = "Anna Rossi",
        ["expiryDate"] = "12/39",
        ["verificationCode"] = "123",
    };
}
