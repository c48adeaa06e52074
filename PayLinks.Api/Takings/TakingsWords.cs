using PayLinks.Api.Links;

namespace PayLinks.Api.Takings;

/// <summary>The page of takings.</summary>
public sealed record TakingsWords
{
    public static TakingsWords Italian { get; } = new()
    {
        Title = "Incassi",
        Create = "Crea un pagamento",
        Today = "Incassato oggi",
        Week = "Ultimi 7 giorni",
        Month = "Ultimi 30 giorni",
        Gross = "Incassato",
        Payments = count => count == 1 ? "1 pagamento" : $"{count} pagamenti",
        Fees = "Commissioni",
        NotKnown = "non note",
        Refunds = "Rimborsi",
        Disputes = "Contestazioni",
        Net = "Netto prima delle commissioni",
        Waiting = "In attesa",
        Unpaid = "Scaduti, da sollecitare",
        NotAvailable = "Dato non disponibile.",
        TryAgain = "Riprova",
        ByDay = (from, to) => $"Incassato dal {from} al {to}",
        ChartMeans = currency => $"Incassato per giorno in {currency}; gli stessi numeri sono nella tabella",
        ShowTable = "Mostra tabella",
        Table = "Incassi per giorno",
        Day = "Giorno",
        Total = "Totale",
        Empty = "Nessun incasso in questo periodo.",
        Period = "Periodo",
        PeriodProblem = "Scegli un primo e un ultimo giorno, nell’ordine, al massimo 366 giorni in tutto.",
        Show = "Mostra",
        Download = "Scarica CSV",
        Attention = "Da guardare",
        NothingToLookAt = "Niente da guardare: tutto procede.",
        How = "Come si calcola",
        HowText = zone =>
            "Un pagamento conta nel giorno in cui è stato pagato, un rimborso nel giorno in cui è stato eseguito, una "
            + $"contestazione nel giorno in cui la banca ha ripreso il denaro. I giorni sono quelli di {zone}. Un "
            + "secondo pagamento dello stesso link torna indietro da solo e non conta. Le commissioni di Mollie non "
            + "sono note per singolo pagamento: il netto è prima di quelle.",
        Undelivered = "Messaggio non arrivato",
        Unpaid7Days = "Scaduti negli ultimi 7 giorni",
        Refused = "Rifiutati due volte o più",
        RefundFailed = "Rimborso non riuscito",
        Disputed = "Contestati",
        UndeliveredAdvice = "Correggi il recapito, o usa l’altro canale.",
        UnpaidAdvice = "Senti il cliente: se vuole ancora pagare, prolunga il link.",
        RefusedAdvice = "Il link vale ancora: proponi un’altra carta.",
        RefundFailedAdvice = "Il cliente non ha riavuto il denaro: rimborsa di nuovo, o in altro modo.",
        DisputedAdvice = "La banca del cliente ha ripreso il denaro: rispondi da Mollie.",
    };

    public static TakingsWords English { get; } = new()
    {
        Title = "Takings",
        Create = "Make a payment link",
        Today = "Taken today",
        Week = "Last 7 days",
        Month = "Last 30 days",
        Gross = "Taken",
        Payments = count => count == 1 ? "1 payment" : $"{count} payments",
        Fees = "Fees",
        NotKnown = "not known",
        Refunds = "Refunds",
        Disputes = "Disputes",
        Net = "Net before fees",
        Waiting = "Waiting",
        Unpaid = "Expired, to be chased",
        NotAvailable = "Not available.",
        TryAgain = "Try again",
        ByDay = (from, to) => $"Taken from {from} to {to}",
        ChartMeans = currency => $"Taken per day in {currency}; the same numbers are in the table",
        ShowTable = "Show as table",
        Table = "Takings by day",
        Day = "Day",
        Total = "Total",
        Empty = "No takings in this period.",
        Period = "Period",
        PeriodProblem = "Choose a first and a last day, in that order, 366 days in all at most.",
        Show = "Show",
        Download = "Download CSV",
        Attention = "Needs attention",
        NothingToLookAt = "Nothing needs attention: all is well.",
        How = "How these numbers are calculated",
        HowText = zone =>
            "A payment counts on the day it was paid, a refund on the day it was carried out, a dispute on the day the "
            + $"bank took the money back. Days are those of {zone}. A second payment of the same link goes back by "
            + "itself and does not count. Mollie’s fees are not known for a single payment: net is before them.",
        Undelivered = "Message not delivered",
        Unpaid7Days = "Expired in the last 7 days",
        Refused = "Refused twice or more",
        RefundFailed = "Refund failed",
        Disputed = "Disputed",
        UndeliveredAdvice = "Correct the address, or use the other channel.",
        UnpaidAdvice = "Ask the customer: if they still want to pay, extend the link.",
        RefusedAdvice = "The link still works: offer another card.",
        RefundFailedAdvice = "The customer has not got the money back: refund again, or in another way.",
        DisputedAdvice = "The customer’s bank took the money back: answer at Mollie.",
    };

    public required string Title { get; init; }

    public required string Create { get; init; }

    public required string Today { get; init; }

    public required string Week { get; init; }

    public required string Month { get; init; }

    public required string Gross { get; init; }

    public required Func<long, string> Payments { get; init; }

    public required string Fees { get; init; }

    public required string NotKnown { get; init; }

    public required string Refunds { get; init; }

    public required string Disputes { get; init; }

    public required string Net { get; init; }

    public required string Waiting { get; init; }

    public required string Unpaid { get; init; }

    public required string NotAvailable { get; init; }

    public required string TryAgain { get; init; }

    /// <summary>Takes the first and the last day.</summary>
    public required Func<string, string, string> ByDay { get; init; }

    /// <summary>Takes a currency.</summary>
    public required Func<string, string> ChartMeans { get; init; }

    public required string ShowTable { get; init; }

    public required string Table { get; init; }

    public required string Day { get; init; }

    public required string Total { get; init; }

    public required string Empty { get; init; }

    public required string Period { get; init; }

    public required string PeriodProblem { get; init; }

    public required string Show { get; init; }

    public required string Download { get; init; }

    public required string Attention { get; init; }

    public required string NothingToLookAt { get; init; }

    public required string How { get; init; }

    /// <summary>Takes a time zone.</summary>
    public required Func<string, string> HowText { get; init; }

    public required string Undelivered { get; init; }

    public required string Unpaid7Days { get; init; }

    public required string Refused { get; init; }

    public required string RefundFailed { get; init; }

    public required string Disputed { get; init; }

    public required string UndeliveredAdvice { get; init; }

    public required string UnpaidAdvice { get; init; }

    public required string RefusedAdvice { get; init; }

    public required string RefundFailedAdvice { get; init; }

    public required string DisputedAdvice { get; init; }

    public string Of(LinkAttention attention) => attention switch
    {
        LinkAttention.Undelivered => Undelivered,
        LinkAttention.Unpaid => Unpaid7Days,
        LinkAttention.Refused => Refused,
        LinkAttention.RefundFailed => RefundFailed,
        LinkAttention.Disputed => Disputed,
    };

    /// <summary>What to do about it.</summary>
    public string Advice(LinkAttention attention) => attention switch
    {
        LinkAttention.Undelivered => UndeliveredAdvice,
        LinkAttention.Unpaid => UnpaidAdvice,
        LinkAttention.Refused => RefusedAdvice,
        LinkAttention.RefundFailed => RefundFailedAdvice,
        LinkAttention.Disputed => DisputedAdvice,
    };
}
