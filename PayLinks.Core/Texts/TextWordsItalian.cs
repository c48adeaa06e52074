using System.Globalization;

namespace PayLinks.Core.Texts;

internal static class TextWordsItalian
{
    public static readonly TextWords All = new()
    {
        Language = "it",
        Culture = CultureInfo.GetCultureInfo("it-IT"),
        Payment = "Pagamento",
        ShortTime = at => string.Create(
            CultureInfo.GetCultureInfo("it-IT"), $"{at:ddd d/M} ore {at.Hour}{(at.Minute == 0 ? "" : $":{at:mm}")}"),
        LongTime = "dddd d MMMM yyyy, HH:mm",
        Sms = new SmsTexts
        {
            Link = TextTemplate.Of(
                "{merchant}: paga {amount}[ per {purpose}| (rif. {reference})] entro {expires}. {url}"
                + "[ Dubbi? {phone}]"),
            Desk = TextTemplate.Of(
                "{merchant}: il link di cui parliamo, {amount}[, {purpose}|, rif. {reference}]. Scade"
                + " {expires}. {url}"),
            Reminder = TextTemplate.Of(
                "{merchant}: il link per pagare {amount}[ per {purpose}| (rif. {reference})] scade"
                + " {expires}. {url}[ Già pagato? Ignora questo SMS.]"),
            Receipt = TextTemplate.Of(
                "{merchant}: ricevuti {amount}[ per {purpose}| (rif. {reference})]. Ricevuta: {url}[ Grazie!]"),
            Refund = TextTemplate.Of(
                "{merchant}: ti rimborsiamo {amount}[ per {purpose}| (rif. {reference})]. Ricevuta: {url}"),
            Canceled = TextTemplate.Of(
                "{merchant}: richiesta di {amount}[ per {purpose}| (rif. {reference})] annullata. Non devi"
                + " pagare nulla.[ Dubbi? {phone}]"),
        },
        Email = new EmailTexts
        {
            Link = new EmailText(
                TextTemplate.Of("{merchant}: richiesta di pagamento di {amount}"),
                TextTemplate.Of("{merchant} ti chiede il pagamento di {amount}.")),
            Reminder = new EmailText(
                TextTemplate.Of("{merchant}: {amount} da pagare entro {expires}"),
                TextTemplate.Of("Il link per pagare {amount} a {merchant} scade {expires}.")),
            Receipt = new EmailText(
                TextTemplate.Of("{merchant}: ricevuti {amount}"),
                TextTemplate.Of("{merchant} ha ricevuto il tuo pagamento di {amount}. Grazie!")),
            Refund = new EmailText(
                TextTemplate.Of("{merchant}: rimborso di {amount}"),
                TextTemplate.Of("{merchant} ti ha rimborsato {amount}.")),
            Canceled = new EmailText(
                TextTemplate.Of("{merchant}: richiesta di {amount} annullata"),
                TextTemplate.Of(
                    "{merchant} ha annullato la richiesta di pagamento di {amount}. Non devi pagare nulla.")),
        },
    };
}
