namespace PayLinks.Api.Accessibility;

internal static class AccessibilityWordsFrench
{
    public static readonly AccessibilityWords All = new()
    {
        Title = "Accessibilité",
        Scope = "Cette déclaration porte sur les pages de paiement et sur celles où l’on crée et suit les liens.",
        Standard = "Elles sont faites pour respecter les WCAG 2.2 au niveau AA : on s’en sert au clavier, on les lit "
            + "sur 320 pixels, de jour comme de nuit, et presque tout marche sans JavaScript. Un programme (axe) les "
            + "vérifie à chaque changement.",
        GapsTitle = "Ce qui manque",
        Gaps =
        [
            "Les champs de la carte sont ceux de Mollie, l’établissement de paiement : noms et erreurs à côté sont de "
                + "nous.",
            "Les pages de Mollie, des banques et des autres moyens de paiement ne sont pas à nous ; nous ne les avons "
                + "pas vérifiées.",
            "Personne qui se serve chaque jour d’un lecteur d’écran ne les a encore essayées pour nous.",
            "La documentation pour les programmeurs n’a pas été vérifiée.",
        ],
        ContactTitle = "Si quelque chose ne marche pas pour vous",
        Tell = name => $"Dites-le à {name} :",
        TellOperator = "Dites-le à qui gère ce site :",
        TellSender = "Dites-le à qui vous a envoyé le lien ou donné l’accès.",
        MadeOn = date => $"Déclaration du {date}, fondée sur nos propres essais.",
    };
}
