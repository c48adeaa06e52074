namespace PayLinks.Worker.Emails;

/// <summary>
/// What merchants are told by email, in the languages that merchants speak. Amounts come in as finished text.
/// </summary>
internal sealed record NoticeWords
{
    public static NoticeWords Italian { get; } = new()
    {
        Subject = (amount, what) => $"Pagato: {amount}, {what}",
        Lead = amount => $"È arrivato il pagamento di {amount}.",
        PaidLate = "Il pagamento è arrivato quando il link era già chiuso: controlla se va bene lo stesso.",
        RefundSubject = amount => $"Rimborso: {amount}",
        RefundFailed = amount => $"Il rimborso di {amount} non è riuscito. Il denaro è ancora tuo da restituire.",
        SurplusRefunded = amount =>
            $"Il cliente aveva pagato due volte: il secondo pagamento di {amount} viene restituito da solo.",
        LateRefunded = amount =>
            $"Sono arrivati {amount} quando la richiesta era già chiusa: vengono restituiti da soli.",
        DisputeSubject = amount => $"Contestazione: {amount}",
        DisputeReceived = amount => $"La banca del cliente ha ripreso {amount}: il cliente contesta il pagamento.",
        DisputeReversed = amount => $"La contestazione è finita a tuo favore: {amount} tornano a te.",
        BudgetSubject = share => $"SMS di oggi: usati al {share} %",
        BudgetLead = share => $"Oggi è già partito il {share} % degli SMS previsti per un giorno.",
        BudgetMeans = "Quando finiscono, i nuovi SMS vengono rifiutati fino a domani; le email continuano. Se il "
            + "traffico è tuo, alza il limite; se non lo riconosci, revoca la chiave API che lo crea.",
        TextsUsed = "Segmenti usati",
        ShowSettings = "Apri le impostazioni",
        ShowLink = "Apri nella console",
        Customer = "Cliente",
    };

    public static NoticeWords English { get; } = new()
    {
        Subject = (amount, what) => $"Paid: {amount}, {what}",
        Lead = amount => $"The payment of {amount} has arrived.",
        PaidLate = "The payment arrived when the link was already closed: check whether that is fine.",
        RefundSubject = amount => $"Refund: {amount}",
        RefundFailed = amount => $"The refund of {amount} did not succeed. The money is still yours to give back.",
        SurplusRefunded = amount =>
            $"The customer had paid twice: the second payment of {amount} is being given back by itself.",
        LateRefunded = amount =>
            $"{amount} arrived when the request was already closed: it is being given back by itself.",
        DisputeSubject = amount => $"Dispute: {amount}",
        DisputeReceived = amount => $"The customer’s bank took {amount} back: the customer disputes the payment.",
        DisputeReversed = amount => $"The dispute ended in your favour: {amount} comes back to you.",
        BudgetSubject = share => $"Today’s texts: {share}% used",
        BudgetLead = share => $"{share}% of the texts planned for a day have left today already.",
        BudgetMeans = "When they are used up, new texts are refused until tomorrow; emails go on. If this traffic is "
            + "yours, raise the limit; if you do not recognise it, revoke the API key that makes it.",
        TextsUsed = "Segments used",
        ShowSettings = "Open the settings",
        ShowLink = "Open in the console",
        Customer = "Customer",
    };

    /// <summary>Amount, reference or purpose.</summary>
    public required Func<string, string, string> Subject { get; init; }

    public required Func<string, string> Lead { get; init; }

    public required string PaidLate { get; init; }

    public required Func<string, string> RefundSubject { get; init; }

    public required Func<string, string> RefundFailed { get; init; }

    public required Func<string, string> SurplusRefunded { get; init; }

    public required Func<string, string> LateRefunded { get; init; }

    public required Func<string, string> DisputeSubject { get; init; }

    public required Func<string, string> DisputeReceived { get; init; }

    public required Func<string, string> DisputeReversed { get; init; }

    /// <summary>Takes the share in per cent.</summary>
    public required Func<string, string> BudgetSubject { get; init; }

    /// <summary>Takes the share in per cent.</summary>
    public required Func<string, string> BudgetLead { get; init; }

    public required string BudgetMeans { get; init; }

    public required string TextsUsed { get; init; }

    public required string ShowSettings { get; init; }

    public required string ShowLink { get; init; }

    public required string Customer { get; init; }

    /// <param name="language">The merchant's: <c>it</c> or <c>en</c>.</param>
    public static NoticeWords For(string language) =>
        language.StartsWith("it", StringComparison.OrdinalIgnoreCase) ? Italian : English;
}
