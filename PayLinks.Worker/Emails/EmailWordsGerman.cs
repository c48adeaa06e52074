using System.Globalization;

namespace PayLinks.Worker.Emails;

internal static class EmailWordsGerman
{
    public static readonly EmailWords All = new()
    {
        Language = "de",
        Culture = CultureInfo.GetCultureInfo("de-DE"),
        TestMode = "TESTMODUS: Es fließt kein echtes Geld.",
        Greeting = name => name.Length == 0 ? "Guten Tag," : $"Guten Tag {name},",
        PayButton = amount => $"Weiter zur Zahlung von {amount}",
        OrCopy = "Oder kopieren Sie diese Adresse in Ihren Browser:",
        NotExpected = "Sie haben diese Anfrage nicht erwartet? Zahlen Sie nicht, und wenden Sie sich auf einem Weg an "
            + "den Absender, den Sie schon kennen. Niemand fragt Sie per E-Mail oder am Telefon nach Ihren "
            + "Kartendaten.",
        AlreadyPaid = "Sie haben schon bezahlt? Dann ist nichts weiter zu tun.",
        ShowReceipt = "Beleg anzeigen",
        ShowRequest = "Anfrage anzeigen",
        NotAnInvoice = "Dies bestätigt Ihre Zahlung. Es ist keine Rechnung.",
        RefundTakes = "Das Geld geht auf die Karte oder das Konto zurück, womit Sie bezahlt haben, meist innerhalb "
            + "weniger Werktage.",
        Merchant = "Empfänger",
        VatNumber = "USt-IdNr.",
        Amount = "Betrag",
        Purpose = "Für",
        Reference = "Referenz",
        Reason = "Grund",
        Expires = "Gültig bis",
        PaidAt = "Bezahlt am",
        PaidBy = "Bezahlt mit",
        Questions = phone => $"Fragen? {phone}",
        StopWriting = "Schreiben Sie mir nicht mehr",
    };
}
