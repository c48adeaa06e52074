using PayLinks.Core.Events;

namespace PayLinks.Api.Console;

/// <summary>What the timeline needs to say one event in words.</summary>
/// <param name="Who">The person's name, or null where it was not a person.</param>
/// <param name="IsEmail">For an event about a message: whether it was an email or a text.</param>
/// <param name="Detail">Amount and card of a payment, the reason of a failure, a new expiry: already in words.</param>
public sealed record EventLine(string Type, string? Who, bool IsEmail, string? Detail);

/// <summary>The sentences of the timeline.</summary>
public sealed record EventWords
{
    public static EventWords Italian { get; } = new()
    {
        Created = who => $"Creato da {who}",
        SmsSent = "SMS preso in carico dall’operatore",
        SmsDelivered = "SMS arrivato",
        SmsUndelivered = "SMS non arrivato",
        EmailSent = "Email presa in carico per l’invio",
        EmailDelivered = "Email arrivata",
        EmailUndelivered = "Email non arrivata",
        Opened = "Link aperto dal cliente",
        Typing = "Carta in inserimento",
        Asked = "Il cliente chiede un nuovo link",
        Declined = "Il cliente ha rifiutato la richiesta",
        Extended = "Prolungato",
        Expired = "Scaduto",
        Canceled = "Annullato",
        RecipientChanged = "Destinatario cambiato",
        FellBackToSms = "Non arrivata in tempo: parte un SMS",
        FellBackToEmail = "Non arrivato in tempo: parte un’email",
        RemindedBySms = "Promemoria al cliente via SMS",
        RemindedByEmail = "Promemoria al cliente via email",
        TakenOver = "Preso in carico",
        CallEnded = "Chiamata chiusa",
        NumberRevealed = "Recapito visto",
        Paid = "PAGATO",
        PaymentStarted = "Pagamento iniziato",
        Authenticating = "Conferma della banca richiesta (3-D Secure)",
        AtWay = way => $"In pagamento con {way}",
        PaymentFailed = "Tentativo non riuscito, nessun addebito",
        Surplus = "Pagato una seconda volta: da restituire",
        Quarantined = "Un pagamento non corrisponde alla richiesta: da controllare",
        Updated = "La banca sta decidendo",
        RefundRequested = "Rimborso chiesto",
        RefundUpdated = "Rimborso preso in carico da Mollie",
        RefundRefunded = "Rimborsato",
        RefundFailed = "Rimborso non riuscito",
        RefundCanceled = "Rimborso fermato",
        DisputeReceived = "Contestazione: la banca del cliente ha ripreso il denaro",
        DisputeReversed = "Contestazione chiusa a tuo favore",
        Other = "Aggiornato",
        By = "da",
        Program = "programma",
    };

    public static EventWords English { get; } = new()
    {
        Created = who => $"Created by {who}",
        SmsSent = "Text accepted by the carrier",
        SmsDelivered = "Text delivered",
        SmsUndelivered = "Text not delivered",
        EmailSent = "Email accepted for delivery",
        EmailDelivered = "Email delivered",
        EmailUndelivered = "Email not delivered",
        Opened = "Link opened by the customer",
        Typing = "Card being typed",
        Asked = "The customer asks for a new link",
        Declined = "The customer declined the request",
        Extended = "Extended",
        Expired = "Expired",
        Canceled = "Cancelled",
        RecipientChanged = "Recipient changed",
        FellBackToSms = "Not delivered in time: a text goes out",
        FellBackToEmail = "Not delivered in time: an email goes out",
        RemindedBySms = "Reminder to the customer by text",
        RemindedByEmail = "Reminder to the customer by email",
        TakenOver = "Taken over",
        CallEnded = "Call ended",
        NumberRevealed = "Number or address seen",
        Paid = "PAID",
        PaymentStarted = "Payment started",
        Authenticating = "Bank approval requested (3-D Secure)",
        AtWay = way => $"Being paid with {way}",
        PaymentFailed = "Attempt failed, nothing charged",
        Surplus = "Paid a second time: to be given back",
        Quarantined = "A payment does not match the request: to be checked",
        Updated = "The bank is deciding",
        RefundRequested = "Refund requested",
        RefundUpdated = "Refund taken on by Mollie",
        RefundRefunded = "Refunded",
        RefundFailed = "Refund failed",
        RefundCanceled = "Refund stopped",
        DisputeReceived = "Dispute: the customer’s bank took the money back",
        DisputeReversed = "Dispute ended in your favour",
        Other = "Updated",
        By = "by",
        Program = "program",
    };

    public required Func<string, string> Created { get; init; }

    public required string SmsSent { get; init; }

    public required string SmsDelivered { get; init; }

    public required string SmsUndelivered { get; init; }

    public required string EmailSent { get; init; }

    public required string EmailDelivered { get; init; }

    public required string EmailUndelivered { get; init; }

    public required string Opened { get; init; }

    public required string Typing { get; init; }

    public required string Asked { get; init; }

    public required string Declined { get; init; }

    public required string Extended { get; init; }

    public required string Expired { get; init; }

    public required string Canceled { get; init; }

    public required string RecipientChanged { get; init; }

    public required string FellBackToSms { get; init; }

    public required string FellBackToEmail { get; init; }

    public required string RemindedBySms { get; init; }

    public required string RemindedByEmail { get; init; }

    public required string TakenOver { get; init; }

    public required string CallEnded { get; init; }

    public required string NumberRevealed { get; init; }

    public required string Paid { get; init; }

    public required string PaymentStarted { get; init; }

    public required string Authenticating { get; init; }

    /// <summary>Takes a brand like PayPal.</summary>
    public required Func<string, string> AtWay { get; init; }

    public required string PaymentFailed { get; init; }

    public required string Surplus { get; init; }

    public required string Quarantined { get; init; }

    public required string Updated { get; init; }

    public required string RefundRequested { get; init; }

    public required string RefundUpdated { get; init; }

    public required string RefundRefunded { get; init; }

    public required string RefundFailed { get; init; }

    public required string RefundCanceled { get; init; }

    public required string DisputeReceived { get; init; }

    public required string DisputeReversed { get; init; }

    /// <summary>For a kind of event that a newer version has written.</summary>
    public required string Other { get; init; }

    /// <summary>Between what was done and who did it.</summary>
    public required string By { get; init; }

    /// <summary>The merchant's own program, which used an API key.</summary>
    public required string Program { get; init; }

    public string Of(EventLine line) => line.Type switch
    {
        EventTypes.LinkCreated => Created(line.Who ?? "PayLinks"),
        EventTypes.LinkSent => line.IsEmail ? EmailSent : SmsSent,
        EventTypes.LinkDelivered => line.IsEmail ? EmailDelivered : SmsDelivered,
        EventTypes.LinkUndelivered => WithDetail(line.IsEmail ? EmailUndelivered : SmsUndelivered, line.Detail),
        EventTypes.LinkOpened => Opened,
        EventTypes.LinkTyping => Typing,
        EventTypes.LinkAsked => Asked,
        EventTypes.LinkDeclined => Declined,
        EventTypes.LinkExtended => WithWho(WithDetail(Extended, line.Detail), line.Who),
        EventTypes.LinkExpired => Expired,
        EventTypes.LinkCanceled => WithWho(Canceled, line.Who),
        EventTypes.LinkRecipientChanged => WithWho(RecipientChanged, line.Who),
        EventTypes.LinkFellBack => line.IsEmail ? FellBackToEmail : FellBackToSms,
        EventTypes.LinkReminded => line.IsEmail ? RemindedByEmail : RemindedBySms,
        EventTypes.LinkTakenOver => WithWho(TakenOver, line.Who),
        EventTypes.LinkCallEnded => WithWho(CallEnded, line.Who),
        EventTypes.LinkNumberRevealed => WithWho(NumberRevealed, line.Who),
        EventTypes.LinkPaid => WithDetail(Paid, line.Detail),
        EventTypes.PaymentStarted => PaymentStarted,
        EventTypes.PaymentAuthenticating => line.Detail is null ? Authenticating : AtWay(line.Detail),
        EventTypes.PaymentFailed => WithDetail(PaymentFailed, line.Detail),
        EventTypes.PaymentSurplus => WithDetail(Surplus, line.Detail),
        EventTypes.PaymentQuarantined => Quarantined,
        EventTypes.PaymentUpdated => Updated,
        EventTypes.RefundRequested => WithWho(WithDetail(RefundRequested, line.Detail), line.Who),
        EventTypes.RefundUpdated => WithDetail(RefundUpdated, line.Detail),
        EventTypes.RefundRefunded => WithDetail(RefundRefunded, line.Detail),
        EventTypes.RefundFailed => WithDetail(RefundFailed, line.Detail),
        EventTypes.RefundCanceled => WithWho(WithDetail(RefundCanceled, line.Detail), line.Who),
        EventTypes.DisputeReceived => WithDetail(DisputeReceived, line.Detail),
        EventTypes.DisputeReversed => WithDetail(DisputeReversed, line.Detail),
        _ => Other,
    };

    private static string WithDetail(string sentence, string? detail) =>
        detail is null ? sentence : $"{sentence}: {detail}";

    private string WithWho(string sentence, string? who) => who is null ? sentence : $"{sentence} {By} {who}";
}
