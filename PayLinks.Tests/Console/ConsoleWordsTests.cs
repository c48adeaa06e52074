using System.Net;
using PayLinks.Api.Console;
using PayLinks.Core.Links;
using PayLinks.Core.Messages;
using PayLinks.Core.Payments;
using PayLinks.Tests.Infrastructure;
using PayLinks.Tests.SignIn;

namespace PayLinks.Tests.Console;

public sealed class ConsoleWordsTests : StaffFixture
{
    private static readonly string[] PrivateReasons = ["insufficient_funds", "possible_fraud"];

    [Test]
    public void Every_reason_of_a_message_has_words_of_its_own()
    {
        foreach (var words in new[] { ReasonWords.Italian, ReasonWords.English })
        {
            Assert.That(DeliveryReason.All.Select(words.Of), Is.Unique.And.None.EqualTo(words.Other));
            Assert.That(words.Of("a_reason_of_next_year"), Is.EqualTo(words.Other));
        }
    }

    [TestCaseSource(nameof(PrivateReasons))]
    public void What_is_the_customers_affair_reads_as_refused_by_the_bank(string reason) =>
        Assert.That(FailureClasses.Of(PaymentStatus.Failed, reason), Is.EqualTo(FailureClass.RefusedByBank));

    [TestCase("invalid_card_number", FailureClass.Mistyped)]
    [TestCase("invalid_cvv", FailureClass.Mistyped)]
    [TestCase("invalid_card_holder_name", FailureClass.Mistyped)]
    [TestCase("card_expired", FailureClass.Mistyped)]
    [TestCase("authentication_abandoned", FailureClass.ApprovalMissing)]
    [TestCase("authentication_failed", FailureClass.ApprovalMissing)]
    [TestCase("authentication_required", FailureClass.ApprovalMissing)]
    [TestCase("authentication_unavailable_acs", FailureClass.Technical)]
    [TestCase("technical", FailureClass.Technical)]
    [TestCase("invalid_method", FailureClass.Technical)]
    [TestCase("card_declined", FailureClass.RefusedByBank)]
    [TestCase("inactive_card", FailureClass.RefusedByBank)]
    [TestCase("invalid_card_type", FailureClass.RefusedByBank)]
    [TestCase("refused_by_issuer", FailureClass.RefusedByBank)]
    [TestCase("a_reason_of_next_year", FailureClass.RefusedByBank)]
    public void A_refusal_falls_into_one_of_four_classes(string reason, FailureClass expected) =>
        Assert.That(FailureClasses.Of(PaymentStatus.Failed, reason), Is.EqualTo(expected));

    [TestCase("creditcard", "4242", "Visa •••• 4242")]
    [TestCase("applepay", "4242", "Visa •••• 4242")]
    [TestCase("paypal", null, "PayPal")]
    [TestCase("bancomatpay", null, "BANCOMAT Pay")]
    [TestCase("creditcard", null, "")]
    [TestCase(null, null, "")]
    public void What_it_was_paid_with_is_told_by_its_name(string? method, string? last4, string told) => Assert.That(
        LinkModel.PaidWith(new PaymentView(
            Guid.Empty, PaymentStatus.Paid, method, last4 is null ? null : "Visa", last4, null, Surplus: false,
            default)),
        Is.EqualTo(told));

    [Test]
    public async Task The_browsers_language_is_spoken_until_another_is_chosen()
    {
        using var browser = Paylinks.NewCustomer("de-DE,en-GB;q=0.8,it;q=0.5");
        using var nobody = Paylinks.NewCustomer(null);

        var page = await browser.OpenAsync("/?next=%2Flinks");
        var answer = await browser.SubmitAsync(page, "/language");
        var chosen = await browser.OpenAsync(answer.Location!.ToString());

        Assert.That(page.Html, Does.Contain("<html lang=\"en\">"));
        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.SeeOther));
        Assert.That(answer.Location!.ToString(), Is.EqualTo("/?next=%2Flinks"));
        Assert.That(chosen.Html, Does.Contain("<html lang=\"it\">"));
        Assert.That((await nobody.OpenAsync("/")).Html, Does.Contain("<html lang=\"it\">"));
        Assert.That((await nobody.OpenAsync("/?lang=en")).Html, Does.Contain("<html lang=\"en\">"));
    }

    [Test]
    public async Task Test_mode_is_marked_on_every_page()
    {
        using var owner = await SignedInAsync(TestSystem.Owner, "en-GB");
        var link = await NewLinkAsync(owner);

        foreach (var path in new[] { "/links", "/links/new", "/desk", link, link + "/cancel", "/links/pl_none" })
        {
            Assert.That((await owner.OpenAsync(path)).Words, Does.Contain("TEST MODE"), path);
        }
    }
}
