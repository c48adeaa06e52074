namespace PayLinks.Api.Accessibility;

internal static class AccessibilityWordsGerman
{
    public static readonly AccessibilityWords All = new()
    {
        Title = "Barrierefreiheit",
        Scope = "Diese Erklärung gilt für die Zahlungsseiten und für die Seiten, auf denen Links erstellt und "
            + "verfolgt werden.",
        Standard = "Sie sollen den WCAG 2.2 auf Stufe AA genügen: Sie lassen sich mit der Tastatur bedienen, auf 320 "
            + "Pixeln lesen, bei Tag und bei Nacht, und fast alles geht ohne JavaScript. Ein Programm (axe) prüft sie "
            + "bei jeder Änderung.",
        GapsTitle = "Was noch fehlt",
        Gaps =
        [
            "Die Kartenfelder gehören Mollie, dem Zahlungsinstitut: Namen und Fehler daneben sind von uns, der Rest "
                + "nicht.",
            "Die Seiten von Mollie, von Banken und von anderen Zahlungswegen sind nicht unsere; wir haben sie nicht "
                + "geprüft.",
            "Niemand, der täglich einen Bildschirmleser benutzt, hat diese Seiten bisher für uns ausprobiert.",
            "Die Dokumentation für Programmierer wurde nicht geprüft.",
        ],
        ContactTitle = "Wenn etwas für Sie nicht funktioniert",
        Tell = name => $"Sagen Sie es {name}:",
        TellOperator = "Sagen Sie es dem Betreiber dieser Seite:",
        TellSender = "Sagen Sie es dem, von dem Sie den Link oder den Zugang haben.",
        MadeOn = date => $"Erklärung vom {date}, gestützt auf eigene Prüfungen.",
    };
}
