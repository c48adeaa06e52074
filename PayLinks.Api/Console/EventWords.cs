using PayLinks.Core.Events;

namespace PayLinks.Api.Console;

/// <summary>What the timeline needs to say one event in words.</summary>
/// <param name="Who">The person's name, or null where it was not a person.</param>
/// <param name="Channel">"SMS" or "Email", where the event is about a message.</param>
/// <param name="Detail">Amount and card of a payment, the reason of a failure, a new expiry: already in words.</param>
public sealed record EventLine(string Type, string? Who, string? Channel, string? Detail);

/// <summary>The sentences of the timeline.</summary>
public sealed record EventWords
{
    public static EventWords Italian { get; } = new()
    {
        Created = who => $"Creato da {who}",
        Sent = channel => $"{channel}: presa in carico per l’invio",
        Delivered = channel => $"{channel}: arrivato",
        Undelivered = channel => $"{channel}: non arrivato",
        Opened = "Link aperto dal cliente",
        Asked = "Il cliente chiede un nuovo link",
        Declined = "Il cliente ha rifiutato la richiesta",
        Extended = "Prolungato",
        Expired = "Scaduto",
        Canceled = "Annullato",
        RecipientChanged = "Destinatario cambiato",
        Paid = "PAGATO",
        PaymentStarted = "Pagamento iniziato",
        Authenticating = "Conferma della banca richiesta (3-D Secure)",
        PaymentFailed = "Tentativo non riuscito, nessun addebito",
        Surplus = "Pagato una seconda volta: da restituire",
        Quarantined = "Un pagamento non corrisponde alla richiesta: da controllare",
        Updated = "La banca sta decidendo",
        Other = "Aggiornato",
        By = "da",
        Customer = "cliente",
        Program = "programma",
        Message = "Messaggio",
    };

    public static EventWords English { get; } = new()
    {
        Created = who => $"Created by {who}",
        Sent = channel => $"{channel}: accepted for delivery",
        Delivered = channel => $"{channel}: delivered",
        Undelivered = channel => $"{channel}: not delivered",
        Opened = "Link opened by the customer",
        Asked = "The customer asks for a new link",
        Declined = "The customer declined the request",
        Extended = "Extended",
        Expired = "Expired",
        Canceled = "Cancelled",
        RecipientChanged = "Recipient changed",
        Paid = "PAID",
        PaymentStarted = "Payment started",
        Authenticating = "Bank approval requested (3-D Secure)",
        PaymentFailed = "Attempt failed, nothing charged",
        Surplus = "Paid a second time: to be given back",
        Quarantined = "A payment does not match the request: to be checked",
        Updated = "The bank is deciding",
        Other = "Updated",
        By = "by",
        Customer = "customer",
        Program = "program",
        Message = "Message",
    };

    public required Func<string, string> Created { get; init; }

    public required Func<string, string> Sent { get; init; }

    public required Func<string, string> Delivered { get; init; }

    public required Func<string, string> Undelivered { get; init; }

    public required string Opened { get; init; }

    public required string Asked { get; init; }

    public required string Declined { get; init; }

    public required string Extended { get; init; }

    public required string Expired { get; init; }

    public required string Canceled { get; init; }

    public required string RecipientChanged { get; init; }

    public required string Paid { get; init; }

    public required string PaymentStarted { get; init; }

    public required string Authenticating { get; init; }

    public required string PaymentFailed { get; init; }

    public required string Surplus { get; init; }

    public required string Quarantined { get; init; }

    public required string Updated { get; init; }

    /// <summary>For a kind of event that a newer version has written.</summary>
    public required string Other { get; init; }

    /// <summary>Between what was done and who did it.</summary>
    public required string By { get; init; }

    public required string Customer { get; init; }

    /// <summary>The merchant's own program, which used an API key.</summary>
    public required string Program { get; init; }

    /// <summary>A message whose channel is not known.</summary>
    public required string Message { get; init; }

    public string Of(EventLine line) => line.Type switch
    {
        EventTypes.LinkCreated => Created(line.Who ?? "PayLinks"),
        EventTypes.LinkSent => Sent(line.Channel ?? Message),
        EventTypes.LinkDelivered => Delivered(line.Channel ?? Message),
        EventTypes.LinkUndelivered => WithDetail(Undelivered(line.Channel ?? Message), line.Detail),
        EventTypes.LinkOpened => Opened,
        EventTypes.LinkAsked => Asked,
        EventTypes.LinkDeclined => Declined,
        EventTypes.LinkExtended => WithWho(WithDetail(Extended, line.Detail), line.Who),
        EventTypes.LinkExpired => Expired,
        EventTypes.LinkCanceled => WithWho(Canceled, line.Who),
        EventTypes.LinkRecipientChanged => WithWho(RecipientChanged, line.Who),
        EventTypes.LinkPaid => WithDetail(Paid, line.Detail),
        EventTypes.PaymentStarted => PaymentStarted,
        EventTypes.PaymentAuthenticating => Authenticating,
        EventTypes.PaymentFailed => WithDetail(PaymentFailed, line.Detail),
        EventTypes.PaymentSurplus => WithDetail(Surplus, line.Detail),
        EventTypes.PaymentQuarantined => Quarantined,
        EventTypes.PaymentUpdated => Updated,
        _ => Other,
    };

    private static string WithDetail(string sentence, string? detail) => detail is null ? sentence : $"{sentence}: {detail}";

    private string WithWho(string sentence, string? who) => who is null ? sentence : $"{sentence} {By} {who}";
}
