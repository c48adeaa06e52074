using PayLinks.Core.Refunds;

namespace PayLinks.Api.Refunds;

/// <summary>Giving money back, on the page of a link.</summary>
public sealed record RefundWords
{
    public static RefundWords Italian { get; } = new()
    {
        Title = "Rimborsi",
        Left = amount => $"Si possono ancora rimborsare {amount}.",
        Amount = "Importo da rimborsare",
        Reason = "Motivo (facoltativo)",
        ReasonHint = "Il cliente lo legge.",
        Refund = "Rimborsa",
        Confirm = "Sì, rimborsa: non si può annullare quando il denaro è partito",
        ConfirmNeeded = "Conferma che vuoi rimborsare.",
        Stop = "Ferma",
        Requested = "Rimborso chiesto.",
        Stopped = "Rimborso fermato.",
        NotPaid = "Il link non è pagato: non c’è niente da rimborsare.",
        NothingToRefund = "È già stato tutto rimborsato, oppure è contestato.",
        Duplicate = "Lo stesso importo è già stato rimborsato nell’ultima ora: aspetta, o dividilo.",
        UnderWay = "Mollie sta già spostando il denaro: non si può più fermare.",
        AmountTooLarge = amount => $"Al massimo {amount}.",
        BySurplus = "doppio pagamento",
        ByLateness = "pagato a link chiuso",
        AtMollie = "fatto da Mollie",
        Asked = "in preparazione",
        OnTheWay = "in viaggio",
        Arrived = "fatto",
        Failed = "non riuscito",
        Canceled = "fermato",
        Disputes = "Contestazioni",
        DisputeReceived = "La banca del cliente ha ripreso il denaro",
        DisputeReversed = "Chiusa a tuo favore: il denaro è tornato",
    };

    public static RefundWords English { get; } = new()
    {
        Title = "Refunds",
        Left = amount => $"{amount} can still be refunded.",
        Amount = "Amount to refund",
        Reason = "Reason (optional)",
        ReasonHint = "The customer reads it.",
        Refund = "Refund",
        Confirm = "Yes, refund: it cannot be stopped once the money has left",
        ConfirmNeeded = "Confirm that you want to refund.",
        Stop = "Stop",
        Requested = "Refund requested.",
        Stopped = "Refund stopped.",
        NotPaid = "The link has not been paid: there is nothing to refund.",
        NothingToRefund = "All of it has been refunded, or is disputed.",
        Duplicate = "The same amount was refunded within the hour: wait, or split it.",
        UnderWay = "Mollie is already moving the money: it cannot be stopped.",
        AmountTooLarge = amount => $"At most {amount}.",
        BySurplus = "paid twice",
        ByLateness = "paid after the link was closed",
        AtMollie = "made at Mollie",
        Asked = "being prepared",
        OnTheWay = "on its way",
        Arrived = "done",
        Failed = "failed",
        Canceled = "stopped",
        Disputes = "Disputes",
        DisputeReceived = "The customer’s bank took the money back",
        DisputeReversed = "Ended in your favour: the money came back",
    };

    public required string Title { get; init; }

    public required Func<string, string> Left { get; init; }

    public required string Amount { get; init; }

    public required string Reason { get; init; }

    public required string ReasonHint { get; init; }

    public required string Refund { get; init; }

    public required string Confirm { get; init; }

    public required string ConfirmNeeded { get; init; }

    public required string Stop { get; init; }

    public required string Requested { get; init; }

    public required string Stopped { get; init; }

    public required string NotPaid { get; init; }

    public required string NothingToRefund { get; init; }

    public required string Duplicate { get; init; }

    public required string UnderWay { get; init; }

    public required Func<string, string> AmountTooLarge { get; init; }

    public required string BySurplus { get; init; }

    public required string ByLateness { get; init; }

    public required string AtMollie { get; init; }

    public required string Asked { get; init; }

    public required string OnTheWay { get; init; }

    public required string Arrived { get; init; }

    public required string Failed { get; init; }

    public required string Canceled { get; init; }

    public required string Disputes { get; init; }

    public required string DisputeReceived { get; init; }

    public required string DisputeReversed { get; init; }

    public string? Of(RefundCause cause) => cause switch
    {
        RefundCause.Merchant => null,
        RefundCause.Surplus => BySurplus,
        RefundCause.Late => ByLateness,
        RefundCause.External => AtMollie,
    };

    public string Of(RefundStatus status) => status switch
    {
        RefundStatus.Requested or RefundStatus.Creating
            or RefundStatus.Unknown => Asked,
        RefundStatus.Queued or RefundStatus.Pending
            or RefundStatus.Processing => OnTheWay,
        RefundStatus.Refunded => Arrived,
        RefundStatus.Failed => Failed,
        RefundStatus.Canceled => Canceled,
    };

    /// <summary>Why it was refused; null for a code that is none of <see cref="RefundConflicts"/>.</summary>
    public string? Refused(string? code) => code switch
    {
        RefundConflicts.NotPaid => NotPaid,
        RefundConflicts.NothingToRefund => NothingToRefund,
        RefundConflicts.DuplicateRefund => Duplicate,
        RefundConflicts.RefundUnderWay => UnderWay,
        _ => null,
    };
}
