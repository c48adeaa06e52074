using System.Net;
using System.Text;
using System.Text.Json;
using PayLinks.Core;
using PayLinks.Tests.Infrastructure;

namespace PayLinks.Tests.V1;

/// <summary>A link goes to somebody else: the same one, or another in its place.</summary>
public sealed class ChangingRecipientTests : ApiFixture
{
    private const string Other = "+393477654321";

    protected override Hosts Needed => Hosts.ApiAndSandbox;

    [Test]
    public async Task A_kept_link_goes_to_the_new_number_and_no_longer_to_the_old_one()
    {
        var link = await Merchant.CreateLinkAsync("sms", "email");

        using var response = await ChangeAsync(link, "sms", "347 765 4321", keepLink: true);
        var changed = await ReadAsync(response);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
            Assert.That((changed.Id, changed.Url, changed.Status), Is.EqualTo((link.Id, link.Url, "open")));
            Assert.That(
                changed.Messages.Select(message => (message.To, message.Status, message.Reason)),
                Is.EqualTo(new[]
                {
                    (Merchant.Phone, "suppressed", "replaced"), ("anna@example.test", "queued", null),
                    (Other, "queued", (string?)null),
                }));
            Assert.That((await Merchant.EventsAsync(link.Id)).Select(happened => happened.Type),
                Is.EqualTo(new[] { "link.created", "link.recipient_changed" }));
            Assert.That(await AddressesAsync(link.Id), Is.EqualTo($"{Other} anna@example.test"));
        }
    }

    [Test]
    public async Task A_number_is_replaced_by_an_email_where_there_was_none()
    {
        var order = Merchant.Order(send: "sms");
        order["customer"] = new { phone = Merchant.Phone };
        var link = await Merchant.CreateLinkAsync(order);

        using var response = await ChangeAsync(link, "email", "anna@example.com", keepLink: true);
        var changed = await ReadAsync(response);

        Assert.That(
            changed.Messages.Select(message => (message.To, message.Status)),
            Is.EqualTo(new[] { (Merchant.Phone, "suppressed"), ("anna@example.com", "queued") }));
        Assert.That(await AddressesAsync(link.Id), Is.EqualTo("anna@example.com"));
    }

    [Test]
    public async Task A_replaced_link_is_dead_and_another_of_the_same_content_is_sent()
    {
        var order = Merchant.Order(send: "sms");
        order["metadata"] = new { cart = "77" };
        order["returnUrl"] = "https://shop.example/thanks";
        var link = await Merchant.CreateLinkAsync(order);

        using var response = await ChangeAsync(link, "sms", Other, keepLink: false);
        var made = await ReadAsync(response);
        var old = await Merchant.GetLinkAsync(link.Id);
        using var stranger = Paylinks.NewCustomer();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.Created));
            Assert.That(response.Headers.Location?.ToString(), Is.EqualTo($"/v1/links/{made.Id}"));
            Assert.That(made.Url, Is.Not.EqualTo(link.Url));
            Assert.That(
                (made.Amount, made.Description, made.Reference, made.ExpiresAt),
                Is.EqualTo((link.Amount, link.Description, link.Reference, link.ExpiresAt)));
            Assert.That(
                made.Messages.Select(message => (message.To, message.Status)),
                Is.EqualTo(new[] { (Other, "queued") }));
            Assert.That(old.Status, Is.EqualTo("canceled"));
            Assert.That(old.Messages.Single().Status, Is.EqualTo("suppressed"));
            Assert.That((await stranger.OpenAsync(link.Url)).Status, Is.EqualTo(HttpStatusCode.Gone));
            Assert.That((await Merchant.EventsAsync(link.Id)).Select(happened => happened.Type),
                Is.EqualTo(new[] { "link.created", "link.canceled", "link.recipient_changed" }));
            Assert.That(
                await Paylinks.Database.QueryAsync<string>(
                    """
                    select concat_ws(' ', metadata->>'cart', return_url, customer_name)
                    from link order by id desc limit 2
                    """),
                Is.All.EqualTo("77 https://shop.example/thanks Anna"));
        }
    }

    [Test]
    public async Task A_repeated_request_makes_no_second_link()
    {
        var link = await Merchant.CreateLinkAsync("sms");
        var body = new { channel = "sms", to = Other, keepLink = false };

        var answers = await Task.WhenAll(Enumerable.Range(0, 5).Select(async _ =>
        {
            using var response = await Merchant.PostAsync($"v1/links/{link.Id}/recipient", body, "wrong-number");
            Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.Created));
            return await response.Content.ReadAsStringAsync();
        }));

        Assert.That(answers.Distinct().ToList(), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_link_whose_customer_is_at_the_bank_is_not_replaced_but_may_go_elsewhere()
    {
        var link = await Merchant.CreateLinkAsync("sms");
        using var customer = Paylinks.NewCustomer();
        await customer.PayAsync(link.Url, await Paylinks.Sandbox.CardTokenAsync());

        using var replaced = await ChangeAsync(link, "sms", Other, keepLink: false);
        using var kept = await ChangeAsync(link, "sms", Other, keepLink: true);

        Assert.That(replaced.StatusCode, Is.EqualTo(HttpStatusCode.Conflict));
        Assert.That((await ProblemAsync(replaced)).Code, Is.EqualTo("payment_in_progress"));
        Assert.That(kept.StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task A_payment_that_mollie_can_cancel_ends_for_a_good_request_only()
    {
        var link = await Merchant.CreateLinkAsync("sms");
        using var customer = Paylinks.NewCustomer();
        await customer.SubmitAsync(await customer.OpenAsync(link.Url), "/pay", ("method", "hosted"));

        using var bad = await ChangeAsync(link, "sms", "06 6982 1234", keepLink: false);
        Assert.That((await Merchant.GetLinkAsync(link.Id)).Payments.Single().Status, Is.EqualTo("open"));
        using var good = await ChangeAsync(link, "sms", Other, keepLink: false);

        Assert.That(bad.StatusCode, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
        Assert.That(good.StatusCode, Is.EqualTo(HttpStatusCode.Created));
        Assert.That((await Merchant.GetLinkAsync(link.Id)).Payments.Single().Status, Is.EqualTo("canceled"));
    }

    [Test]
    public async Task What_has_ended_goes_to_nobody([Values] bool keepLink)
    {
        var order = Merchant.Order();
        order["expiresIn"] = "PT5M";
        var expired = await Merchant.CreateLinkAsync(order);
        await Paylinks.MoveClockAsync(TimeSpan.FromMinutes(6));
        var canceled = await Merchant.CancelAsync((await Merchant.CreateLinkAsync()).Id);
        var paid = await PaidLinkAsync();

        foreach (var (link, code) in new[]
        {
            (expired, "link_expired"), (canceled, "link_canceled"), (paid, "already_paid"),
        })
        {
            using var response = await ChangeAsync(link, "sms", Other, keepLink);
            Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.Conflict), code);
            Assert.That((await ProblemAsync(response)).Code, Is.EqualTo(code));
        }
    }

    [TestCase("""{"channel":"sms","to":"06 1234 5678","keepLink":true}""", "/to", "landline")]
    [TestCase("""{"channel":"sms","to":"+49 1512 3456789","keepLink":true}""", "/to", "country_not_allowed")]
    [TestCase("""{"channel":"sms","to":"347","keepLink":false}""", "/to", "phone_invalid")]
    [TestCase("""{"channel":"sms","keepLink":false}""", "/to", "required")]
    [TestCase("""{"channel":"sms","to":"+39 347 123 4567","keepLink":false}""", "/to", "recipient_unchanged")]
    [TestCase("""{"channel":"email","to":"anna@example.test","keepLink":true}""", "/to", "recipient_unchanged")]
    [TestCase("""{"channel":"email","to":"a@b","keepLink":true}""", "/to", "email_invalid")]
    [TestCase("""{"channel":"fax","to":"1","keepLink":true}""", "/channel", "channel_unknown")]
    [TestCase("""{"to":"347 765 4321","keepLink":true}""", "/channel", "required")]
    [TestCase("""{"channel":"sms","to":"347 765 4321"}""", "/keepLink", "required")]
    [TestCase("""{"channel":"sms","to":"347 765 4321","keepLink":"yes"}""", "/keepLink", "wrong_type")]
    [TestCase("""{"channel":"sms","to":"347 765 4321","keepLink":true,"why":"x"}""", "/why", "unknown_field")]
    public async Task A_wrong_change_is_refused_and_changes_nothing(string body, string pointer, string code)
    {
        var link = await Merchant.CreateLinkAsync("sms");
        var rows = await RowsAsync();

        using var response = await PostRawAsync(
            $"v1/links/{link.Id}/recipient", Encoding.UTF8.GetBytes(body), idempotencyKey: "refused-change");

        Assert.That((int)response.StatusCode, Is.EqualTo(code is "wrong_type" or "unknown_field" ? 400 : 422));
        Assert.That((await ProblemAsync(response)).Errors.Select(error => (error.Pointer, error.Code)),
            Is.EqualTo(new[] { (pointer, code) }));
        Assert.That(await RowsAsync(), Is.EqualTo(rows), "rows");
        Assert.That((await Merchant.GetLinkAsync(link.Id)).Messages.Single().Status, Is.EqualTo("queued"));
    }

    [Test]
    public async Task A_foreign_link_and_a_key_that_may_only_read_change_nothing()
    {
        var link = await Merchant.CreateLinkAsync("sms");
        using var neighbour = await AddKeyAsync(isOfAnotherMerchant: true);
        using var live = await AddKeyAsync(mode: "live");
        using var reader = await AddKeyAsync(scopes: ["links:read"]);
        foreach (var (caller, status) in new[]
        {
            (neighbour, HttpStatusCode.NotFound), (live, HttpStatusCode.NotFound),
            (reader, HttpStatusCode.Forbidden),
        })
        {
            using var response = await caller.PostAsync(
                $"v1/links/{link.Id}/recipient", new { channel = "sms", to = Other, keepLink = false });
            Assert.That(response.StatusCode, Is.EqualTo(status));
        }

        using var none = await Merchant.PostAsync(
            "v1/links/pl_none/recipient", new { channel = "sms", to = Other, keepLink = true });
        Assert.That(none.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That((await Merchant.GetLinkAsync(link.Id)).Status, Is.EqualTo("open"));
    }

    private Task<HttpResponseMessage> ChangeAsync(Link link, string channel, string to, bool keepLink) =>
        Merchant.PostAsync($"v1/links/{link.Id}/recipient", new { channel, to, keepLink });

    private async Task<Link> PaidLinkAsync()
    {
        var link = await Merchant.CreateLinkAsync();
        using var customer = Paylinks.NewCustomer();
        await customer.PayAsync(link.Url, await Paylinks.Sandbox.CardTokenAsync());
        await Paylinks.Sandbox.CompleteAsync(
            (await Paylinks.Sandbox.PaymentsAsync()).Single(payment => payment.IsOf(link.Id)), "paid");
        // Whoever cancels asks Mollie first, and learns it.
        using var canceled = await Merchant.PostAsync($"v1/links/{link.Id}/cancel");
        Assert.That((await ProblemAsync(canceled)).Code, Is.EqualTo("already_paid"));
        return link;
    }

    private Task<string> AddressesAsync(string id) => Paylinks.Database.ReadAsync<string>(
        "select concat_ws(' ', customer_phone, customer_email) from link where id = @Id",
        new { Id = PublicId.TryParse(PublicId.Link, id, out var linkId) ? linkId : Guid.Empty });

    private static async Task<Link> ReadAsync(HttpResponseMessage response)
    {
        var text = await response.Content.ReadAsStringAsync();
        Assert.That(response.IsSuccessStatusCode, Is.True, text);
        return JsonSerializer.Deserialize<Link>(text, JsonSerializerOptions.Web)!;
    }
}
