using System.Globalization;

namespace PayLinks.Worker.Emails;

/// <summary>The words of emails. Names, amounts and times come in as finished text.</summary>
public sealed record EmailWords
{
    public required CultureInfo Culture { get; init; }

    public required string Language { get; init; }

    public required string TestMode { get; init; }

    /// <summary>Merchant, amount.</summary>
    public required Func<string, string, string> LinkSubject { get; init; }

    public required Func<string, string> LinkGreeting { get; init; }

    /// <summary>Merchant, amount.</summary>
    public required Func<string, string, string> LinkLead { get; init; }

    public required Func<string, string> PayButton { get; init; }

    public required string OrCopy { get; init; }

    public required string NotExpected { get; init; }

    public required Func<string, string, string> ReceiptSubject { get; init; }

    public required Func<string, string, string> ReceiptLead { get; init; }

    public required string ShowReceipt { get; init; }

    public required string NotAnInvoice { get; init; }

    /// <summary>Amount, reference or purpose.</summary>
    public required Func<string, string, string> NoticeSubject { get; init; }

    public required Func<string, string> NoticeLead { get; init; }

    public required string PaidLate { get; init; }

    /// <summary>Merchant, amount.</summary>
    public required Func<string, string, string> RefundSubject { get; init; }

    /// <summary>Merchant, amount.</summary>
    public required Func<string, string, string> RefundLead { get; init; }

    public required string RefundTakes { get; init; }

    public required Func<string, string> RefundNoticeSubject { get; init; }

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

    public required string Merchant { get; init; }

    public required string VatNumber { get; init; }

    public required string Amount { get; init; }

    public required string Purpose { get; init; }

    public required string Reference { get; init; }

    public required string Reason { get; init; }

    public required string Customer { get; init; }

    public required string Expires { get; init; }

    public required string PaidAt { get; init; }

    public required string PaidBy { get; init; }

    public required Func<string, string> Questions { get; init; }

    /// <summary>The words of the link to where a customer asks to be left alone.</summary>
    public required string StopWriting { get; init; }

    public static EmailWords Italian { get; } = new()
    {
        Culture = CultureInfo.GetCultureInfo("it-IT"),
        Language = "it",
        TestMode = "MODALITÀ TEST: non si muove denaro vero.",
        LinkSubject = (merchant, amount) => $"{merchant}: richiesta di pagamento di {amount}",
        LinkGreeting = name => name.Length == 0 ? "Buongiorno," : $"Buongiorno {name},",
        LinkLead = (merchant, amount) => $"{merchant} ti chiede il pagamento di {amount}.",
        PayButton = amount => $"Vai al pagamento di {amount}",
        OrCopy = "Oppure copia questo indirizzo nel browser:",
        NotExpected = "Non aspettavi questa richiesta? Non pagare e contatta il mittente a un recapito che già "
            + "conosci. Nessuno ti chiederà i dati della carta per email o per telefono.",
        ReceiptSubject = (merchant, amount) => $"{merchant}: ricevuti {amount}",
        ReceiptLead = (merchant, amount) => $"{merchant} ha ricevuto il tuo pagamento di {amount}. Grazie!",
        ShowReceipt = "Mostra la ricevuta",
        NotAnInvoice = "Questa è la conferma del pagamento. Non è una fattura.",
        NoticeSubject = (amount, what) => $"Pagato: {amount}, {what}",
        NoticeLead = amount => $"È arrivato il pagamento di {amount}.",
        PaidLate = "Il pagamento è arrivato quando il link era già chiuso: controlla se va bene lo stesso.",
        RefundSubject = (merchant, amount) => $"{merchant}: rimborso di {amount}",
        RefundLead = (merchant, amount) => $"{merchant} ti ha rimborsato {amount}.",
        RefundTakes = "L’accredito torna sulla carta o sul conto con cui hai pagato, di solito entro pochi giorni "
            + "lavorativi.",
        RefundNoticeSubject = amount => $"Rimborso: {amount}",
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
        Merchant = "A favore di",
        VatNumber = "Partita IVA",
        Amount = "Importo",
        Purpose = "Per",
        Reference = "Riferimento",
        Reason = "Motivo",
        Customer = "Cliente",
        Expires = "Scade",
        PaidAt = "Pagato il",
        PaidBy = "Pagato con",
        Questions = phone => $"Domande? {phone}",
        StopWriting = "Non scrivermi più",
    };

    public static EmailWords English { get; } = new()
    {
        Culture = CultureInfo.GetCultureInfo("en-GB"),
        Language = "en",
        TestMode = "TEST MODE: no real money moves.",
        LinkSubject = (merchant, amount) => $"{merchant}: payment request for {amount}",
        LinkGreeting = name => name.Length == 0 ? "Hello," : $"Hello {name},",
        LinkLead = (merchant, amount) => $"{merchant} asks you to pay {amount}.",
        PayButton = amount => $"Go to the payment of {amount}",
        OrCopy = "Or copy this address into your browser:",
        NotExpected = "Not expecting this request? Do not pay, and contact the sender in a way that you already know. "
            + "Nobody will ask for your card details by email or phone.",
        ReceiptSubject = (merchant, amount) => $"{merchant}: we received {amount}",
        ReceiptLead = (merchant, amount) => $"{merchant} has received your payment of {amount}. Thank you!",
        ShowReceipt = "Show the receipt",
        NotAnInvoice = "This confirms your payment. It is not an invoice.",
        NoticeSubject = (amount, what) => $"Paid: {amount}, {what}",
        NoticeLead = amount => $"The payment of {amount} has arrived.",
        PaidLate = "The payment arrived when the link was already closed: check whether that is fine.",
        RefundSubject = (merchant, amount) => $"{merchant}: refund of {amount}",
        RefundLead = (merchant, amount) => $"{merchant} has refunded {amount} to you.",
        RefundTakes = "The money goes back to the card or account you paid with, usually within a few working days.",
        RefundNoticeSubject = amount => $"Refund: {amount}",
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
        Merchant = "To",
        VatNumber = "VAT number",
        Amount = "Amount",
        Purpose = "For",
        Reference = "Reference",
        Reason = "Reason",
        Customer = "Customer",
        Expires = "Expires",
        PaidAt = "Paid on",
        PaidBy = "Paid with",
        Questions = phone => $"Questions? {phone}",
        StopWriting = "Do not write to me again",
    };

    /// <param name="locale">A BCP 47 tag; Italian for Italian, English for everybody else.</param>
    public static EmailWords For(string locale) =>
        locale.StartsWith("it", StringComparison.OrdinalIgnoreCase) ? Italian : English;
}
