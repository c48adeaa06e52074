using PayLinks.Core.Links;
using PayLinks.Core.Messages;
using PayLinks.Core.Payments;

namespace PayLinks.Api.Console;

/// <summary>The statuses of links, messages and payments, and why things failed, as staff read them.</summary>
public sealed record StateWords
{
    public static StateWords Italian { get; } = new()
    {
        Open = "In attesa",
        Processing = "In pagamento",
        Paid = "Pagato",
        Expired = "Scaduto",
        Canceled = "Annullato",
        Late = "in ritardo",
        Sms = "SMS",
        Email = "Email",
        LinkMessage = "richiesta",
        Reminder = "promemoria",
        Receipt = "ricevuta",
        Notice = "avviso a te",
        Refund = "rimborso",
        CanceledMessage = "annullamento",
        Queued = "in coda",
        Sending = "in invio",
        Accepted = "preso in carico",
        Delivered = "arrivato",
        Undelivered = "non arrivato",
        Failed = "non inviato",
        MessageUnknown = "esito da verificare",
        Suppressed = "non più necessario",
        PaymentUnderWay = "in corso",
        PaymentPending = "in attesa della banca",
        PaymentFailed = "non riuscito",
        PaymentCanceled = "interrotto dal cliente",
        PaymentExpired = "non completato",
        PaymentAbsent = "mai iniziato",
        Mistyped = "La banca non riconosce i dati della carta. Il cliente controlli numero, scadenza e codice.",
        ApprovalMissing = "Manca la conferma nell’app della banca. Il cliente può riprovare sullo stesso link.",
        RefusedByBank = "La banca ha rifiutato. Il cliente può usare un’altra carta sullo stesso link.",
        Technical = "Problema tecnico. Nessun addebito: il cliente può riprovare tra qualche minuto.",
    };

    public static StateWords English { get; } = new()
    {
        Open = "Waiting",
        Processing = "Paying",
        Paid = "Paid",
        Expired = "Expired",
        Canceled = "Cancelled",
        Late = "late",
        Sms = "Text",
        Email = "Email",
        LinkMessage = "request",
        Reminder = "reminder",
        Receipt = "receipt",
        Notice = "notice to you",
        Refund = "refund",
        CanceledMessage = "cancellation",
        Queued = "queued",
        Sending = "being sent",
        Accepted = "accepted",
        Delivered = "delivered",
        Undelivered = "not delivered",
        Failed = "not sent",
        MessageUnknown = "outcome to be checked",
        Suppressed = "no longer needed",
        PaymentUnderWay = "under way",
        PaymentPending = "waiting for the bank",
        PaymentFailed = "failed",
        PaymentCanceled = "stopped by the customer",
        PaymentExpired = "not completed",
        PaymentAbsent = "never started",
        Mistyped = "The bank does not recognise the card details. The customer should check number, expiry and code.",
        ApprovalMissing = "The approval in the bank’s app is missing. The customer can try again on the same link.",
        RefusedByBank = "Refused by the bank. The customer can use another card on the same link.",
        Technical = "Technical problem. Nothing was charged: the customer can try again in a few minutes.",
    };

    public required string Open { get; init; }

    public required string Processing { get; init; }

    public required string Paid { get; init; }

    public required string Expired { get; init; }

    public required string Canceled { get; init; }

    public required string Late { get; init; }

    public required string Sms { get; init; }

    public required string Email { get; init; }

    public required string LinkMessage { get; init; }

    public required string Reminder { get; init; }

    public required string Receipt { get; init; }

    public required string Notice { get; init; }

    public required string Refund { get; init; }

    public required string CanceledMessage { get; init; }

    public required string Queued { get; init; }

    public required string Sending { get; init; }

    public required string Accepted { get; init; }

    public required string Delivered { get; init; }

    public required string Undelivered { get; init; }

    public required string Failed { get; init; }

    public required string MessageUnknown { get; init; }

    public required string Suppressed { get; init; }

    public required string PaymentUnderWay { get; init; }

    public required string PaymentPending { get; init; }

    public required string PaymentFailed { get; init; }

    public required string PaymentCanceled { get; init; }

    public required string PaymentExpired { get; init; }

    public required string PaymentAbsent { get; init; }

    public required string Mistyped { get; init; }

    public required string ApprovalMissing { get; init; }

    public required string RefusedByBank { get; init; }

    public required string Technical { get; init; }

    public string Of(LinkStatus status) => status switch
    {
        LinkStatus.Open => Open,
        LinkStatus.Processing => Processing,
        LinkStatus.Paid => Paid,
        LinkStatus.Expired => Expired,
        LinkStatus.Canceled => Canceled,
    };

    public string Of(MessageStatus status) => status switch
    {
        MessageStatus.Queued => Queued,
        MessageStatus.Sending => Sending,
        MessageStatus.Accepted => Accepted,
        MessageStatus.Delivered => Delivered,
        MessageStatus.Undelivered => Undelivered,
        MessageStatus.Failed => Failed,
        MessageStatus.Unknown => MessageUnknown,
        MessageStatus.Suppressed => Suppressed,
    };

    public string Of(PaymentStatus status) => status switch
    {
        PaymentStatus.Creating or PaymentStatus.Unknown or PaymentStatus.Open => PaymentUnderWay,
        PaymentStatus.Pending or PaymentStatus.Authorized => PaymentPending,
        PaymentStatus.Paid => Paid,
        PaymentStatus.Failed => PaymentFailed,
        PaymentStatus.Canceled => PaymentCanceled,
        PaymentStatus.Expired => PaymentExpired,
        PaymentStatus.Absent => PaymentAbsent,
    };

    public string Of(FailureClass failure) => failure switch
    {
        FailureClass.Mistyped => Mistyped,
        FailureClass.ApprovalMissing => ApprovalMissing,
        FailureClass.RefusedByBank => RefusedByBank,
        FailureClass.Technical => Technical,
    };

    public string Of(MessageChannel channel) => channel == MessageChannel.Sms ? Sms : Email;

    public string Of(MessagePurpose purpose) => purpose switch
    {
        MessagePurpose.Link => LinkMessage,
        MessagePurpose.Reminder => Reminder,
        MessagePurpose.Receipt => Receipt,
        MessagePurpose.Notice => Notice,
        MessagePurpose.Refund => Refund,
        MessagePurpose.Canceled => CanceledMessage,
    };
}
