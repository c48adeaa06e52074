namespace PayLinks.Api.Keys;

/// <summary>The pages of API keys.</summary>
public sealed record KeyWords
{
    public static KeyWords Italian { get; } = new()
    {
        Title = "Chiavi API",
        Means = "Con una chiave il tuo programma crea link e legge che cosa succede.",
        Docs = "Documentazione delle API",
        Empty = "Ancora nessuna chiave.",
        Name = "Nome",
        NameHint = "Per riconoscerla, per esempio il programma che la usa.",
        NameNeeded = "Scrivi un nome per la chiave.",
        State = "Stato",
        Mode = "Modalità",
        ModeNeeded = "Scegli la modalità della chiave.",
        Test = "test",
        Live = "live",
        TestMeans = "Nessun addebito è reale.",
        LiveMeans = "Denaro vero.",
        Scopes = "Permessi",
        ScopesNeeded = "Scegli almeno un permesso.",
        LinksRead = "Leggere i link e gli incassi (links:read)",
        LinksWrite = "Creare, inviare, prolungare e annullare link (links:write)",
        RefundsWrite = "Rimborsare (refunds:write)",
        EventsRead = "Leggere gli eventi (events:read)",
        WebhooksWrite = "Gestire i webhook (webhooks:write)",
        Created = "Creata",
        LastUsed = "Ultimo uso",
        UsedAt = when => $"usata: {when}",
        NeverUsed = "mai usata",
        Revoked = "revocata",
        RevokedAt = when => $"revocata: {when}",
        Add = "Crea una chiave",
        TooMany = max => $"Ci sono già {max} chiavi: revocane una che non serve più.",
        New = "Nuova chiave",
        Once = "Copiala adesso: non la mostreremo più.",
        KeepIt = "Tienila dove solo il tuo programma la legge: chi ce l’ha agisce a tuo nome.",
        Revoke = "Revoca",
        RevokeOf = name => $"Revoca {name}",
        RevokeTitle = "Revocare la chiave?",
        RevokeMeans = "Entro pochi secondi i programmi che la usano non entrano più. Non si può annullare.",
        Keep = "Non revocare",
        RevokedNow = "La chiave è revocata: entro pochi secondi non vale più.",
    };

    public static KeyWords English { get; } = new()
    {
        Title = "API keys",
        Means = "With a key your program makes links and reads what happens.",
        Docs = "Documentation of the API",
        Empty = "No keys yet.",
        Name = "Name",
        NameHint = "To tell it apart, like the program that uses it.",
        NameNeeded = "Enter a name for the key.",
        State = "State",
        Mode = "Mode",
        ModeNeeded = "Choose the mode of the key.",
        Test = "test",
        Live = "live",
        TestMeans = "No charge is real.",
        LiveMeans = "Real money.",
        Scopes = "Permissions",
        ScopesNeeded = "Choose at least one permission.",
        LinksRead = "Read links and takings (links:read)",
        LinksWrite = "Make, send, extend and cancel links (links:write)",
        RefundsWrite = "Refund (refunds:write)",
        EventsRead = "Read events (events:read)",
        WebhooksWrite = "Manage webhooks (webhooks:write)",
        Created = "Created",
        LastUsed = "Last used",
        UsedAt = when => $"used: {when}",
        NeverUsed = "never used",
        Revoked = "revoked",
        RevokedAt = when => $"revoked: {when}",
        Add = "Create a key",
        TooMany = max => $"There are {max} keys already: revoke one that is no longer needed.",
        New = "New key",
        Once = "Copy it now: it is not shown again.",
        KeepIt = "Keep it where only your program reads it: whoever has it acts in your name.",
        Revoke = "Revoke",
        RevokeOf = name => $"Revoke {name}",
        RevokeTitle = "Revoke the key?",
        RevokeMeans = "Within seconds the programs that use it are refused. This cannot be undone.",
        Keep = "Do not revoke",
        RevokedNow = "The key is revoked: within seconds it is worth nothing.",
    };

    public required string Title { get; init; }
    public required string Means { get; init; }
    public required string Docs { get; init; }
    public required string Empty { get; init; }
    public required string Name { get; init; }
    public required string NameHint { get; init; }
    public required string NameNeeded { get; init; }
    public required string State { get; init; }
    public required string Mode { get; init; }
    public required string ModeNeeded { get; init; }
    public required string Test { get; init; }
    public required string Live { get; init; }
    public required string TestMeans { get; init; }
    public required string LiveMeans { get; init; }
    public required string Scopes { get; init; }
    public required string ScopesNeeded { get; init; }
    public required string LinksRead { get; init; }
    public required string LinksWrite { get; init; }
    public required string RefundsWrite { get; init; }
    public required string EventsRead { get; init; }
    public required string WebhooksWrite { get; init; }
    public required string Created { get; init; }
    public required string LastUsed { get; init; }
    public required Func<string, string> UsedAt { get; init; }
    public required string NeverUsed { get; init; }
    public required string Revoked { get; init; }
    public required Func<string, string> RevokedAt { get; init; }
    public required string Add { get; init; }
    public required Func<int, string> TooMany { get; init; }
    public required string New { get; init; }
    public required string Once { get; init; }
    public required string KeepIt { get; init; }
    public required string Revoke { get; init; }
    public required Func<string, string> RevokeOf { get; init; }
    public required string RevokeTitle { get; init; }
    public required string RevokeMeans { get; init; }
    public required string Keep { get; init; }
    public required string RevokedNow { get; init; }

    public string ModeName(string mode) => mode == "live" ? Live : Test;

    public string ScopeName(string scope) => scope switch
    {
        V1.Scopes.LinksRead => LinksRead,
        V1.Scopes.LinksWrite => LinksWrite,
        V1.Scopes.RefundsWrite => RefundsWrite,
        V1.Scopes.EventsRead => EventsRead,
        V1.Scopes.WebhooksWrite => WebhooksWrite,
        _ => scope,
    };
}
