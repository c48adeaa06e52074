using System.Globalization;

namespace PayLinks.Core.Texts;

internal static class TextWordsEnglish
{
    public static readonly TextWords All = new()
    {
        Language = "en",
        Culture = CultureInfo.GetCultureInfo("en-GB"),
        Payment = "Payment",
        ShortTime = at => string.Create(
            CultureInfo.GetCultureInfo("en-GB"), $"{at:ddd d MMM HH:mm}"),
        LongTime = "dddd d MMMM yyyy, HH:mm",
        Sms = new SmsTexts
        {
            Link = TextTemplate.Of(
                "{merchant}: pay {amount}[ for {purpose}| (ref. {reference})] by {expires}. {url}"
                + "[ Questions? {phone}]"),
            Desk = TextTemplate.Of(
                "{merchant}: the link we are discussing, {amount}[, {purpose}|, ref. {reference}]. Expires"
                + " {expires}. {url}"),
            Reminder = TextTemplate.Of(
                "{merchant}: your link to pay {amount}[ for {purpose}| (ref. {reference})] expires"
                + " {expires}. {url}[ Already paid? Ignore this text.]"),
            Receipt = TextTemplate.Of(
                "{merchant}: we received {amount}[ for {purpose}| (ref. {reference})]. Receipt: {url}[ Thank you!]"),
            Refund = TextTemplate.Of(
                "{merchant}: we are refunding {amount}[ for {purpose}| (ref. {reference})]. Receipt: {url}"),
            Canceled = TextTemplate.Of(
                "{merchant}: the request for {amount}[ for {purpose}| (ref. {reference})] is cancelled."
                + " There is nothing to pay.[ Questions? {phone}]"),
        },
        Email = new EmailTexts
        {
            Link = new EmailText(
                TextTemplate.Of("{merchant}: payment request for {amount}"),
                TextTemplate.Of("{merchant} asks you to pay {amount}.")),
            Reminder = new EmailText(
                TextTemplate.Of("{merchant}: {amount} to pay by {expires}"),
                TextTemplate.Of("The link to pay {amount} to {merchant} expires on {expires}.")),
            Receipt = new EmailText(
                TextTemplate.Of("{merchant}: we received {amount}"),
                TextTemplate.Of("{merchant} has received your payment of {amount}. Thank you!")),
            Refund = new EmailText(
                TextTemplate.Of("{merchant}: refund of {amount}"),
                TextTemplate.Of("{merchant} has refunded {amount} to you.")),
            Canceled = new EmailText(
                TextTemplate.Of("{merchant}: request for {amount} cancelled"),
                TextTemplate.Of("{merchant} has cancelled the request to pay {amount}. There is nothing to pay.")),
        },
    };
}
