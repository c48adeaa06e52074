using System.Globalization;

namespace PayLinks.Core.Texts;

internal static class TextWordsFrench
{
    public static readonly TextWords All = new()
    {
        Language = "fr",
        Culture = CultureInfo.GetCultureInfo("fr-FR"),
        Payment = "Paiement",
        ShortTime = at => string.Create(
            CultureInfo.GetCultureInfo("fr-FR"), $"{at:ddd d/M} à {at.Hour}h{at:mm}"),
        LongTime = "dddd d MMMM yyyy, HH:mm",
        Sms = new SmsTexts
        {
            Link = TextTemplate.Of(
                "{merchant} : {amount}[ pour {purpose}| (réf. {reference})] à payer avant le {expires}."
                + " {url}[ Questions ? {phone}]"),
            Desk = TextTemplate.Of(
                "{merchant} : le lien dont on parle, {amount}[, {purpose}|, réf. {reference}]. Expire le"
                + " {expires}. {url}"),
            Reminder = TextTemplate.Of(
                "{merchant} : votre lien pour payer {amount}[ pour {purpose}| (réf. {reference})] expire le"
                + " {expires}. {url}[ Déjà payé ? Ignorez ce SMS.]"),
            Receipt = TextTemplate.Of(
                "{merchant} : paiement de {amount}[ pour {purpose}| (réf. {reference})] bien arrivé."
                + " Justificatif : {url}[ Merci !]"),
            Refund = TextTemplate.Of(
                "{merchant} : nous vous remboursons {amount}[ pour {purpose}| (réf. {reference})]."
                + " Justificatif : {url}"),
            Canceled = TextTemplate.Of(
                "{merchant} : la demande de {amount}[ pour {purpose}| (réf. {reference})] est annulée. Vous"
                + " n'avez rien à payer.[ Questions ? {phone}]"),
        },
        Email = new EmailTexts
        {
            Link = new EmailText(
                TextTemplate.Of("{merchant} : demande de paiement de {amount}"),
                TextTemplate.Of("{merchant} vous demande le paiement de {amount}.")),
            Reminder = new EmailText(
                TextTemplate.Of("{merchant} : {amount} à payer avant le {expires}"),
                TextTemplate.Of("Le lien pour payer {amount} à {merchant} expire le {expires}.")),
            Receipt = new EmailText(
                TextTemplate.Of("{merchant} : paiement de {amount} reçu"),
                TextTemplate.Of("{merchant} a bien reçu votre paiement de {amount}. Merci !")),
            Refund = new EmailText(
                TextTemplate.Of("{merchant} : remboursement de {amount}"),
                TextTemplate.Of("{merchant} vous a remboursé {amount}.")),
            Canceled = new EmailText(
                TextTemplate.Of("{merchant} : demande de {amount} annulée"),
                TextTemplate.Of("{merchant} a annulé la demande de paiement de {amount}. Vous n’avez rien à payer.")),
        },
    };
}
