using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace PayLinks.Tests.Sandbox;

internal sealed class MoneyBackTests
{
    private SandboxHost _sandbox = null!;

    [SetUp]
    public async Task Start() => _sandbox = await SandboxHost.StartAsync();

    [TearDown]
    public async Task Stop() => await _sandbox.DisposeAsync();

    [Test]
    public async Task A_refund_goes_through_its_states_with_the_clock()
    {
        var id = await _sandbox.PaidPaymentAsync("50.00");
        await Eventually.IsTrueAsync(() => Task.FromResult(_sandbox.Receiver.At("/mollie").Count == 1), "paid is told");
        using var created = await RefundAsync(id, "20.00");
        var refund = await SandboxHost.ReadAsync(created);
        Assert.That(created.StatusCode, Is.EqualTo(HttpStatusCode.Created));
        Assert.That((string?)refund["status"], Is.EqualTo("queued"));
        Assert.That((string?)refund["paymentId"], Is.EqualTo(id));

        foreach (var (wait, status, told) in new[]
        {
            ("PT1M", "pending", 1), ("PT2H", "processing", 2), ("P1D", "refunded", 3),
        })
        {
            await _sandbox.OrderAsync("/sandbox/clock", new { advance = wait });
            await Eventually.IsTrueAsync(async () => (string?)(await _sandbox.Mollie.GetFromJsonAsync<JsonNode>(
                $"/v2/payments/{id}/refunds/{refund["id"]}"))!["status"] == status, $"the refund is {status}");
            await Eventually.IsTrueAsync(
                () => Task.FromResult(_sandbox.Receiver.At("/mollie").Count == told), $"{told} callbacks");
        }

        var payment = await _sandbox.PaymentAsync(id, "?embed=refunds");
        Assert.That((string?)payment["amountRemaining"]!["value"], Is.EqualTo("30.00"));
        Assert.That((string?)payment["_embedded"]!["refunds"]![0]!["id"], Is.EqualTo((string?)refund["id"]));
    }

    [Test]
    public async Task No_more_is_refunded_than_was_paid_and_twins_are_refused()
    {
        var id = await _sandbox.PaidPaymentAsync("50.00");
        using var first = await RefundAsync(id, "20.00");
        using var twin = await RefundAsync(id, "20.00");
        using var tooMuch = await RefundAsync(id, "30.01");
        using var rest = await RefundAsync(id, "30.00");

        Assert.That(first.StatusCode, Is.EqualTo(HttpStatusCode.Created));
        Assert.That(twin.StatusCode, Is.EqualTo(HttpStatusCode.Conflict));
        Assert.That(tooMuch.StatusCode, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
        Assert.That(rest.StatusCode, Is.EqualTo(HttpStatusCode.Created));
        Assert.That(await _sandbox.BooksAsync("refunds"), Has.Count.EqualTo(2));
    }

    [Test]
    public async Task A_refund_can_be_canceled_until_the_bank_has_it()
    {
        var id = await _sandbox.PaidPaymentAsync("50.00");
        using var created = await RefundAsync(id, "20.00");
        var refund = $"/v2/payments/{id}/refunds/{(await SandboxHost.ReadAsync(created))["id"]}";

        using var canceled = await _sandbox.Mollie.DeleteAsync(refund);
        using var again = await _sandbox.Mollie.DeleteAsync(refund);

        Assert.That(canceled.StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
        Assert.That(again.StatusCode, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
        Assert.That((string?)(await _sandbox.PaymentAsync(id))["amountRemaining"]!["value"], Is.EqualTo("50.00"));
    }

    [Test]
    public async Task An_unpaid_payment_cannot_be_refunded()
    {
        var id = (string)(await _sandbox.CreatePaymentAsync())["id"]!;
        using var refused = await RefundAsync(id, "1.00");
        Assert.That(refused.StatusCode, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
    }

    [Test]
    public async Task A_chargeback_shows_on_the_payment_and_can_be_reversed()
    {
        var id = await _sandbox.PaidPaymentAsync("50.00");
        await _sandbox.OrderAsync($"/sandbox/payments/{id}/chargeback", new { });
        var disputed = await _sandbox.PaymentAsync(id, "?embed=chargebacks");
        Assert.That((string?)disputed["amountChargedBack"]!["value"], Is.EqualTo("50.00"));
        Assert.That(disputed["_embedded"]!["chargebacks"]!.AsArray(), Has.Count.EqualTo(1));

        await _sandbox.OrderAsync($"/sandbox/payments/{id}/chargeback", new { reversed = true });
        var list = (await _sandbox.Mollie.GetFromJsonAsync<JsonNode>($"/v2/payments/{id}/chargebacks"))!;
        Assert.That(list["_embedded"]!["chargebacks"]![0]!["reversedAt"], Is.Not.Null);
        await Eventually.IsTrueAsync(() => Task.FromResult(_sandbox.Receiver.At("/mollie").Count == 3), "each is told");
    }

    [Test]
    public async Task The_books_list_chargebacks_newest_first()
    {
        var first = await ChargeBackAsync("50.00");
        var second = await ChargeBackAsync("20.00");
        await _sandbox.OrderAsync($"/sandbox/payments/{first}/chargeback", new { reversed = true });

        var books = await _sandbox.BooksAsync("chargebacks");

        Assert.That(books.Select(line => (string)line!["paymentId"]!), Is.EqualTo([second, first]));
        Assert.That(books.Select(line => (string)line!["amount"]!["value"]!), Is.EqualTo(["20.00", "50.00"]));
        Assert.That(books.Select(line => line!["reversedAt"] is null), Is.EqualTo([true, false]));
        Assert.That(books.Select(line => (string)line!["id"]!), Is.All.StartsWith("chb_"));
        Assert.That(books.Select(line => line!["createdAt"]), Is.All.Not.Null);

        async Task<string> ChargeBackAsync(string amount)
        {
            var id = await _sandbox.PaidPaymentAsync(amount);
            await _sandbox.OrderAsync($"/sandbox/payments/{id}/chargeback", new { });
            return id;
        }
    }

    [Test]
    public async Task A_settlement_closes_over_what_is_paid_once()
    {
        var paid = await _sandbox.PaidPaymentAsync("50.00");
        await _sandbox.CreatePaymentAsync();
        using var refunded = await RefundAsync(paid, "20.00");

        var settlement = await _sandbox.OrderAsync("/sandbox/settlements", new { });
        Assert.That(settlement["payments"]!.AsArray().Select(id => (string)id!), Is.EqualTo([paid]));
        Assert.That((string?)settlement["amounts"]![0]!["value"], Is.EqualTo("30.00"));
        Assert.That(
            (string?)(await _sandbox.PaymentAsync(paid))["settlementId"], Is.EqualTo((string?)settlement["id"]));

        using var nothing = await _sandbox.Plain.PostAsync("/sandbox/settlements", null);
        Assert.That(nothing.StatusCode, Is.EqualTo(HttpStatusCode.Conflict));
    }

    private async Task<HttpResponseMessage> RefundAsync(string id, string value) =>
        await _sandbox.Mollie.PostAsJsonAsync(
            $"/v2/payments/{id}/refunds", new { amount = new { value, currency = "EUR" } });
}
