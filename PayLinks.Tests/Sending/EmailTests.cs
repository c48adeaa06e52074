using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using PayLinks.Core.Hosting;
using PayLinks.Core.Messages;
using PayLinks.Core.Refunds;
using PayLinks.Worker.Emails;

namespace PayLinks.Tests.Sending;

/// <summary>
/// An email is small, readable everywhere, in the customer's language, with one button and its address in plain sight.
/// </summary>
public sealed partial class EmailTests
{
    private const string Url = "https://pay.example.test/p/p0123456789abcdefghjkmnpqr";

    private readonly WriteEmail _write = new(
        new ServiceCollection().BuildServiceProvider(),
        NullLoggerFactory.Instance,
        new PayLinksOptions { PublicUrl = "https://pay.example.test" });

    [Test]
    public async Task Each_kind_is_complete_in_both_languages(
        [Values("it-IT", "en-GB")] string locale,
        [Values(MessagePurpose.Link, MessagePurpose.Receipt, MessagePurpose.Notice)] MessagePurpose purpose)
    {
        var email = await _write.WriteAsync(OutgoingMessages.About("Ordine 1042: trapano", purpose, locale), Url);

        var url = purpose == MessagePurpose.Notice
            ? "https://pay.example.test/links/pl_00000000000000000000000000"
            : Url;
        var targets = Link().Matches(email.Html).Select(match => match.Groups["to"].Value);
        Assert.Multiple(() =>
        {
            Assert.That(Encoding.UTF8.GetByteCount(email.Html), Is.LessThanOrEqualTo(30 * 1024));
            Assert.That(email.Html, Does.Contain($"<html lang=\"{locale[..2]}\""));
            Assert.That(email.Html, Does.StartWith("<!doctype html>"));
            Assert.That(email.Html, Does.Not.Contain("<img").And.Not.Contain("<script"));
            Assert.That(
                targets, Is.EqualTo(purpose == MessagePurpose.Notice ? [url] : new[] { url, url + "/stop" }),
                "one button, and a customer's way to be left alone");
            Assert.That(email.Html, Does.Contain($">{url}</p>"), "the address in plain sight");
            Assert.That(email.Html, Does.Contain("prefers-color-scheme:dark"));
            Assert.That(email.Text, Does.Contain(url).And.Not.Contain("<"));
            Assert.That(email.Text, Does.Contain("49").And.Contain("Ordine 1042: trapano"));
            Assert.That(email.Text, Does.Contain("Ferramenta Rossi"));
            Assert.That(email.Subject, Does.Contain("49"));
        });
    }

    [TestCase(RefundCause.Surplus, "queued", "pagato due volte")]
    [TestCase(RefundCause.Late, "queued", "quando la richiesta era già chiusa")]
    [TestCase(RefundCause.Merchant, "failed", "non è riuscito")]
    [TestCase(null, "received", "ha ripreso")]
    [TestCase(null, "reversed", "a tuo favore")]
    public async Task A_notice_about_money_back_says_how_much_and_why(RefundCause? cause, string status, string words)
    {
        foreach (var locale in new[] { "it-IT", "en-GB" })
        {
            var notice = OutgoingMessages.About(
                purpose: MessagePurpose.Notice, locale: locale, refund: cause, returnStatus: status);
            var email = await _write.WriteAsync(notice, Url);

            Assert.That(email.Text, Does.Match("19[,.]90").And.Not.Match("49[,.]90"));
            Assert.That(email.Text, locale == "it-IT" ? Does.Contain(words) : Does.Not.Contain(words));
        }
    }

    [TestCase("it-IT", "SMS di oggi: usati al 81 %", "812 / 1.000", "revoca la chiave API")]
    [TestCase("en-GB", "Today’s texts: 81% used", "812 / 1,000", "revoke the API key")]
    public async Task A_notice_about_the_days_texts_says_how_many_are_used_and_what_to_do(
        string locale, string subject, string used, string what)
    {
        var notice = OutgoingMessages.About(purpose: MessagePurpose.Notice, locale: locale, textsUsed: 812);
        var email = await _write.WriteAsync(notice, Url);

        Assert.That(email.Subject, Is.EqualTo(subject));
        Assert.That(
            email.Text, Does.Contain(used).And.Contain(what).And.Contain("https://pay.example.test/settings/sending"));
        Assert.That(email.Text, Does.Not.Contain("49"));
    }

    [Test]
    public async Task A_customer_reads_what_comes_back()
    {
        var refund = OutgoingMessages.About(
            purpose: MessagePurpose.Refund, refund: RefundCause.Merchant, returnStatus: "queued");
        var email = await _write.WriteAsync(refund, Url);

        Assert.That(email.Subject, Does.StartWith("Ferramenta Rossi: rimborso di 19,90"));
        Assert.That(email.Text, Does.Contain("ti ha rimborsato 19,90").And.Contain("Visa •••• 4242"));
    }

    [Test]
    public async Task A_receipt_says_what_was_paid_to_whom_when_and_how_and_what_it_is_not()
    {
        var email = await _write.WriteAsync(OutgoingMessages.About(purpose: MessagePurpose.Receipt), Url);

        foreach (var body in new[] { email.Text, System.Net.WebUtility.HtmlDecode(email.Html) })
        {
            Assert.That(body, Does.Contain("49,90\u00a0€").And.Contain("Ferramenta Rossi").And.Contain("IT01234567897")
                .And.Contain("martedì 24 novembre 2026").And.Contain("14:06 (UTC+01:00)").And.Contain("1042")
                .And.Contain("Visa •••• 4242").And.Contain("Non è una fattura"));
        }
    }

    [Test]
    public async Task A_merchants_words_are_text_and_never_markup()
    {
        var message = OutgoingMessages.About("<b>gratis</b> & <a href=\"https://evil.example\">qui</a>") with
        {
            MerchantName = "\"Rossi\" <script>",
        };

        var email = await _write.WriteAsync(message, Url);

        Assert.That(email.Html, Does.Not.Contain("<b>").And.Not.Contain("<script").And.Contain("&lt;b&gt;"));
        Assert.That(Link().Count(email.Html), Is.EqualTo(2), "the button, and the way to be left alone");
    }

    [Test]
    public async Task A_test_is_marked_in_subject_and_body()
    {
        var email = await _write.WriteAsync(OutgoingMessages.About(mode: "test"), Url);

        Assert.That(email.Subject, Does.StartWith("[TEST] "));
        Assert.That(email.Text, Does.StartWith("MODALITÀ TEST"));
        Assert.That(email.Html, Does.Contain("class=\"test\""));
    }

    [GeneratedRegex("href=\"(?<to>[^\"]*)\"", RegexOptions.ExplicitCapture)]
    private static partial Regex Link();
}
