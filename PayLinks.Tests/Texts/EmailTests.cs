using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using PayLinks.Core.Hosting;
using PayLinks.Core.Links;
using PayLinks.Core.Messages;
using PayLinks.Core.Refunds;
using PayLinks.Core.Secrets;
using PayLinks.Tests.Infrastructure;
using PayLinks.Tests.Sending;
using PayLinks.Worker.Emails;
using PayLinks.Worker.SendGrid;
using PayLinks.Worker.Sending;

namespace PayLinks.Tests.Texts;

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
    public async Task Each_kind_is_complete_in_every_language(
        [Values("it-IT", "en-GB", "de-DE", "fr-FR", "es-ES")] string locale,
        [Values] MessagePurpose purpose)
    {
        var message = Message(purpose, locale);
        var email = await _write.WriteAsync(message, Url);

        var url = purpose == MessagePurpose.Notice
            ? "https://pay.example.test/links/pl_00000000000000000000000000"
            : Url;
        var targets = Link().Matches(email.Html).Select(match => match.Groups["to"].Value);
        Assert.Multiple(() =>
        {
            Assert.That(Encoding.UTF8.GetByteCount(email.Html), Is.LessThanOrEqualTo(30 * 1024));
            Assert.That(email.Html, Does.Contain($"<html lang=\"{locale[..2]}\""));
            Assert.That(email.Html, Does.StartWith("<!doctype html>"));
            Assert.That(email.Html, Does.Not.Contain("<img").And.Not.Contain("<script").And.Not.Contain("url("));
            Assert.That(
                targets, Is.EqualTo(purpose == MessagePurpose.Notice ? [url] : new[] { url, url + "/stop" }),
                "one button, and a customer's way to be left alone");
            Assert.That(email.Html, Does.Contain($">{url}</p>"), "the address in plain sight");
            Assert.That(email.Html, Does.Contain("prefers-color-scheme:dark"));
            Assert.That(email.Text, Does.Contain(url).And.Not.Contain("<"));
            Assert.That(email.Text, Does.Contain("Ordine 1042: trapano").And.Contain("Ferramenta Rossi"));
            Assert.That(email.Text, purpose == MessagePurpose.Refund ? Does.Match("19[,.]90") : Does.Match("49[,.]90"));
            Assert.That(email.Subject, Does.Match("(49|19)[,.]90").And.Not.Match(@"\p{C}"));
            Assert.That(email.Html, Does.Match("(?s)display:none[^>]*>Ordine 1042: trapano"), "beside the subject");
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

    [TestCase("it-IT", CustomersWord.Asked, "Il cliente chiede un nuovo link: 49,90\u00a0€, 1042", "premi Riapri")]
    [TestCase("en-GB", CustomersWord.Asked, "The customer asks for a new link: €49.90, 1042", "press Reopen")]
    [TestCase(
        "it-IT", CustomersWord.Declined, "Richiesta non riconosciuta: 49,90\u00a0€, 1042", "Controlla il recapito")]
    [TestCase("en-GB", CustomersWord.Declined, "Request not recognised: €49.90, 1042", "Check the address")]
    public async Task A_notice_of_what_a_customer_said_says_what_to_do_and_names_nobody(
        string locale, CustomersWord said, string subject, string what)
    {
        var notice = OutgoingMessages.About(purpose: MessagePurpose.Notice, locale: locale, customerSaid: said);
        var email = await _write.WriteAsync(notice, Url);

        Assert.That(email.Subject, Is.EqualTo(subject));
        Assert.That(
            email.Text, Does.Contain(what).And.Contain("https://pay.example.test/links/pl_").And.Not.Contain("Anna"));
    }

    [Test]
    public async Task A_customer_reads_what_comes_back()
    {
        var email = await _write.WriteAsync(Message(MessagePurpose.Refund, "it-IT"), Url);

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

    [TestCase("satispay", "Satispay")]
    [TestCase("banktransfer", "banktransfer", Description = "by Mollie's name, where we have none")]
    public async Task A_receipt_names_what_it_was_paid_with_if_it_was_no_card(string method, string told)
    {
        var email = await _write.WriteAsync(
            OutgoingMessages.About(purpose: MessagePurpose.Receipt) with
            {
                Method = method,
                CardBrand = null,
                CardLast4 = null,
            },
            Url);

        Assert.That(email.Text, Does.Contain(told).And.Not.Contain("••••"));
    }

    [Test]
    public async Task A_merchants_words_are_text_and_never_markup()
    {
        var message = OutgoingMessages.About("<b>gratis</b> & <a href=\"https://evil.example\">qui</a>") with
        {
            Channel = MessageChannel.Email,
            MerchantName = "\"Rossi\" <script>",
            OwnSubject = "<b>{merchant}</b>",
            OwnBody = "<a href=\"{merchant}\">{purpose}</a>",
        };

        var email = await _write.WriteAsync(message, Url);

        Assert.That(email.Html, Does.Not.Contain("<b>").And.Not.Contain("<script").And.Contain("&lt;b&gt;"));
        Assert.That(Link().Count(email.Html), Is.EqualTo(2), "the button, and the way to be left alone");
    }

    [Test]
    public async Task A_merchants_own_words_stand_in_subject_and_first_paragraph_and_the_rest_stays()
    {
        var ours = await _write.WriteAsync(Message(MessagePurpose.Link, "it-IT"), Url);
        var own = await _write.WriteAsync(
            Message(MessagePurpose.Link, "it-IT") with
            {
                OwnSubject = "{amount} per {purpose}",
                OwnBody = "Cara {name}, ecco la richiesta di {amount}[, chiama {phone}].",
            },
            Url);

        Assert.That(ours.Text, Does.Contain("Buongiorno Anna,").And.Contain("ti chiede il pagamento"));
        Assert.That(own.Subject, Is.EqualTo("49,90\u00a0€ per Ordine 1042: trapano"));
        Assert.That(own.Text, Does.Contain("Cara Anna, ecco la richiesta di 49,90\u00a0€, chiama 06 1234 5678.")
            .And.Not.Contain("Buongiorno"), "one greeting");
        Assert.That(own.Text, Does.Contain(Url).And.Contain("Non aspettavi questa richiesta?"));
    }

    [TestCase("{merchant", "Bene")]
    [TestCase("{phone}", "Bene")]
    [TestCase("Bene", "]")]
    public async Task Own_words_that_cannot_be_used_give_way_to_ours(string subject, string body)
    {
        var message = Message(MessagePurpose.Link, "it-IT") with { MerchantPhone = null };
        var ours = await _write.WriteAsync(message, Url);

        Assert.That(
            await _write.WriteAsync(message with { OwnSubject = subject, OwnBody = body }, Url), Is.EqualTo(ours));
    }

    [Test]
    public async Task Nothing_typed_anywhere_begins_a_new_header()
    {
        const string evil = "x\r\nBcc: all@evil.example\u2028\n\tSubject: y\0";
        var vault = new Vault(TestSystem.MasterKey);
        var secrets = new OpenSecrets(vault, new PayLinksOptions { PublicUrl = "https://pay.example.test" });
        foreach (var purpose in Enum.GetValues<MessagePurpose>())
        {
            var message = Message(purpose, "it-IT") with
            {
                TokenCipher = vault.Seal("token", LinkToken.Purpose(Guid.Empty)),
                CallbackKeyCipher = vault.Seal("key", QueueMessage.CallbackKeyPurpose(Guid.Empty)),
                MerchantName = evil,
                Description = evil,
                Reference = evil,
                CustomerName = evil,
                OwnSubject = evil + "{merchant}{purpose}{reference}{name}",
                OwnBody = evil + "{merchant}{purpose}{reference}{name}",
            };
            foreach (var one in new[] { message, message with { OwnSubject = null, OwnBody = null } })
            {
                var outbox = new Outbox();
                var send = await new SendEmail(outbox, _write, secrets).PrepareAsync(one);
                await send(CancellationToken.None);

                var sent = outbox.Sent.Single();
                Assert.That(sent.FromName + sent.Subject, Does.Not.Match(@"[\p{Cc}\u2028\u2029]"), $"{purpose}");
                Assert.That(sent.Subject, Does.Match("x +Bcc: all@evil.example"), "on its one line");
            }
        }
    }

    [Test]
    public async Task A_test_is_marked_in_subject_and_body()
    {
        var email = await _write.WriteAsync(OutgoingMessages.About(mode: "test"), Url);

        Assert.That(email.Subject, Does.StartWith("[TEST] "));
        Assert.That(email.Text, Does.StartWith("MODALITÀ TEST"));
        Assert.That(email.Html, Does.Contain("class=\"test\""));
    }

    private static OutgoingMessage Message(MessagePurpose purpose, string locale) => OutgoingMessages.About(
        "Ordine 1042: trapano", purpose, locale,
        refund: purpose == MessagePurpose.Refund ? RefundCause.Merchant : null,
        returnStatus: purpose == MessagePurpose.Refund ? "queued" : null) with
    {
        Channel = MessageChannel.Email,
    };

    private sealed class Outbox : IEmailProvider
    {
        public List<Email> Sent { get; } = [];

        public Task<SendOutcome> SendAsync(Email email, CancellationToken cancellationToken)
        {
            Sent.Add(email);
            return Task.FromResult<SendOutcome>(new SendOutcome.Accepted("1"));
        }
    }

    [GeneratedRegex("href=\"(?<to>[^\"]*)\"", RegexOptions.ExplicitCapture)]
    private static partial Regex Link();
}
