using System.Globalization;
using PayLinks.Core;
using PayLinks.Core.Hosting;
using PayLinks.Core.Messages;
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
        var content = Saying(message, linkUrl, options);
        return content with { StopUrl = StopUrlOf(message, linkUrl) };
    }

    /// <summary>The page that opts a customer out, which mail programs may post to; none for a merchant.</summary>
    internal static string? StopUrlOf(OutgoingMessage message, string linkUrl) =>
        message.Purpose == MessagePurpose.Notice ? null : $"{linkUrl}/stop";

    private static EmailContent Saying(OutgoingMessage message, string linkUrl, PayLinksOptions options)
    {
        var consoleUrl = $"{options.PublicUrl.TrimEnd('/')}/links/{PublicId.Format(PublicId.Link, message.LinkId)}";
        return message.Purpose switch
        {
            MessagePurpose.Link or MessagePurpose.Reminder => Link(message, linkUrl),
            MessagePurpose.Receipt => Receipt(message, linkUrl),
            MessagePurpose.Refund => Refund(message, linkUrl),
            MessagePurpose.Notice when message.RefundCause is not null => RefundNotice(message, consoleUrl),
            MessagePurpose.Notice when message.ReturnStatus is not null => DisputeNotice(message, consoleUrl),
            MessagePurpose.Notice when message.TextsUsed is { } used =>
                BudgetNotice(message, used, $"{options.PublicUrl.TrimEnd('/')}/settings/sending"),
            MessagePurpose.Notice => Notice(message, consoleUrl),
        };
    }

    private static EmailContent Link(OutgoingMessage message, string url)
    {
        var words = EmailWords.For(message.Locale);
        var amount = message.Amount.Display(words.Culture);
        var expires = Time(message.ExpiresLocal, words);
        return new EmailContent(
            words, message.IsTest, message.MerchantName,
            Subject: Marked(message, words.LinkSubject(message.MerchantName, amount)),
            Preheader: $"{message.Description} · {words.Expires} {expires}",
            Greeting: words.LinkGreeting(message.CustomerName ?? ""),
            Lead: words.LinkLead(message.MerchantName, amount),
            Facts: Some(
                (words.Purpose, message.Description), (words.Reference, message.Reference),
                (words.Amount, amount), (words.Expires, expires)),
            words.PayButton(amount), url,
            Notes: Some(words.NotExpected, Questions(message, words), Sender(message, words)));
    }

    private static EmailContent Receipt(OutgoingMessage message, string url)
    {
        var words = EmailWords.For(message.Locale);
        var amount = message.Amount.Display(words.Culture);
        return new EmailContent(
            words, message.IsTest, message.MerchantName,
            Subject: Marked(message, words.ReceiptSubject(message.MerchantName, amount)),
            Preheader: $"{message.Description} · {PaidAt(message, words)}",
            Greeting: null,
            Lead: words.ReceiptLead(message.MerchantName, amount),
            Facts: Some(
                (words.Merchant, message.MerchantName), (words.VatNumber, message.VatNumber), (words.Amount, amount),
                (words.Purpose, message.Description), (words.Reference, message.Reference),
                (words.PaidAt, PaidAt(message, words)), (words.PaidBy, PaidBy(message))),
            words.ShowReceipt, url,
            Notes: Some(words.NotAnInvoice, Questions(message, words), Sender(message, words)));
    }

    private static EmailContent Notice(OutgoingMessage message, string url)
    {
        var words = EmailWords.For(message.Locale);
        var amount = message.Amount.Display(words.Culture);
        return new EmailContent(
            words, message.IsTest, message.MerchantName,
            Subject: Marked(message, words.NoticeSubject(amount, message.Reference ?? message.Description)),
            Preheader: message.Description,
            Greeting: null,
            Lead: words.NoticeLead(amount),
            Facts: Some(
                (words.Amount, amount), (words.Purpose, message.Description), (words.Reference, message.Reference),
                (words.Customer, message.CustomerName),
                (words.PaidAt, PaidAt(message, words)), (words.PaidBy, PaidBy(message))),
            words.ShowLink, url,
            Notes: Some(message.Late ? words.PaidLate : null));
    }

    private static EmailContent Refund(OutgoingMessage message, string url)
    {
        var words = EmailWords.For(message.Locale);
        var amount = message.Returned.Display(words.Culture);
        return new EmailContent(
            words, message.IsTest, message.MerchantName,
            Subject: Marked(message, words.RefundSubject(message.MerchantName, amount)),
            Preheader: message.Description,
            Greeting: null,
            Lead: words.RefundLead(message.MerchantName, amount),
            Facts: Some(
                (words.Amount, amount), (words.Purpose, message.Description), (words.Reference, message.Reference),
                (words.Reason, message.ReturnReason), (words.PaidBy, PaidBy(message))),
            words.ShowReceipt, url,
            Notes: Some(words.RefundTakes, Questions(message, words), Sender(message, words)));
    }

    private static EmailContent RefundNotice(OutgoingMessage message, string url)
    {
        var words = EmailWords.For(message.Locale);
        var amount = message.Returned.Display(words.Culture);
        var lead = message.ReturnStatus == "failed" ? words.RefundFailed(amount)
            : message.RefundCause == Core.Refunds.RefundCause.Surplus ? words.SurplusRefunded(amount)
            : words.LateRefunded(amount);
        return About(message, words, words.RefundNoticeSubject(amount), lead, amount, url);
    }

    private static EmailContent BudgetNotice(OutgoingMessage message, int used, string url)
    {
        var words = EmailWords.For(message.Locale);
        var share = (100L * used / message.TextsPerDay).ToString(words.Culture);
        return new EmailContent(
            words, message.IsTest, message.MerchantName,
            Subject: Marked(message, words.BudgetSubject(share)),
            Preheader: words.BudgetLead(share),
            Greeting: null,
            words.BudgetLead(share),
            Facts: Some((
                words.TextsUsed,
                $"{used.ToString("N0", words.Culture)} / {message.TextsPerDay.ToString("N0", words.Culture)}")),
            words.ShowSettings, url,
            Notes: Some(words.BudgetMeans));
    }

    private static EmailContent DisputeNotice(OutgoingMessage message, string url)
    {
        var words = EmailWords.For(message.Locale);
        var amount = message.Returned.Display(words.Culture);
        var lead = message.ReturnStatus == "reversed" ? words.DisputeReversed(amount) : words.DisputeReceived(amount);
        return About(message, words, words.DisputeSubject(amount), lead, amount, url);
    }

    // To the merchant, about money that moved after the payment.
    private static EmailContent About(
        OutgoingMessage message, EmailWords words, string subject, string lead, string amount, string url) => new(
        words, message.IsTest, message.MerchantName,
        Subject: Marked(message, $"{subject}, {message.Reference ?? message.Description}"),
        Preheader: message.Description,
        Greeting: null,
        lead,
        Facts: Some(
            (words.Amount, amount), (words.Purpose, message.Description), (words.Reference, message.Reference),
            (words.Customer, message.CustomerName)),
        words.ShowLink, url,
        Notes: []);

    private static string Marked(OutgoingMessage message, string subject) =>
        message.IsTest ? $"[TEST] {subject}" : subject;

    private static string? Questions(OutgoingMessage message, EmailWords words) =>
        message.MerchantPhone is { } phone ? words.Questions(phone) : null;

    private static string Time(DateTime local, EmailWords words) =>
        local.ToString("dddd d MMMM yyyy, HH:mm", words.Culture);

    // With the offset, because a receipt is kept and read elsewhere.
    private static string PaidAt(OutgoingMessage message, EmailWords words)
    {
        if (message is not { PaidLocal: { } local, PaidAt: { } instant })
        {
            return "";
        }

        var offset = DateTime.SpecifyKind(local, DateTimeKind.Unspecified) - instant.UtcDateTime;
        var hours = offset.ToString(offset < TimeSpan.Zero ? @"\-hh\:mm" : @"\+hh\:mm", CultureInfo.InvariantCulture);
        return $"{Time(local, words)} (UTC{hours})";
    }

    private static string? PaidBy(OutgoingMessage message) => message switch
    {
        { CardLast4: { } last4 } => $"{message.CardBrand ?? message.Method} •••• {last4}",
        _ => message.Method,
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
