using System.Globalization;

namespace PayLinks.Worker.Emails;

internal static class EmailWordsFrench
{
    public static readonly EmailWords All = new()
    {
        Language = "fr",
        Culture = CultureInfo.GetCultureInfo("fr-FR"),
        TestMode = "MODE TEST : aucun argent réel ne circule.",
        Greeting = name => name.Length == 0 ? "Bonjour," : $"Bonjour {name},",
        PayButton = amount => $"Aller au paiement de {amount}",
        OrCopy = "Ou copiez cette adresse dans votre navigateur :",
        NotExpected = "Vous n’attendiez pas cette demande ? Ne payez pas et contactez l’expéditeur par un moyen que "
            + "vous connaissez déjà. Personne ne vous demandera les données de votre carte par e-mail ou par "
            + "téléphone.",
        AlreadyPaid = "Vous avez déjà payé ? Alors il n’y a plus rien à faire.",
        ShowReceipt = "Voir le justificatif",
        ShowRequest = "Voir la demande",
        NotAnInvoice = "Ceci confirme votre paiement. Ce n’est pas une facture.",
        RefundTakes = "L’argent revient sur la carte ou le compte avec lequel vous avez payé, en général sous "
            + "quelques jours ouvrés.",
        Merchant = "Bénéficiaire",
        VatNumber = "N° de TVA",
        Amount = "Montant",
        Purpose = "Pour",
        Reference = "Référence",
        Reason = "Motif",
        Expires = "Expire le",
        PaidAt = "Payé le",
        PaidBy = "Payé avec",
        Questions = phone => $"Des questions ? {phone}",
        StopWriting = "Ne plus m’écrire",
    };
}
