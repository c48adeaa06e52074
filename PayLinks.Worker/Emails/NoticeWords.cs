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
        AskedSubject = (amount, what) => $"Il cliente chiede un nuovo link: {amount}, {what}",
        Asked = amount => $"Il link per {amount} è scaduto senza essere pagato, e il cliente ne chiede un altro.",
        AskedNext = "Aprilo nella console e premi Riapri: lo stesso indirizzo torna a valere, e il cliente può pagare.",
        DeclinedSubject = (amount, what) => $"Richiesta non riconosciuta: {amount}, {what}",
        Declined = amount => $"Chi ha ricevuto il link per {amount} dice di non riconoscere la richiesta.",
        DeclinedNext = "Il link vale ancora. Controlla il recapito: se era sbagliato, annulla il link nella console; "
            + "se era giusto, chiama il cliente.",
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
        AskedSubject = (amount, what) => $"The customer asks for a new link: {amount}, {what}",
        Asked = amount => $"The link for {amount} expired unpaid, and the customer asks for another.",
        AskedNext = "Open it in the console and press Reopen: the same address works again, and the customer can pay.",
        DeclinedSubject = (amount, what) => $"Request not recognised: {amount}, {what}",
        Declined = amount => $"Whoever got the link for {amount} says that they do not recognise the request.",
        DeclinedNext = "The link still works. Check the address: if it was wrong, cancel the link in the console; if "
            + "it was right, call the customer.",
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

    /// <summary>Amount, reference or purpose.</summary>
    public required Func<string, string, string> AskedSubject { get; init; }

    public required Func<string, string> Asked { get; init; }

    public required string AskedNext { get; init; }

    /// <summary>Amount, reference or purpose.</summary>
    public required Func<string, string, string> DeclinedSubject { get; init; }

    public required Func<string, string> Declined { get; init; }

    public required string DeclinedNext { get; init; }

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
