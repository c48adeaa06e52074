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

    public required string ShowLink { get; init; }

    public required string Merchant { get; init; }

    public required string VatNumber { get; init; }

    public required string Amount { get; init; }

    public required string Purpose { get; init; }

    public required string Reference { get; init; }

    public required string Customer { get; init; }

    public required string Expires { get; init; }

    public required string PaidAt { get; init; }

    public required string PaidBy { get; init; }

    public required Func<string, string> Questions { get; init; }

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
        ShowLink = "Apri nella console",
        Merchant = "A favore di",
        VatNumber = "Partita IVA",
        Amount = "Importo",
        Purpose = "Per",
        Reference = "Riferimento",
        Customer = "Cliente",
        Expires = "Scade",
        PaidAt = "Pagato il",
        PaidBy = "Pagato con",
        Questions = phone => $"Domande? {phone}",
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
        ShowLink = "Open in the console",
        Merchant = "To",
        VatNumber = "VAT number",
        Amount = "Amount",
        Purpose = "For",
        Reference = "Reference",
        Customer = "Customer",
        Expires = "Expires",
        PaidAt = "Paid on",
        PaidBy = "Paid with",
        Questions = phone => $"Questions? {phone}",
    };

    /// <param name="locale">A BCP 47 tag; Italian for Italian, English for everybody else.</param>
    public static EmailWords For(string locale) =>
        locale.StartsWith("it", StringComparison.OrdinalIgnoreCase) ? Italian : English;
}
