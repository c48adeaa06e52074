namespace PayLinks.Api.Settings;

/// <summary>The page where a merchant says what becomes of money that arrives after its link was closed.</summary>
public sealed record LateMoneyWords
{
    public static LateMoneyWords Italian { get; } = new()
    {
        Title = "Pagamenti in ritardo",
        Means = "Un pagamento iniziato in tempo può arrivare quando il link è già chiuso. "
            + "Qui scegli che cosa succede al denaro.",
        AfterExpiry = "Se il link era scaduto",
        AfterExpiryHint = "Di solito si tiene: il cliente voleva pagare.",
        AfterExpiryNeeded = "Scegli che cosa succede se il link era scaduto.",
        AfterCancel = "Se il link era annullato",
        AfterCancelHint = "Di solito si rimborsa: avevi ritirato la richiesta.",
        AfterCancelNeeded = "Scegli che cosa succede se il link era annullato.",
        Keep = "Tieni il denaro",
        KeepMeans = "Il link risulta pagato, in ritardo. Il cliente riceve la ricevuta; "
            + "tu ricevi un’email e controlli se va bene lo stesso.",
        Refund = "Rimborsa tutto subito",
        RefundMeans = "Il link risulta pagato, in ritardo, e l’intero importo torna al cliente. "
            + "Lo diciamo a tutti e due.",
        Twice = "Chi paga due volte lo stesso link riceve sempre indietro il secondo pagamento.",
        Save = "Salva",
        Saved = "Salvato. Vale per i pagamenti che arrivano da adesso.",
    };

    public static LateMoneyWords English { get; } = new()
    {
        Title = "Late payments",
        Means = "A payment that was begun in time may arrive when the link is already closed. "
            + "Here you choose what happens to the money.",
        AfterExpiry = "If the link had expired",
        AfterExpiryHint = "Usually kept: the customer meant to pay.",
        AfterExpiryNeeded = "Choose what happens if the link had expired.",
        AfterCancel = "If the link had been cancelled",
        AfterCancelHint = "Usually refunded: you had withdrawn the request.",
        AfterCancelNeeded = "Choose what happens if the link had been cancelled.",
        Keep = "Keep the money",
        KeepMeans = "The link counts as paid, late. The customer gets the receipt; "
            + "you get an email and check whether that is fine.",
        Refund = "Refund all of it at once",
        RefundMeans = "The link counts as paid, late, and the whole amount goes back to the customer. "
            + "We tell you both.",
        Twice = "Whoever pays the same link twice always gets the second payment back.",
        Save = "Save",
        Saved = "Saved. It holds for payments that arrive from now on.",
    };

    public required string Title { get; init; }
    public required string Means { get; init; }
    public required string AfterExpiry { get; init; }
    public required string AfterExpiryHint { get; init; }
    public required string AfterExpiryNeeded { get; init; }
    public required string AfterCancel { get; init; }
    public required string AfterCancelHint { get; init; }
    public required string AfterCancelNeeded { get; init; }
    public required string Keep { get; init; }
    public required string KeepMeans { get; init; }
    public required string Refund { get; init; }
    public required string RefundMeans { get; init; }

    /// <summary>What no setting changes.</summary>
    public required string Twice { get; init; }
    public required string Save { get; init; }
    public required string Saved { get; init; }
}
