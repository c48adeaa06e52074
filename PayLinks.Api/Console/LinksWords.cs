using PayLinks.Api.Links;

namespace PayLinks.Api.Console;

/// <summary>The list of links.</summary>
public sealed record LinksWords
{
    public static LinksWords Italian { get; } = new()
    {
        Title = "Pagamenti",
        New = "Nuovo pagamento",
        Filter = "Cerca e filtra",
        Status = "Stato",
        AnyStatus = "Tutti",
        Search = "Cerca",
        SearchHint = "Riferimento, nome, ultime cifre del telefono o ultime quattro della carta.",
        Attention = "Da guardare",
        Channel = "Inviato per",
        AnyChannel = "Tutti",
        Sms = "SMS",
        SentByEmail = "email",
        NotSent = "non inviato",
        AnyMaker = "Tutti",
        Programs = "API",
        By = "Giorno",
        ByCreated = "della creazione",
        ByPaid = "del pagamento",
        ByRefunded = "del rimborso",
        ByDisputed = "della contestazione",
        From = "Dal",
        To = "al",
        Apply = "Cerca",
        Clear = "Togli i filtri",
        Amount = "Importo",
        What = "Per cosa",
        Customer = "Cliente",
        Created = "Creato",
        Download = "Scarica CSV",
        Id = "Identificativo",
        Currency = "Valuta",
        Refunded = "Rimborsato",
        Reference = "Riferimento",
        Phone = "Telefono",
        Email = "Email",
        CreatedBy = "Creato da",
        Expires = "Scadenza",
        Paid = "Pagato il",
        Card = "Carta",
        InAll = "In tutto:",
        Newer = "Più recenti",
        Older = "Meno recenti",
        Pages = "Pagine dell’elenco",
        Empty = "Ancora nessun pagamento.",
        EmptyHint = "Crea il primo: bastano importo, motivo e un recapito.",
        NothingFound = "Nessun pagamento corrisponde.",
        NothingFoundHint = "Prova con meno filtri, o con l’inizio del riferimento.",
        Problem = "Controlla i filtri: una data non si legge, o il periodo finisce prima di iniziare.",
    };

    public static LinksWords English { get; } = new()
    {
        Title = "Payments",
        New = "New payment",
        Filter = "Search and filter",
        Status = "Status",
        AnyStatus = "All",
        Search = "Search",
        SearchHint = "Reference, name, last digits of the phone, or last four of the card.",
        Attention = "Needs attention",
        Channel = "Sent by",
        AnyChannel = "All",
        Sms = "text",
        SentByEmail = "email",
        NotSent = "not sent",
        AnyMaker = "Everybody",
        Programs = "API",
        By = "Day",
        ByCreated = "of creation",
        ByPaid = "of payment",
        ByRefunded = "of refund",
        ByDisputed = "of dispute",
        From = "From",
        To = "to",
        Apply = "Search",
        Clear = "Clear filters",
        Amount = "Amount",
        What = "What for",
        Customer = "Customer",
        Created = "Created",
        Download = "Download CSV",
        Id = "Id",
        Currency = "Currency",
        Refunded = "Refunded",
        Reference = "Reference",
        Phone = "Phone",
        Email = "Email",
        CreatedBy = "Created by",
        Expires = "Expires",
        Paid = "Paid on",
        Card = "Card",
        InAll = "In all:",
        Newer = "Newer",
        Older = "Older",
        Pages = "Pages of the list",
        Empty = "No payments yet.",
        EmptyHint = "Make the first: an amount, what for and an address will do.",
        NothingFound = "No payment matches.",
        NothingFoundHint = "Try fewer filters, or the beginning of the reference.",
        Problem = "Check the filters: a date cannot be read, or the period ends before it begins.",
    };

    public required string Title { get; init; }

    public required string New { get; init; }

    public required string Filter { get; init; }

    public required string Status { get; init; }

    public required string AnyStatus { get; init; }

    public required string Search { get; init; }

    public required string SearchHint { get; init; }

    public required string Attention { get; init; }

    /// <summary>How the link went to the customer.</summary>
    public required string Channel { get; init; }

    public required string AnyChannel { get; init; }

    public required string Sms { get; init; }

    public required string SentByEmail { get; init; }

    public required string NotSent { get; init; }

    public required string AnyMaker { get; init; }

    /// <summary>Everybody who calls with an API key.</summary>
    public required string Programs { get; init; }

    /// <summary>Which day of a link the period is about.</summary>
    public required string By { get; init; }

    public required string ByCreated { get; init; }

    public required string ByPaid { get; init; }

    public required string ByRefunded { get; init; }

    public required string ByDisputed { get; init; }

    public required string From { get; init; }

    public required string To { get; init; }

    public required string Apply { get; init; }

    public required string Clear { get; init; }

    public required string Amount { get; init; }

    public required string What { get; init; }

    public required string Customer { get; init; }

    public required string Created { get; init; }

    public required string Download { get; init; }

    public required string Id { get; init; }

    public required string Currency { get; init; }

    public required string Refunded { get; init; }

    public required string Reference { get; init; }

    public required string Phone { get; init; }

    public required string Email { get; init; }

    public required string CreatedBy { get; init; }

    public required string Expires { get; init; }

    public required string Paid { get; init; }

    public required string Card { get; init; }

    /// <summary>Before what was paid, refunded or disputed in the period.</summary>
    public required string InAll { get; init; }

    public required string Newer { get; init; }

    public required string Older { get; init; }

    public required string Pages { get; init; }

    public required string Empty { get; init; }

    public required string EmptyHint { get; init; }

    public required string NothingFound { get; init; }

    public required string NothingFoundHint { get; init; }

    public required string Problem { get; init; }

    public string Of(SentBy sent) => sent switch
    {
        SentBy.Sms => Sms,
        SentBy.Email => SentByEmail,
        SentBy.None => NotSent,
    };

    public string Of(MoneyMove move) => move switch
    {
        MoneyMove.Paid => ByPaid,
        MoneyMove.Refunded => ByRefunded,
        MoneyMove.Disputed => ByDisputed,
    };
}
