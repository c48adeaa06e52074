using System.Net;
using PayLinks.Tests.Infrastructure;
using PayLinks.Tests.SignIn;

namespace PayLinks.Tests.Refunds;

public sealed class ConsoleRefundTests : StaffFixture
{
    private const string PaidAtOnceCard = "4000000000000002";

    protected override Hosts Running => Hosts.All;

    [Test]
    public async Task An_owner_gives_part_back_and_stops_it()
    {
        var link = await PaidLinkAsync();
        using var owner = await SignedInAsync(TestSystem.Owner);
        var page = await owner.OpenAsync($"/links/{link.Id}");
        Assert.That(page.Words, Does.Contain("Si possono ancora rimborsare 49,90"));

        var unconfirmed = await owner.SubmitAsync(page, "/refunds", ("amount", "9,90"), ("reason", "graffio"));
        Assert.That(unconfirmed.Status, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
        Assert.That(unconfirmed.Html, Does.Contain("value=\"9,90\"").And.Contain("value=\"graffio\""), "kept");
        var tooMuch = await owner.SubmitAsync(page, "/refunds", ("amount", "60"), ("confirm", "yes"));
        Assert.That(tooMuch.Words, Does.Contain("L'importo massimo è 49.90"));

        var done = await owner.SubmitAsync(
            page, "/refunds", ("amount", "9,90"), ("reason", "graffio"), ("confirm", "yes"));
        Assert.That(done.Location!.ToString(), Does.EndWith("?done=refund_requested"));
        await WaitForRefundAsync(link, "queued");
        var asked = await owner.OpenAsync(done.Location.ToString());
        Assert.That(
            asked.Words, Does.Contain("Rimborso chiesto: 9,90").And.Contain("in viaggio").And.Contain("graffio"));

        var stopped = await owner.SubmitAsync(asked, "/cancel");
        Assert.That(stopped.Location!.ToString(), Does.EndWith("?done=refund_stopped"));
        await WaitForRefundAsync(link, "canceled");
    }

    [TestCase("agent")]
    [TestCase("viewer")]
    public async Task Nobody_else_gives_money_back(string role)
    {
        var link = await PaidLinkAsync();
        using var somebody = await SignedInAsync(await HireAsync(role, "rimborsi-" + role));
        var page = await somebody.OpenAsync("/links");

        Assert.That((await somebody.OpenAsync($"/links/{link.Id}")).Html, Does.Not.Contain("/refunds"));
        var answer = await PostAsync(
            somebody, $"/links/{link.Id}/refunds", page.FormTo("/language").Hidden["antiforgery"],
            ("amount", "1"), ("confirm", "yes"));

        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That((await Paylinks.Merchant.GetLinkAsync(link.Id)).Refunds, Is.Empty);
    }

    private async Task<Link> PaidLinkAsync()
    {
        var link = await Paylinks.Merchant.CreateLinkAsync();
        using var customer = Paylinks.NewCustomer();
        await customer.PayAsync(link.Url, await Paylinks.Sandbox.CardTokenAsync(PaidAtOnceCard));
        return await Paylinks.Merchant.WaitForStatusAsync(link.Id, "paid");
    }

    private Task<Link> WaitForRefundAsync(Link link, string status) => Eventually.SeesAsync(
        () => Paylinks.Merchant.GetLinkAsync(link.Id), seen => seen.Refunds.SingleOrDefault()?.Status == status,
        $"the refund is {status}", TimeSpan.FromSeconds(30));
}
