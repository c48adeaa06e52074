using PayLinks.Core.Links;
using PayLinks.Core.Messages;

namespace PayLinks.Api.Console;

/// <summary>Why a message did not arrive, each with what to do next.</summary>
public sealed record ReasonWords
{
    public static ReasonWords Italian { get; } = new()
    {
        UnknownNumber = "Questo numero non esiste: rileggilo al cliente.",
        NumberNotMobile = "Questo numero non riceve SMS: usa un cellulare o una email.",
        HandsetOff = "Telefono spento o senza campo: riprova più tardi o usa un altro canale.",
        OptedOut = "Il destinatario ha chiesto di non ricevere messaggi: usa un altro canale.",
        Blocked = "Il destinatario o il suo operatore ci blocca: usa un altro canale.",
        CarrierFiltered = "L’operatore l’ha preso per spam: usa un altro canale.",
        CarrierError = "L’operatore non l’ha consegnato e non dice perché: riprova o usa un altro canale.",
        CarrierRefused = "L’operatore non lo consegna a questo numero: usa un altro canale.",
        RouteUnavailable = "Da qui non si arriva a questo numero: usa una email.",
        WaitedTooLong = "Ha aspettato troppo a lungo: invialo di nuovo.",
        MailboxUnknown = "Questo indirizzo non esiste: rileggilo al cliente.",
        MailboxFull = "La casella è piena: usa un SMS.",
        MailboxRefused = "La casella rifiuta la nostra email: usa un SMS.",
        MailboxUnreachable = "Il server di posta del cliente non risponde: riprova o usa un SMS.",
        MailboxSuppressed = "Questo indirizzo ha già respinto le nostre email: usa un SMS o un altro indirizzo.",
        ProviderRefused = "Il servizio di invio l’ha rifiutato: controlla il recapito.",
        ProviderSetup = "Il servizio di invio non è configurato per questo: avvisa chi gestisce PayLinks.",
        ProviderUnavailable = "Il servizio di invio non rispondeva: invialo di nuovo.",
        Technical = "Un nostro problema tecnico: usa un altro canale e avvisa chi gestisce PayLinks.",
        Paid = "Non serviva più: il link era già pagato.",
        Canceled = "Non serviva più: il link era annullato.",
        Expired = "Non serviva più: il link era scaduto.",
        FellBack = "Non serviva più: il link è partito sull’altro canale.",
        Replaced = "Non serviva più: il destinatario è stato cambiato.",
        Other = "Non è arrivato: controlla il recapito o usa un altro canale.",
        Waits = "Il servizio di invio non lo prende ancora: PayLinks riprova da solo, non serve inviarlo di nuovo.",
        WaitsForSetup = "Aspetta: il servizio di invio non è configurato per questo. Avvisa chi gestisce PayLinks.",
        UnknownSms = "Il servizio di invio non ha risposto: PayLinks controlla se l’ha, non serve inviarlo di nuovo.",
        UnknownEmail =
            "Non è certo che sia partita, e PayLinks non la invia due volte. Se tra 10 minuti non risulta arrivata, "
            + "chiedi al cliente; se non l’ha, inviala di nuovo.",
    };

    public static ReasonWords English { get; } = new()
    {
        UnknownNumber = "This number does not exist: read it back to the customer.",
        NumberNotMobile = "This number does not receive texts: use a mobile or an email.",
        HandsetOff = "Phone off or out of reach: try later or use another channel.",
        OptedOut = "The recipient asked not to get messages: use another channel.",
        Blocked = "The recipient or their carrier blocks us: use another channel.",
        CarrierFiltered = "The carrier took it for spam: use another channel.",
        CarrierError = "The carrier did not deliver it and does not say why: try again or use another channel.",
        CarrierRefused = "The carrier does not deliver it to this number: use another channel.",
        RouteUnavailable = "This number cannot be reached from here: use an email.",
        WaitedTooLong = "It waited too long: send it again.",
        MailboxUnknown = "This address does not exist: read it back to the customer.",
        MailboxFull = "The mailbox is full: use a text.",
        MailboxRefused = "The mailbox refuses our email: use a text.",
        MailboxUnreachable = "The customer’s mail server does not answer: try again or use a text.",
        MailboxSuppressed = "This address has bounced our emails before: use a text or another address.",
        ProviderRefused = "The sending service refused it: check the address.",
        ProviderSetup = "The sending service is not set up for this: tell whoever runs PayLinks.",
        ProviderUnavailable = "The sending service did not answer: send it again.",
        Technical = "A technical problem of ours: use another channel and tell whoever runs PayLinks.",
        Paid = "No longer needed: the link was paid.",
        Canceled = "No longer needed: the link was cancelled.",
        Expired = "No longer needed: the link had expired.",
        FellBack = "No longer needed: the link went out on the other channel.",
        Replaced = "No longer needed: the recipient was changed.",
        Other = "It did not arrive: check the address or use another channel.",
        Waits = "The sending service does not take it yet: PayLinks tries again by itself, no need to send it again.",
        WaitsForSetup = "It waits: the sending service is not set up for this. Tell whoever runs PayLinks.",
        UnknownSms =
            "The sending service did not answer: PayLinks is checking whether it has it, no need to send it again.",
        UnknownEmail =
            "It is not certain that it left, and PayLinks does not send it twice. If it has not arrived in 10 minutes, "
            + "ask the customer; if they do not have it, send it again.",
    };

    public required string UnknownNumber { get; init; }

    public required string NumberNotMobile { get; init; }

    public required string HandsetOff { get; init; }

    public required string OptedOut { get; init; }

    public required string Blocked { get; init; }

    public required string CarrierFiltered { get; init; }

    public required string CarrierError { get; init; }

    public required string CarrierRefused { get; init; }

    public required string RouteUnavailable { get; init; }

    public required string WaitedTooLong { get; init; }

    public required string MailboxUnknown { get; init; }

    public required string MailboxFull { get; init; }

    public required string MailboxRefused { get; init; }

    public required string MailboxUnreachable { get; init; }

    public required string MailboxSuppressed { get; init; }

    public required string ProviderRefused { get; init; }

    public required string ProviderSetup { get; init; }

    public required string ProviderUnavailable { get; init; }

    public required string Technical { get; init; }

    public required string Paid { get; init; }

    public required string Canceled { get; init; }

    public required string Expired { get; init; }

    public required string FellBack { get; init; }
    public required string Replaced { get; init; }

    /// <summary>For a reason that a newer version has written.</summary>
    public required string Other { get; init; }

    /// <summary>While a message is still to be sent, and something is in its way.</summary>
    public required string Waits { get; init; }

    public required string WaitsForSetup { get; init; }

    public required string UnknownSms { get; init; }

    public required string UnknownEmail { get; init; }

    /// <summary>What there is to say of a message besides its status, if anything.</summary>
    public string? About(MessageView message) => message switch
    {
        { Status: MessageStatus.Unknown } =>
            message.Channel == MessageChannel.Sms ? UnknownSms : UnknownEmail,
        { Reason: null } => null,
        { Status: MessageStatus.Queued or MessageStatus.Sending } =>
            DeliveryReasons.ClassOf(message.Reason) == DeliveryClass.Configuration ? WaitsForSetup : Waits,
        _ => Of(message.Reason),
    };

    public string Of(string? reason) => reason switch
    {
        DeliveryReason.UnknownNumber => UnknownNumber,
        DeliveryReason.NumberNotMobile => NumberNotMobile,
        DeliveryReason.HandsetOff => HandsetOff,
        DeliveryReason.OptedOut => OptedOut,
        DeliveryReason.Blocked => Blocked,
        DeliveryReason.CarrierFiltered => CarrierFiltered,
        DeliveryReason.CarrierError => CarrierError,
        DeliveryReason.CarrierRefused => CarrierRefused,
        DeliveryReason.RouteUnavailable => RouteUnavailable,
        DeliveryReason.WaitedTooLong => WaitedTooLong,
        DeliveryReason.MailboxUnknown => MailboxUnknown,
        DeliveryReason.MailboxFull => MailboxFull,
        DeliveryReason.MailboxRefused => MailboxRefused,
        DeliveryReason.MailboxUnreachable => MailboxUnreachable,
        DeliveryReason.MailboxSuppressed => MailboxSuppressed,
        DeliveryReason.ProviderRefused => ProviderRefused,
        DeliveryReason.ProviderSetup => ProviderSetup,
        DeliveryReason.ProviderUnavailable => ProviderUnavailable,
        DeliveryReason.Technical => Technical,
        DeliveryReason.Paid => Paid,
        DeliveryReason.Canceled => Canceled,
        DeliveryReason.Expired => Expired,
        DeliveryReason.FellBack => FellBack,
        DeliveryReason.Replaced => Replaced,
        _ => Other,
    };
}
