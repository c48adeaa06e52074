namespace PayLinks.Api.Accessibility;

internal static class AccessibilityWordsItalian
{
    public static readonly AccessibilityWords All = new()
    {
        Title = "Accessibilità",
        Scope = "Questa dichiarazione vale per le pagine di pagamento e per quelle con cui si creano e si seguono i "
            + "link.",
        Standard = "Sono fatte per rispettare le WCAG 2.2 al livello AA: si usano da tastiera, si leggono su 320 "
            + "pixel, di giorno e di notte, e quasi tutto funziona senza JavaScript. A ogni modifica un programma "
            + "(axe) le controlla.",
        GapsTitle = "Che cosa manca",
        Gaps =
        [
            "I campi della carta sono di Mollie, l’istituto di pagamento: i nomi e gli errori accanto sono nostri, il "
                + "resto no.",
            "Le pagine di Mollie, delle banche e degli altri modi di pagare non sono nostre, e non le abbiamo "
                + "verificate.",
            "Nessuno che usi ogni giorno un lettore di schermo le ha ancora provate per noi.",
            "La documentazione per programmatori non è stata verificata.",
        ],
        ContactTitle = "Se qualcosa per te non funziona",
        Tell = name => $"Dillo a {name}:",
        TellOperator = "Dillo a chi gestisce questo sito:",
        TellSender = "Dillo a chi ti ha mandato il link o ti ha dato l’accesso.",
        MadeOn = date => $"Dichiarazione del {date}, fondata su prove nostre.",
    };
}
