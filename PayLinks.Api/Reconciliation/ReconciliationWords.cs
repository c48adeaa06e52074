using PayLinks.Core.Reconciliation;

namespace PayLinks.Api.Reconciliation;

/// <summary>The comparisons of Mollie's books with ours, as owners and managers read them.</summary>
public sealed record ReconciliationWords
{
    public static ReconciliationWords Italian { get; } = new()
    {
        Title = "Riconciliazione",
        What = "Ogni notte confrontiamo i libri di Mollie con i nostri, in entrambe le direzioni.",
        RunNow = "Confronta ora",
        Requested = "Il confronto è richiesto. Ricarica la pagina tra poco.",
        NoAccount = "Non c’è ancora un conto Mollie da confrontare.",
        ComparedUntil = "Confrontato fino al",
        Never = "mai",
        Next = "Prossimo confronto",
        Running = "in corso",
        Begun = "Inizio",
        Period = "Periodo",
        Compared = "Righe di Mollie",
        Counts = (payments, refunds, disputes) =>
            $"pagamenti {payments}, rimborsi {refunds}, contestazioni {disputes}",
        Matched = "Uguali",
        Late = "Trovati tardi",
        Unknown = "Solo da Mollie",
        Missing = "Solo qui",
        Differing = "Diversi",
        Agree = "Tutto coincide",
        Differ = count => count == 1 ? "1 differenza" : $"{count} differenze",
        Interrupted = "Interrotto: riproviamo da soli",
        New = "nuova",
        Link = "Link",
        Here = "Qui",
        There = "Da Mollie",
        Nothing = "niente",
        Refunded = "rimborsato",
        Disputed = "contestato",
        Payment = "Pagamento",
        Refund = "Rimborso",
        Dispute = "Contestazione",
        More = count => $"E altre {count}.",
        LateMeans = "Nessun avviso di Mollie era arrivato. L’abbiamo chiesto ora e registrato per la via normale.",
        UnknownMeans = "Mollie lo ha, noi no. Forse un altro programma usa la stessa chiave: cercalo da Mollie.",
        MissingMeans = "Noi lo abbiamo, Mollie no. Controlla che la chiave sia quella giusta e chiedi a Mollie.",
        StatusKind = "Stato diverso",
        StatusMeans = "Per una parte il denaro si è mosso, per l’altra no. Non consegnare prima di aver controllato.",
        AmountKind = "Importo diverso",
        AmountMeans = "Importo o valuta non coincidono. Vale quello che dice Mollie: controlla prima di consegnare.",
        RefundedKind = "Rimborsi diversi",
        RefundedMeans = "La somma restituita non coincide. Confronta i rimborsi di questo pagamento da Mollie.",
        DisputedKind = "Contestazioni diverse",
        DisputedMeans = "La somma contestata non coincide. Confronta le contestazioni di questo pagamento da Mollie.",
    };

    public static ReconciliationWords English { get; } = new()
    {
        Title = "Reconciliation",
        What = "Every night we compare Mollie’s books with ours, in both directions.",
        RunNow = "Compare now",
        Requested = "The comparison is requested. Reload this page in a moment.",
        NoAccount = "There is no account at Mollie to compare yet.",
        ComparedUntil = "Compared until",
        Never = "never",
        Next = "Next comparison",
        Running = "under way",
        Begun = "Begun",
        Period = "Period",
        Compared = "Mollie’s lines",
        Counts = (payments, refunds, disputes) => $"payments {payments}, refunds {refunds}, disputes {disputes}",
        Matched = "Equal",
        Late = "Found late",
        Unknown = "Only at Mollie",
        Missing = "Only here",
        Differing = "Different",
        Agree = "Everything agrees",
        Differ = count => count == 1 ? "1 difference" : $"{count} differences",
        Interrupted = "Interrupted: it is tried again by itself",
        New = "new",
        Link = "Link",
        Here = "Here",
        There = "At Mollie",
        Nothing = "nothing",
        Refunded = "refunded",
        Disputed = "disputed",
        Payment = "Payment",
        Refund = "Refund",
        Dispute = "Dispute",
        More = count => $"And {count} more.",
        LateMeans = "No word of Mollie’s had arrived. We have asked now and recorded it in the usual way.",
        UnknownMeans = "Mollie has it, we do not. Another program may use the same key: look it up at Mollie.",
        MissingMeans = "We have it, Mollie does not. Check that the key is the right one, and ask Mollie.",
        StatusKind = "Different status",
        StatusMeans = "One side says that money moved, the other that it did not. Check before you ship.",
        AmountKind = "Different amount",
        AmountMeans = "Amount or currency differ. What Mollie says counts: check before you ship.",
        RefundedKind = "Different refunds",
        RefundedMeans = "The sum given back differs. Compare the refunds of this payment at Mollie.",
        DisputedKind = "Different disputes",
        DisputedMeans = "The sum in dispute differs. Compare the disputes of this payment at Mollie.",
    };

    public required string Title { get; init; }

    public required string What { get; init; }

    public required string RunNow { get; init; }

    public required string Requested { get; init; }

    public required string NoAccount { get; init; }

    public required string ComparedUntil { get; init; }

    public required string Never { get; init; }

    public required string Next { get; init; }

    public required string Running { get; init; }

    public required string Begun { get; init; }

    public required string Period { get; init; }

    public required string Compared { get; init; }

    public required Func<int, int, int, string> Counts { get; init; }

    public required string Matched { get; init; }

    public required string Late { get; init; }

    public required string Unknown { get; init; }

    public required string Missing { get; init; }

    public required string Differing { get; init; }

    public required string Agree { get; init; }

    public required Func<int, string> Differ { get; init; }

    public required string Interrupted { get; init; }

    public required string New { get; init; }

    public required string Link { get; init; }

    public required string Here { get; init; }

    public required string There { get; init; }

    public required string Nothing { get; init; }

    public required string Refunded { get; init; }

    public required string Disputed { get; init; }

    public required string Payment { get; init; }

    public required string Refund { get; init; }

    public required string Dispute { get; init; }

    public required Func<int, string> More { get; init; }

    public required string LateMeans { get; init; }

    public required string UnknownMeans { get; init; }

    public required string MissingMeans { get; init; }

    public required string StatusKind { get; init; }

    public required string StatusMeans { get; init; }

    public required string AmountKind { get; init; }

    public required string AmountMeans { get; init; }

    public required string RefundedKind { get; init; }

    public required string RefundedMeans { get; init; }

    public required string DisputedKind { get; init; }

    public required string DisputedMeans { get; init; }

    public string Of(Report report) =>
        report.FinishedAt is null ? report.Interruption is null ? Running : Interrupted
        : report.Differences == 0 ? Agree
        : Differ(report.Differences);

    public string Of(BookSubject about) => about switch
    {
        BookSubject.Payment => Payment,
        BookSubject.Refund => Refund,
        BookSubject.Dispute => Dispute,
    };

    public string Of(DifferenceKind kind) => kind switch
    {
        DifferenceKind.Late => Late,
        DifferenceKind.Unknown => Unknown,
        DifferenceKind.Missing => Missing,
        DifferenceKind.Status => StatusKind,
        DifferenceKind.Amount => AmountKind,
        DifferenceKind.Refunded => RefundedKind,
        DifferenceKind.Disputed => DisputedKind,
    };

    /// <summary>What it means and what to do about it.</summary>
    public string Meaning(DifferenceKind kind) => kind switch
    {
        DifferenceKind.Late => LateMeans,
        DifferenceKind.Unknown => UnknownMeans,
        DifferenceKind.Missing => MissingMeans,
        DifferenceKind.Status => StatusMeans,
        DifferenceKind.Amount => AmountMeans,
        DifferenceKind.Refunded => RefundedMeans,
        DifferenceKind.Disputed => DisputedMeans,
    };
}
