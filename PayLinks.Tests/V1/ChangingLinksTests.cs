using System.Net;
using System.Text;
using PayLinks.Tests.Infrastructure;

namespace PayLinks.Tests.V1;

public sealed class ChangingLinksTests : ApiFixture
{
    protected override Hosts Needed => Hosts.ApiAndSandbox;

    [Test]
    public async Task A_canceled_link_takes_its_waiting_messages_back()
    {
        var link = await Merchant.CreateLinkAsync("sms", "email");

        var canceled = await Merchant.CancelAsync(link.Id);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(canceled.Status, Is.EqualTo("canceled"));
            Assert.That(canceled.Messages.Select(message => (message.Status, message.Reason)),
                Has.All.EqualTo(("suppressed", "canceled")));
            Assert.That((await Merchant.EventsAsync(link.Id)).Select(happened => (happened.Sequence, happened.Type)),
                Is.EqualTo(new[] { (1, "link.created"), (2, "link.canceled") }));
        }

        await RefusesAsync($"v1/links/{link.Id}/cancel", null, "link_canceled");
        await RefusesAsync($"v1/links/{link.Id}/extend", new { expiresIn = "P9D" }, "link_canceled");
        await RefusesAsync($"v1/links/{link.Id}/messages", new { channel = "sms" }, "link_canceled");
    }

    [Test]
    public async Task A_link_whose_customer_is_at_the_bank_is_not_canceled()
    {
        var link = await Merchant.CreateLinkAsync();
        using var customer = Paylinks.NewCustomer();
        await customer.PayAsync(link.Url, await Paylinks.Sandbox.CardTokenAsync());

        await RefusesAsync($"v1/links/{link.Id}/cancel", null, "payment_in_progress");

        Assert.That((await Merchant.GetLinkAsync(link.Id)).Status, Is.EqualTo("processing"));
    }

    [Test]
    public async Task A_link_whose_payment_can_be_canceled_at_mollie_is_canceled()
    {
        var link = await Merchant.CreateLinkAsync();
        using var customer = Paylinks.NewCustomer();
        await customer.SubmitAsync(await customer.OpenAsync(link.Url), "/pay", ("method", "hosted"));
        Assert.That((await Merchant.GetLinkAsync(link.Id)).Status, Is.EqualTo("processing"));

        var canceled = await Merchant.CancelAsync(link.Id);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(canceled.Status, Is.EqualTo("canceled"));
            Assert.That(canceled.Payments.Single().Status, Is.EqualTo("canceled"));
            Assert.That((await Paylinks.Sandbox.PaymentsAsync()).Single(payment => payment.IsOf(link.Id)).Status,
                Is.EqualTo("canceled"));
        }
    }

    [Test]
    public async Task A_link_that_was_paid_meanwhile_is_not_canceled()
    {
        var link = await Merchant.CreateLinkAsync();
        using var customer = Paylinks.NewCustomer();
        await customer.PayAsync(link.Url, await Paylinks.Sandbox.CardTokenAsync());
        await Paylinks.Sandbox.CallbacksAsync("mollie", "drop");
        var booking = (await Paylinks.Sandbox.PaymentsAsync()).Single(payment => payment.IsOf(link.Id));
        await Paylinks.Sandbox.CompleteAsync(booking, "paid");
        await Paylinks.Sandbox.CallbacksAsync("mollie", "normal");

        await RefusesAsync($"v1/links/{link.Id}/cancel", null, "already_paid");

        Assert.That((await Merchant.GetLinkAsync(link.Id)).Status, Is.EqualTo("paid"));
        await RefusesAsync($"v1/links/{link.Id}/extend", new { expiresIn = "P9D" }, "already_paid");
    }

    [Test]
    public async Task An_expired_link_is_extended_at_the_same_address()
    {
        var order = Merchant.Order();
        order["expiresIn"] = "PT5M";
        var link = await Merchant.CreateLinkAsync(order);
        await Paylinks.Database.MoveClockAsync(TimeSpan.FromMinutes(6));
        await RefusesAsync($"v1/links/{link.Id}/messages", new { channel = "sms" }, "link_expired");
        await RefusesAsync($"v1/links/{link.Id}/cancel", null, "link_expired");

        using var response = await Merchant.PostAsync($"v1/links/{link.Id}/extend", new { expiresIn = "P1D" });
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        var extended = await Merchant.GetLinkAsync(link.Id);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(extended.Status, Is.EqualTo("open"));
            Assert.That(extended.Url, Is.EqualTo(link.Url));
            Assert.That(extended.ExpiresAt, Is.GreaterThan(link.ExpiresAt.AddHours(23)));
            Assert.That((await Merchant.EventsAsync(link.Id))[^1].Type, Is.EqualTo("link.extended"));
        }
    }

    [Test]
    public async Task Extending_needs_no_body_but_a_later_end()
    {
        var order = Merchant.Order();
        order["expiresIn"] = "P1D";
        var link = await Merchant.CreateLinkAsync(order);

        using var usual = await Merchant.PostAsync($"v1/links/{link.Id}/extend");
        using var earlier = await Merchant.PostAsync($"v1/links/{link.Id}/extend", new { expiresIn = "P2D" });

        Assert.That(usual.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That((await ProblemAsync(earlier)).Errors.Single(), Has.Property("Code").EqualTo("not_later"));
    }

    [Test]
    public async Task A_link_is_sent_again_and_to_another_address()
    {
        var link = await Merchant.CreateLinkAsync("sms");

        using var again = await Merchant.PostAsync($"v1/links/{link.Id}/messages", new { channel = "sms" });
        using var elsewhere = await Merchant.PostAsync(
            $"v1/links/{link.Id}/messages", new { channel = "sms", to = "347 765 4321" });
        var now = await Merchant.GetLinkAsync(link.Id);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(again.StatusCode, Is.EqualTo(HttpStatusCode.Created));
            Assert.That(elsewhere.StatusCode, Is.EqualTo(HttpStatusCode.Created));
            Assert.That(now.Messages.Select(message => message.To),
                Is.EqualTo(new[] { Merchant.Phone, Merchant.Phone, "+393477654321" }));
            Assert.That(
                await Paylinks.Database.ReadAsync<string>("select customer_phone from link order by id desc limit 1"),
                Is.EqualTo("+393477654321"));
            Assert.That((await Merchant.EventsAsync(link.Id)).Select(happened => happened.Type),
                Is.EqualTo(new[] { "link.created", "link.recipient_changed" }));
        }
    }

    [TestCase("""{"channel":"sms","to":"06 1234 5678"}""", "/to", "landline")]
    [TestCase("""{"channel":"email","to":"nobody"}""", "/to", "email_invalid")]
    [TestCase("""{"channel":"fax"}""", "/channel", "channel_unknown")]
    [TestCase("{}", "/channel", "required")]
    public async Task A_wrong_message_is_refused(string body, string pointer, string code)
    {
        var link = await Merchant.CreateLinkAsync();

        using var response = await PostRawAsync($"v1/links/{link.Id}/messages", Encoding.UTF8.GetBytes(body));

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
        Assert.That((await ProblemAsync(response)).Errors.Select(error => (error.Pointer, error.Code)),
            Is.EqualTo(new[] { (pointer, code) }));
        Assert.That((await Merchant.GetLinkAsync(link.Id)).Messages, Is.Empty);
    }

    [Test]
    public async Task The_qr_code_is_served_as_picture()
    {
        var link = await Merchant.CreateLinkAsync();

        var svg = await Merchant.Http.GetStringAsync($"v1/links/{link.Id}/qr.svg");
        var png = await Merchant.Http.GetByteArrayAsync($"v1/links/{link.Id}/qr.png");

        Assert.That(svg, Does.StartWith("<svg").And.Contain("viewBox"));
        Assert.That(png[..4], Is.EqualTo(new byte[] { 0x89, (byte)'P', (byte)'N', (byte)'G' }));
    }

    private async Task RefusesAsync(string path, object? body, string code)
    {
        using var response = await Merchant.PostAsync(path, body);
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.Conflict), path);
        Assert.That((await ProblemAsync(response)).Code, Is.EqualTo(code), path);
    }
}
