using PayLinks.Core.Messages;

namespace PayLinks.Api.Desk;

/// <summary>What an agent is to say, ask or do, for each state of a link.</summary>
public sealed record SayWords
{
    public static SayWords Italian { get; } = new()
    {
        Before = sender =>
            $"Dica: «Le sto inviando un messaggio da {sender} con il link per pagare. Resto in linea.»",
        Code = code => $"Codice {code}. Dica: «La pagina mostra il codice {code}. Se ne vede un altro, non paghi.»",
        Ready = "Link pronto. Lo detti, lo copi o mostri il QR dal dettaglio.",
        Queued = "Il messaggio sta partendo.",
        Sent = "Inviato. Chieda se vede arrivare il messaggio.",
        Delivered = "Arrivato. Resti in linea mentre lo apre.",
        Unopened = "Arrivato. Non l’ha aperto: chieda se vede il messaggio; se no, Alt+E usa l’altro canale.",
        Waits = why => $"{why} Alt+E usa l’altro canale.",
        Unsure = "Non è certo che l’email sia partita. Chieda se la vede; se no, Alt+E manda un SMS.",
        NotDelivered = "Non arrivato.",
        StepMend = "Alt+C corregge il numero, Alt+E usa l’altro canale.",
        StepOtherChannel = "Alt+E usa l’altro canale.",
        Opened = "Ha aperto il link e vede l’importo. Non chieda i numeri della carta.",
        Typing = "Sta inserendo la carta. Non chieda i numeri della carta.",
        Paying = "Sta pagando. Non chieda i numeri della carta.",
        BankCheck = "Aspetta la conferma nell’app della banca.",
        AtWay = way => $"Sta pagando con {way}. Non chieda password.",
        BankDecides = "La banca sta decidendo. Non faccia pagare di nuovo.",
        Refused = reason => $"{reason} Nessun addebito: il link vale ancora.",
        Paid = "Pagato. Ricevuta in invio. Può salutare.",
        Expired = "Scaduto senza pagamento. Alt+P lo prolunga: l’indirizzo resta lo stesso.",
        Canceled = "Annullato: il cliente non può più pagare con questo link.",
        Declined = "Il cliente ha rifiutato la richiesta. Chieda se la riconosce.",
        Asked = "Il cliente chiede un nuovo link. Alt+P prolunga questo.",
    };

    public static SayWords English { get; } = new()
    {
        Before = sender =>
            $"Say: “I am sending you a message from {sender} with the link to pay. I’ll stay on the line.”",
        Code = code => $"Code {code}. Say: “The page shows the code {code}. If you see another one, do not pay.”",
        Ready = "Link ready. Dictate it, copy it or show the QR code from its details.",
        Queued = "The message is leaving.",
        Sent = "Sent. Ask whether they see the message arrive.",
        Delivered = "Delivered. Stay on the line while they open it.",
        Unopened = "Delivered. Not opened: ask whether they see the message; if not, Alt+E uses the other channel.",
        Waits = why => $"{why} Alt+E uses the other channel.",
        Unsure = "It is not certain that the email left. Ask whether they see it; if not, Alt+E sends a text.",
        NotDelivered = "Not delivered.",
        StepMend = "Alt+C corrects the number, Alt+E uses the other channel.",
        StepOtherChannel = "Alt+E uses the other channel.",
        Opened = "They have opened the link and see the amount. Do not ask for card numbers.",
        Typing = "They are typing the card. Do not ask for card numbers.",
        Paying = "They are paying. Do not ask for card numbers.",
        BankCheck = "Waiting for approval in the bank’s app.",
        AtWay = way => $"They are paying with {way}. Do not ask for passwords.",
        BankDecides = "The bank is deciding. Do not let them pay again.",
        Refused = reason => $"{reason} Nothing was charged: the link still works.",
        Paid = "Paid. Receipt on its way. You can close.",
        Expired = "Expired unpaid. Alt+P extends it: the address stays the same.",
        Canceled = "Cancelled: the customer can no longer pay with this link.",
        Declined = "The customer declined the request. Ask whether they recognise it.",
        Asked = "The customer asks for a new link. Alt+P extends this one.",
    };

    /// <summary>Before sending; takes the merchant's sender name.</summary>
    public required Func<string, string> Before { get; init; }

    /// <summary>Takes the four digits that the customer's page shows.</summary>
    public required Func<string, string> Code { get; init; }

    public required string Ready { get; init; }

    public required string Queued { get; init; }

    public required string Sent { get; init; }

    public required string Delivered { get; init; }

    public required string Unopened { get; init; }

    /// <summary>Something is in the way of a message that is still to be sent; takes what it is.</summary>
    public required Func<string, string> Waits { get; init; }

    public required string Unsure { get; init; }

    /// <summary>Before the reason.</summary>
    public required string NotDelivered { get; init; }

    /// <summary>What an agent can do where the address may be wrong.</summary>
    public required string StepMend { get; init; }

    /// <summary>What an agent can do where it is not the address.</summary>
    public required string StepOtherChannel { get; init; }

    public required string Opened { get; init; }

    public required string Typing { get; init; }

    public required string Paying { get; init; }

    public required string BankCheck { get; init; }

    /// <summary>Takes a brand like PayPal, where the customer is instead of at their bank.</summary>
    public required Func<string, string> AtWay { get; init; }

    public required string BankDecides { get; init; }

    public required Func<string, string> Refused { get; init; }

    public required string Paid { get; init; }

    public required string Expired { get; init; }

    public required string Canceled { get; init; }

    public required string Declined { get; init; }

    public required string Asked { get; init; }

    /// <summary>What an agent can do about a message that did not arrive.</summary>
    public string StepOf(DeliveryClass reason) => reason switch
    {
        DeliveryClass.Mend => StepMend,
        DeliveryClass.Retry or DeliveryClass.OtherChannel or DeliveryClass.OptedOut or DeliveryClass.Configuration
            or DeliveryClass.Blocked or DeliveryClass.NotNeeded => StepOtherChannel,
    };
}
