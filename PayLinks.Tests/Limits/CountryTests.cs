using System.Net;
using PayLinks.Tests.Infrastructure;

namespace PayLinks.Tests.Limits;

/// <summary>Texts go to the merchant's own country, or to those that it has named.</summary>
public sealed class CountryTests : LimitFixture
{
    private const string German = "+49 1512 3456789";

    [TestCase(German, "country_not_allowed")]
    [TestCase("+44 7400 123456", "country_not_allowed")]
    [TestCase("+1 202 555 0123", "country_not_allowed")]
    [TestCase("06 6982 1234", "landline")]
    [TestCase("+39 899 123 456", "phone_not_allowed")]
    [TestCase("+881 6 1234 5678", "phone_not_allowed")]
    public async Task A_number_elsewhere_or_of_another_kind_is_refused(string number, string code)
    {
        var rows = await RowsAsync();

        using var created = await TextAsync(number);

        Assert.That(created.StatusCode, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
        Assert.That(
            (await ProblemAsync(created)).Errors.Select(error => (error.Pointer, error.Code)),
            Is.EqualTo(new[] { ("/customer/phone", code) }));
        Assert.That(await RowsAsync(), Is.EqualTo(rows), "rows");

        var link = await Merchant.CreateLinkAsync();
        using var sent = await Merchant.PostAsync(
            $"v1/links/{link.Id}/messages", new { channel = "sms", to = number });
        Assert.That(
            (await ProblemAsync(sent)).Errors.Select(error => (error.Pointer, error.Code)),
            Is.EqualTo(new[] { ("/to", code) }));
    }

    [Test]
    public async Task A_number_that_is_only_kept_may_be_of_any_country()
    {
        var order = Merchant.Order();
        order["customer"] = new { phone = German };

        Assert.That((await Merchant.CreateLinkAsync(order)).Messages, Is.Empty);
    }

    [Test]
    public async Task Countries_that_are_named_replace_the_merchants_own()
    {
        using var caller = await AddKeyAsync(isOfAnotherMerchant: true);
        await Paylinks.Database.ExecuteAsync(
            """
            update merchant set allowed_countries = '{DE,SM}'
            where id = (select id from merchant order by id desc limit 1)
            """);

        using var german = await TextAsync(German, caller);
        using var italian = await TextAsync(NewBlock() + "0001", caller);

        Assert.That(german.StatusCode, Is.EqualTo(HttpStatusCode.Created));
        Assert.That((await ProblemAsync(italian)).Errors.Single().Code, Is.EqualTo("country_not_allowed"));
    }
}
