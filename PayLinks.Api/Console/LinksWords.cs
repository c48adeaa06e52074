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
        SearchHint = "Riferimento, nome o ultime cifre del telefono.",
        From = "Creati dal",
        To = "al",
        Apply = "Cerca",
        Clear = "Togli i filtri",
        Amount = "Importo",
        What = "Per cosa",
        Customer = "Cliente",
        Created = "Creato",
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
        SearchHint = "Reference, name or last digits of the phone.",
        From = "Created from",
        To = "to",
        Apply = "Search",
        Clear = "Clear filters",
        Amount = "Amount",
        What = "What for",
        Customer = "Customer",
        Created = "Created",
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

    public required string From { get; init; }

    public required string To { get; init; }

    public required string Apply { get; init; }

    public required string Clear { get; init; }

    public required string Amount { get; init; }

    public required string What { get; init; }

    public required string Customer { get; init; }

    public required string Created { get; init; }

    public required string Newer { get; init; }

    public required string Older { get; init; }

    public required string Pages { get; init; }

    public required string Empty { get; init; }

    public required string EmptyHint { get; init; }

    public required string NothingFound { get; init; }

    public required string NothingFoundHint { get; init; }

    public required string Problem { get; init; }
}
