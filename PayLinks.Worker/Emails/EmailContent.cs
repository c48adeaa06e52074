using System.Globalization;
using PayLinks.Core;
using PayLinks.Core.Hosting;
using PayLinks.Core.Messages;
using PayLinks.Core.Payments;
using PayLinks.Core.Texts;
using PayLinks.Worker.Sending;

namespace PayLinks.Worker.Emails;

/// <summary>What an email says, before it is laid out: the HTML and the plain text say the same.</summary>
/// <param name="Preheader">What inboxes show beside the subject.</param>
/// <param name="Facts">Pairs of a label and what stands beside it.</param>
/// <param name="Button">The words on the only button; it leads to <paramref name="Url"/>.</param>
/// <param name="Notes">Paragraphs below.</param>
public sealed record EmailContent(
    EmailWords Words, bool IsTest, string MerchantName, string Subject, string Preheader, string? Greeting, string Lead,
    IReadOnlyList<(string Label, string Value)> Facts, string Button, string Url, IReadOnlyList<string> Notes)
{
    /// <summary>Where a customer asks not to be written to again; a merchant is not offered that.</summary>
    public string? StopUrl { get; init; }

    internal static EmailContent Of(OutgoingMessage message, string linkUrl, PayLinksOptions options)
    {
        var console = options.PublicUrl.TrimEnd('/');
        return message switch
        {
            { Kind: { } kind } => ToCustomer(message, kind, linkUrl),
            { TextsUsed: { } used } => BudgetNotice(message, used, $"{console}/settings/sending"),
            { CustomerSaid: { } said } => CustomersWordNotice(message, said, LinkPage()),
            _ => Notice(message, LinkPage()),
        };

        string LinkPage() => $"{console}/links/{PublicId.Format(PublicId.Link, message.LinkId)}";
    }

    /// <summary>The page that opts a customer out, which mail programs may post to; none for a merchant.</summary>
    internal static string? StopUrlOf(OutgoingMessage message, string linkUrl) =>
        message.Kind is null ? null : $"{linkUrl}/stop";

    private static EmailContent ToCustomer(OutgoingMessage message, TextKind kind, string linkUrl)
    {
        var words = EmailWords.For(message.Locale);
        var facts = message.Facts(linkUrl);
        var text = EmailText.Write(facts, message.OwnSubject, message.OwnBody);
        var amount = facts.Amount.Display(words.Culture);
        var expires = Time(message.ExpiresLocal, message.Locale);
        var (preheader, details, button, notes) = kind switch
        {
            TextKind.Link or TextKind.Desk => (
                $"{message.Description} · {words.Expires} {expires}",
                Some((words.Amount, amount), (words.Expires, expires)),
                words.PayButton(amount), Some(words.NotExpected)),
            TextKind.Reminder => (
                $"{message.Description} · {words.Expires} {expires}",
                Some((words.Amount, amount), (words.Expires, expires)),
                words.PayButton(amount), Some(words.AlreadyPaid, words.NotExpected)),
            TextKind.Receipt => (
                $"{message.Description} · {PaidAt(message)}",
                Some(
                    (words.Merchant, message.MerchantName), (words.VatNumber, message.VatNumber),
                    (words.Amount, amount), (words.PaidAt, PaidAt(message)), (words.PaidBy, PaidBy(message))),
                words.ShowReceipt, Some(words.NotAnInvoice)),
            TextKind.Refund => (
                message.Description,
                Some((words.Amount, amount), (words.Reason, message.ReturnReason), (words.PaidBy, PaidBy(message))),
                words.ShowReceipt, Some(words.RefundTakes)),
            TextKind.Canceled => (
                message.Description,
                Some((words.Amount, amount)),
                words.ShowRequest, new List<string>()),
        };
        return new EmailContent(
            words, message.IsTest, message.MerchantName, text.Subject, preheader,
            Greeting: text.GreetsByName ? null : words.Greeting(message.CustomerName ?? ""), text.Lead,
            Facts: [.. Some((words.Purpose, message.Description), (words.Reference, message.Reference)), .. details],
            button, linkUrl, Notes: [.. notes, .. Some(Questions(message, words)), Sender(message, words)])
        {
            StopUrl = StopUrlOf(message, linkUrl),
        };
    }

    // To the merchant: of a payment, or of money that moved after it.
    private static EmailContent Notice(OutgoingMessage message, string consoleUrl)
    {
        var (words, notice) = (EmailWords.For(message.Locale), NoticeWords.For(message.Locale));
        var isPayment = message is { RefundCause: null, ReturnStatus: null };
        var amount = (isPayment ? message.Amount : message.Returned).Display(words.Culture);
        var what = message.Reference ?? message.Description;
        var (subject, lead) = message switch
        {
            { RefundCause: not null } => (
                $"{notice.RefundSubject(amount)}, {what}",
                message.ReturnStatus == "failed" ? notice.RefundFailed(amount)
                    : message.RefundCause == Core.Refunds.RefundCause.Surplus ? notice.SurplusRefunded(amount)
                    : notice.LateRefunded(amount)),
            { ReturnStatus: not null } => (
                $"{notice.DisputeSubject(amount)}, {what}",
                message.ReturnStatus == "reversed" ? notice.DisputeReversed(amount) : notice.DisputeReceived(amount)),
            _ => (notice.Subject(amount, what), notice.Lead(amount)),
        };
        return new EmailContent(
            words, message.IsTest, message.MerchantName,
            Subject: message.IsTest ? $"[TEST] {subject}" : subject,
            Preheader: message.Description,
            Greeting: null,
            lead,
            Facts: Some(
                (words.Amount, amount), (words.Purpose, message.Description), (words.Reference, message.Reference),
                (notice.Customer, message.CustomerName),
                (words.PaidAt, isPayment ? PaidAt(message) : null), (words.PaidBy, isPayment ? PaidBy(message) : null)),
            notice.ShowLink, consoleUrl,
            Notes: Some(isPayment && message.Late ? notice.PaidLate : null));
    }

    private static EmailContent BudgetNotice(OutgoingMessage message, int used, string settingsUrl)
    {
        var (words, notice) = (EmailWords.For(message.Locale), NoticeWords.For(message.Locale));
        var share = (100L * used / message.TextsPerDay).ToString(words.Culture);
        var subject = notice.BudgetSubject(share);
        return new EmailContent(
            words, message.IsTest, message.MerchantName,
            Subject: message.IsTest ? $"[TEST] {subject}" : subject,
            Preheader: notice.BudgetLead(share),
            Greeting: null,
            notice.BudgetLead(share),
            Facts: Some((
                notice.TextsUsed,
                $"{used.ToString("N0", words.Culture)} / {message.TextsPerDay.ToString("N0", words.Culture)}")),
            notice.ShowSettings, settingsUrl,
            Notes: Some(notice.BudgetMeans));
    }

    // Names nobody: whoever has the link can say it.
    private static EmailContent CustomersWordNotice(OutgoingMessage message, CustomersWord said, string consoleUrl)
    {
        var (words, notice) = (EmailWords.For(message.Locale), NoticeWords.For(message.Locale));
        var amount = message.Amount.Display(words.Culture);
        var what = message.Reference ?? message.Description;
        var (subject, lead, next) = said switch
        {
            CustomersWord.Asked => (notice.AskedSubject(amount, what), notice.Asked(amount), notice.AskedNext),
            CustomersWord.Declined => (
                notice.DeclinedSubject(amount, what), notice.Declined(amount), notice.DeclinedNext),
        };
        return new EmailContent(
            words, message.IsTest, message.MerchantName,
            Subject: message.IsTest ? $"[TEST] {subject}" : subject,
            Preheader: message.Description,
            Greeting: null,
            lead,
            Facts: Some(
                (words.Amount, amount), (words.Purpose, message.Description), (words.Reference, message.Reference)),
            notice.ShowLink, consoleUrl,
            Notes: [next]);
    }

    private static string? Questions(OutgoingMessage message, EmailWords words) =>
        message.MerchantPhone is { } phone ? words.Questions(phone) : null;

    private static string Time(DateTime local, string locale)
    {
        var words = TextWords.For(locale);
        return local.ToString(words.LongTime, words.Culture);
    }

    // With the offset, because a receipt is kept and read elsewhere.
    private static string PaidAt(OutgoingMessage message)
    {
        if (message is not { PaidLocal: { } local, PaidAt: { } instant })
        {
            return "";
        }

        var offset = DateTime.SpecifyKind(local, DateTimeKind.Unspecified) - instant.UtcDateTime;
        var hours = offset.ToString(offset < TimeSpan.Zero ? @"\-hh\:mm" : @"\+hh\:mm", CultureInfo.InvariantCulture);
        return $"{Time(local, message.Locale)} (UTC{hours})";
    }

    private static string? PaidBy(OutgoingMessage message) => message switch
    {
        { CardLast4: { } last4 } => $"{message.CardBrand ?? message.Method} •••• {last4}",
        _ => PaymentWays.NameOf(message.Method) ?? message.Method,
    };

    private static string Sender(OutgoingMessage message, EmailWords words) => string.Join(" · ", Some(
        message.MerchantName,
        message.MerchantAddress,
        message.VatNumber is { } vat ? $"{words.VatNumber} {vat}" : null,
        message.MerchantEmail));

    private static List<string> Some(params IEnumerable<string?> texts) => [.. texts.OfType<string>()];

    private static List<(string Label, string Value)> Some(params IEnumerable<(string Label, string? Value)> facts) =>
        [.. facts.Where(fact => !string.IsNullOrEmpty(fact.Value)).Select(fact => (fact.Label, fact.Value!))];
}
