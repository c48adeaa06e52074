namespace PayLinks.Api.Settings;

/// <summary>The page of the keys to Mollie.</summary>
public sealed record MollieWords
{
    public static MollieWords Italian { get; } = new()
    {
        Title = "Mollie",
        Means = "I pagamenti passano dal tuo conto Mollie, con le chiavi che trovi nella sua pagina «Sviluppatori, "
            + "Chiavi API». Prima di salvarla, mostriamo la chiave a Mollie.",
        Test = "Prove",
        Live = "Denaro vero",
        NoTest = "Ancora nessuna chiave di test.",
        NoLive = "Ancora nessuna chiave live. Quando la salvi, la console passa al denaro vero e i link di prova non "
            + "si vedono più; le tue chiavi API di test restano valide.",
        Key = "Chiave",
        Profile = "Profilo",
        ProfileHint = "Comincia con pfl_. Vuoto: lo chiediamo a Mollie.",
        SetAt = "Impostata il",
        NewKey = "Nuova chiave",
        KeyHint = mode => $"Comincia con {mode}_. Dopo, ne mostriamo solo le ultime quattro lettere.",
        KeyWrong = mode => $"Incolla la chiave intera: comincia con {mode}_ e ha almeno 20 lettere e cifre.",
        OtherMode = mode => $"Questa chiave è dell’altra modalità: qui va quella che comincia con {mode}_.",
        Refused = "Mollie non accetta questa chiave. Controlla di averla copiata intera, e che non sia stata "
            + "sostituita.",
        Silent = "Mollie non risponde, quindi non abbiamo salvato niente. Riprova tra qualche minuto.",
        NoMethods = profile => $"Sul profilo «{profile}» non è attivo nessun metodo di pagamento: nessuno potrebbe "
            + "pagare. Attivane uno da Mollie, poi riprova.",
        OtherProfile = profile => $"Questa chiave è del profilo {profile}, che ora è scritto qui. Se è giusto, "
            + "incolla di nuovo la chiave e salva.",
        PaidElsewhere = profile => $"Ci sono già pagamenti sul profilo {profile}: con la chiave di un altro profilo "
            + "non potremmo più seguirli né rimborsarli. Usa una chiave di quel profilo.",
        Save = "Controlla e salva",
        Saved = "Mollie ha accettato la chiave, ed è salvata.",
    };

    public static MollieWords English { get; } = new()
    {
        Title = "Mollie",
        Means = "Payments go through your account at Mollie, with the keys from its page “Developers, API keys”. "
            + "Before it is saved, the key is shown to Mollie.",
        Test = "Trials",
        Live = "Real money",
        NoTest = "No test key yet.",
        NoLive = "No live key yet. When you save one, the console changes over to real money and trial links are no "
            + "longer seen; your test API keys stay good.",
        Key = "Key",
        Profile = "Profile",
        ProfileHint = "Begins with pfl_. Empty: we ask Mollie.",
        SetAt = "Set on",
        NewKey = "New key",
        KeyHint = mode => $"Begins with {mode}_. Afterwards only its last four characters are shown.",
        KeyWrong = mode => $"Paste the whole key: it begins with {mode}_ and has at least 20 letters and digits.",
        OtherMode = mode => $"This key is of the other mode: the one that begins with {mode}_ goes here.",
        Refused = "Mollie does not take this key. Check that you copied all of it and that it has not been replaced.",
        Silent = "Mollie does not answer, so nothing was saved. Try again in a few minutes.",
        NoMethods = profile => $"No payment method is switched on for the profile “{profile}”: nobody could pay. "
            + "Switch one on at Mollie, then try again.",
        OtherProfile = profile => $"This key is of the profile {profile}, which now stands here. If it is the right "
            + "one, paste the key again and save.",
        PaidElsewhere = profile => $"There are payments with the profile {profile} already: with another profile’s "
            + "key we could neither follow nor refund them. Use a key of that profile.",
        Save = "Check and save",
        Saved = "Mollie has taken the key, and it is saved.",
    };

    public required string Title { get; init; }
    public required string Means { get; init; }
    public required string Test { get; init; }
    public required string Live { get; init; }
    public required string NoTest { get; init; }
    public required string NoLive { get; init; }
    public required string Key { get; init; }
    public required string Profile { get; init; }
    public required string ProfileHint { get; init; }
    public required string SetAt { get; init; }
    public required string NewKey { get; init; }

    /// <summary>Takes <c>test</c> or <c>live</c>, as do the two after it.</summary>
    public required Func<string, string> KeyHint { get; init; }
    public required Func<string, string> KeyWrong { get; init; }
    public required Func<string, string> OtherMode { get; init; }
    public required string Refused { get; init; }
    public required string Silent { get; init; }

    /// <summary>Takes the profile's name.</summary>
    public required Func<string, string> NoMethods { get; init; }

    /// <summary>Takes the profile's id.</summary>
    public required Func<string, string> OtherProfile { get; init; }
    public required Func<string, string> PaidElsewhere { get; init; }
    public required string Save { get; init; }
    public required string Saved { get; init; }

    public string ModeTitle(string mode) => mode == "live" ? Live : Test;
}
