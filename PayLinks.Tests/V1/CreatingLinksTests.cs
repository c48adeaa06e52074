using System.Net;
using System.Text.Json;
using PayLinks.Tests.Infrastructure;

namespace PayLinks.Tests.V1;

public sealed class CreatingLinksTests : ApiFixture
{
    [Test]
    public async Task A_link_is_answered_as_it_is_kept()
    {
        using var response = await Merchant.PostAsync("v1/links", Merchant.Order(send: ["sms", "email"]));
        var created = await response.Content.ReadAsStringAsync();
        var id = JsonDocument.Parse(created).RootElement.GetProperty("id").GetString();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.Created));
            Assert.That(response.Headers.Location?.ToString(), Is.EqualTo($"/v1/links/{id}"));
            Assert.That(await Merchant.Http.GetStringAsync($"v1/links/{id}"), Is.EqualTo(created));
        }
    }

    [Test]
    public async Task Amount_and_description_are_enough()
    {
        var link = await Merchant.CreateLinkAsync(new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["amount"] = new { value = "249", currency = "JPY" },
            ["description"] = "  Trapano  ",
        });

        using (Assert.EnterMultipleScope())
        {
            Assert.That(link.Status, Is.EqualTo("open"));
            Assert.That(link.Amount, Is.EqualTo(new Amount("249", "JPY")));
            Assert.That(link.Description, Is.EqualTo("Trapano"));
            Assert.That(link.Messages, Is.Empty);
            Assert.That(
                link.ExpiresAt - link.CreatedAt, Is.EqualTo(TimeSpan.FromDays(3)).Within(TimeSpan.FromSeconds(5)));
            Assert.That(
                await Merchant.EventsAsync(link.Id), Has.Exactly(1).With.Property("Type").EqualTo("link.created"));
        }
    }

    [TestCase("PT5M", 5)]
    [TestCase("P1Y", 365 * 24 * 60)]
    [TestCase("P12M", 365 * 24 * 60)]
    [TestCase("P1W2DT3H4M", ((9 * 24) + 3) * 60 + 4)]
    public async Task The_shortest_and_longest_lives_are_allowed(string expiresIn, int minutes)
    {
        var order = Merchant.Order();
        order["expiresIn"] = expiresIn;
        var link = await Merchant.CreateLinkAsync(order);

        // A year has 365 or 366 days.
        Assert.That(link.ExpiresAt - link.CreatedAt,
            Is.EqualTo(TimeSpan.FromMinutes(minutes)).Within(TimeSpan.FromDays(minutes > 500_000 ? 1.1 : 0.001)));
    }

    [TestCase("06 1234 5678", "+390612345678")]
    [TestCase("347-123.4567", "+393471234567")]
    [TestCase("0039 347 1234567", "+393471234567")]
    [TestCase("+44 7400 123456", "+447400123456")]
    [TestCase("+1 (500) 555-0006", "+15005550006")]
    public async Task A_phone_is_read_in_any_usual_form(string typed, string kept)
    {
        var order = Merchant.Order();
        order["customer"] = new { phone = typed };
        var link = await Merchant.CreateLinkAsync(order);

        Assert.That(
            await Paylinks.Database.ReadAsync<string>(
                "select customer_phone from link order by id desc limit 1"), Is.EqualTo(kept), link.Id);
    }

    [TestCase("Ordine 1042: «trapano» è pronto 🔨👨‍👩‍👧")]
    [TestCase("<script>alert(1)</script> {{7*7}} =cmd|' /C calc'!A0 %s ../..")]
    [TestCase("4242 4242 4242 4243")]
    public async Task Text_comes_back_as_it_was_typed(string description)
    {
        var order = Merchant.Order();
        order["description"] = description;
        var link = await Merchant.CreateLinkAsync(order);

        Assert.That((await Merchant.GetLinkAsync(link.Id)).Description, Is.EqualTo(description));
    }

    [Test]
    public async Task Two_links_never_share_an_address()
    {
        var links = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Merchant.CreateLinkAsync()));

        Assert.That(links.Select(link => link.Url), Is.Unique);
        Assert.That(
            await Paylinks.Database.FindTextAsync(links[0].Url.Split("/p/")[1]), Is.Empty, "the token, in the clear");
    }
}
