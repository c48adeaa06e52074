namespace PayLinks.Api.Settings;

/// <summary>A page of settings, as the index leads to it.</summary>
/// <param name="ForOwners">Managers do not see it.</param>
public sealed record SettingsEntry(string Path, string Title, string Hint, bool ForOwners = false);

/// <summary>The index of the settings. A page that is added is a line here, in both languages.</summary>
public sealed record SettingsWords
{
    public static SettingsWords Italian { get; } = new()
    {
        Title = "Impostazioni",
        Entries =
        [
            new("/settings/brand", "Aspetto", "Logo, colore e recapiti sulla pagina dei clienti.", ForOwners: true),
            new("/settings/team", "Team", "Chi può entrare, e che cosa può fare."),
            new("/settings/links", "Link", "Quando scadono, e quando ricordarli al cliente."),
            new("/settings/payments", "Pagamenti in ritardo", "Se tenere o rimborsare ciò che arriva a link chiuso."),
            new("/settings/sending", "Invio", "Da chi arrivano SMS ed email, dove possono andare e quanti al giorno."),
            new("/settings/texts", "Testi", "Con quali parole i clienti ricevono SMS ed email."),
            new("/settings/webhooks", "Webhook", "A quali indirizzi del tuo programma diciamo che cosa succede."),
            new("/settings/api-keys", "Chiavi API", "Quali programmi agiscono a tuo nome.", ForOwners: true),
            new("/settings/mollie", "Mollie", "Con quali chiavi incassi.", ForOwners: true),
            new("/settings/reconciliation", "Riconciliazione", "Se i libri di Mollie e i nostri dicono lo stesso."),
            new("/settings/log", "Chi ha fatto cosa", "Ogni cambiamento di queste impostazioni."),
        ],
    };

    public static SettingsWords English { get; } = new()
    {
        Title = "Settings",
        Entries =
        [
            new("/settings/brand", "Brand", "Logo, colour and contact on the customer’s page.", ForOwners: true),
            new("/settings/team", "Team", "Who can sign in, and what they may do."),
            new("/settings/links", "Links", "When they expire, and when customers are reminded."),
            new("/settings/payments", "Late payments", "Whether to keep or refund what comes after a link is closed."),
            new("/settings/sending", "Sending", "Who texts and emails come from, where they go, how many a day."),
            new("/settings/texts", "Texts", "In which words customers get text messages and emails."),
            new("/settings/webhooks", "Webhooks", "Which addresses of your program we tell what happens."),
            new("/settings/api-keys", "API keys", "Which programs act in your name.", ForOwners: true),
            new("/settings/mollie", "Mollie", "The keys that you are paid with.", ForOwners: true),
            new("/settings/reconciliation", "Reconciliation", "Whether Mollie’s books and ours say the same."),
            new("/settings/log", "Who did what", "Every change to these settings."),
        ],
    };

    public required string Title { get; init; }

    public required IReadOnlyList<SettingsEntry> Entries { get; init; }
}
