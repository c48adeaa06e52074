using System.Globalization;

namespace PayLinks.Core.Texts;

internal static class TextWordsGerman
{
    public static readonly TextWords All = new()
    {
        Language = "de",
        Culture = CultureInfo.GetCultureInfo("de-DE"),
        Payment = "Zahlung",
        ShortTime = at => string.Create(
            CultureInfo.GetCultureInfo("de-DE"), $"{at:ddd d.M.} {at:HH:mm} Uhr"),
        LongTime = "dddd, d. MMMM yyyy, HH:mm 'Uhr'",
        Sms = new SmsTexts
        {
            Link = TextTemplate.Of(
                "{merchant}: Bitte {amount}[ für {purpose}| (Ref. {reference})] bis {expires} zahlen. {url}"
                + "[ Fragen? {phone}]"),
            Desk = TextTemplate.Of(
                "{merchant}: der besprochene Link, {amount}[, {purpose}|, Ref. {reference}]. Gültig bis"
                + " {expires}. {url}"),
            Reminder = TextTemplate.Of(
                "{merchant}: Ihr Zahlungslink über {amount}[ für {purpose}| (Ref. {reference})] gilt bis"
                + " {expires}. {url}[ Schon bezahlt? Dann ist nichts zu tun.]"),
            Receipt = TextTemplate.Of(
                "{merchant}: {amount}[ für {purpose}| (Ref. {reference})] erhalten. Beleg: {url}[ Danke!]"),
            Refund = TextTemplate.Of(
                "{merchant}: wir erstatten Ihnen {amount}[ für {purpose}| (Ref. {reference})]. Beleg: {url}"),
            Canceled = TextTemplate.Of(
                "{merchant}: die Anfrage über {amount}[ für {purpose}| (Ref. {reference})] ist storniert."
                + " Sie müssen nichts zahlen.[ Fragen? {phone}]"),
        },
        Email = new EmailTexts
        {
            Link = new EmailText(
                TextTemplate.Of("{merchant}: Zahlungsanfrage über {amount}"),
                TextTemplate.Of("{merchant} bittet Sie um die Zahlung von {amount}.")),
            Reminder = new EmailText(
                TextTemplate.Of("{merchant}: {amount} zu zahlen bis {expires}"),
                TextTemplate.Of("Der Link zur Zahlung von {amount} an {merchant} gilt bis {expires}.")),
            Receipt = new EmailText(
                TextTemplate.Of("{merchant}: {amount} erhalten"),
                TextTemplate.Of("{merchant} hat Ihre Zahlung von {amount} erhalten. Vielen Dank!")),
            Refund = new EmailText(
                TextTemplate.Of("{merchant}: Erstattung von {amount}"),
                TextTemplate.Of("{merchant} hat Ihnen {amount} erstattet.")),
            Canceled = new EmailText(
                TextTemplate.Of("{merchant}: Anfrage über {amount} storniert"),
                TextTemplate.Of(
                    "{merchant} hat die Zahlungsanfrage über {amount} storniert. Sie müssen nichts zahlen.")),
        },
    };
}
