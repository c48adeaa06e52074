using PayLinks.Core.Messages;

namespace PayLinks.Api.Desk;

/// <summary>The agent's desk: its form, its cards, and the sentence to say in each state of a link.</summary>
public sealed record DeskWords
{
    public static DeskWords Italian { get; } = new()
    {
        Title = "Sportello",
        Phone = "Telefono",
        Amount = "Importo",
        Email = "Email",
        Channel = "Canale",
        Reference = "Riferimento",
        Description = "Per cosa",
        DescriptionHint = "Facoltativo: se manca, il cliente legge il riferimento.",
        Order = reference => $"Ordine {reference}",
        PaymentTo = merchant => $"Pagamento a {merchant}",
        Submit = "Invia",
        Shortcuts = "Scorciatoie",
        ShortcutNew = "nuovo link",
        ShortcutOther = "altro canale",
        ShortcutCorrect = "correggi numero",
        ShortcutCancel = "annulla",
        ShortcutExtend = "prolunga",
        ShortcutSend = "invia",
        ShortcutHelp = "questo elenco",
        ShortcutsApplyTo = "Valgono per il link in cui ti trovi, altrimenti per il primo.",
        Close = "Chiudi",
        Cards = "I tuoi link di oggi",
        NoCards = "Qui segui i link che invii: inviato, arrivato, aperto, pagato.",
        Open = "Apri il dettaglio",
        OtherBySms = "Manda un SMS",
        OtherByEmail = "Manda una email",
        Correct = "Correggi numero",
        Extend = "Prolunga",
        Cancel = "Annulla",
        StepSent = "inviato",
        StepDelivered = "arrivato",
        StepOpened = "aperto",
        StepPaying = "pagamento",
        StepBank = "conferma banca",
        StepPaid = "pagato",
        Refresh = "Aggiorna",
        NotYet = "non ancora",
        Seconds = seconds => $"{seconds} s",
        Minutes = minutes => $"{minutes} min",
        Hours = hours => $"{hours} h",
        SayBefore = sender =>
            $"Dica: «Le sto inviando un messaggio da {sender} con il link per pagare. Resto in linea.»",
        Ready = "Link pronto. Lo detti, lo copi o mostri il QR dal dettaglio.",
        Queued = "Il messaggio sta partendo.",
        Sent = "Inviato. Chieda se vede arrivare il messaggio.",
        Delivered = "Arrivato. Chieda se vede il messaggio; se no, Alt+E.",
        Waits = why => $"{why} Alt+E usa l’altro canale.",
        Unsure = "Non è certo che l’email sia partita. Chieda se la vede; se no, Alt+E manda un SMS.",
        NotDelivered = "Non arrivato.",
        StepMend = "Alt+C corregge il numero, Alt+E usa l’altro canale.",
        StepOtherChannel = "Alt+E usa l’altro canale.",
        Opened = "Ha aperto il link e vede l’importo. Non chieda i numeri della carta.",
        Paying = "Sta pagando. Non chieda i numeri della carta.",
        BankCheck = "Aspetta la conferma nell’app della banca.",
        BankDecides = "La banca sta decidendo. Non faccia pagare di nuovo.",
        Refused = reason => $"{reason} Nessun addebito: il link vale ancora.",
        Paid = "Pagato. Ricevuta in invio. Può salutare.",
        Expired = "Scaduto senza pagamento. Alt+P lo prolunga: l’indirizzo resta lo stesso.",
        Canceled = "Annullato: il cliente non può più pagare con questo link.",
        Declined = "Il cliente ha rifiutato la richiesta. Chieda se la riconosce.",
        Asked = "Il cliente chiede un nuovo link. Alt+P prolunga questo.",
        Corrected = "Il link di prima è annullato. Correggi il numero e invia.",
        OnItsWay = "Link creato e in invio.",
    };

    public static DeskWords English { get; } = new()
    {
        Title = "Desk",
        Phone = "Phone",
        Amount = "Amount",
        Email = "Email",
        Channel = "Channel",
        Reference = "Reference",
        Description = "What for",
        DescriptionHint = "Optional: without it the customer reads the reference.",
        Order = reference => $"Order {reference}",
        PaymentTo = merchant => $"Payment to {merchant}",
        Submit = "Send",
        Shortcuts = "Shortcuts",
        ShortcutNew = "new link",
        ShortcutOther = "other channel",
        ShortcutCorrect = "correct number",
        ShortcutCancel = "cancel",
        ShortcutExtend = "extend",
        ShortcutSend = "send",
        ShortcutHelp = "this list",
        ShortcutsApplyTo = "They act on the link you are in, else on the first one.",
        Close = "Close",
        Cards = "Your links of today",
        NoCards = "Here you follow the links you send: sent, delivered, opened, paid.",
        Open = "Open details",
        OtherBySms = "Send a text",
        OtherByEmail = "Send an email",
        Correct = "Correct number",
        Extend = "Extend",
        Cancel = "Cancel",
        StepSent = "sent",
        StepDelivered = "delivered",
        StepOpened = "opened",
        StepPaying = "paying",
        StepBank = "bank check",
        StepPaid = "paid",
        Refresh = "Refresh",
        NotYet = "not yet",
        Seconds = seconds => $"{seconds} s",
        Minutes = minutes => $"{minutes} min",
        Hours = hours => $"{hours} h",
        SayBefore = sender =>
            $"Say: “I am sending you a message from {sender} with the link to pay. I’ll stay on the line.”",
        Ready = "Link ready. Dictate it, copy it or show the QR code from its details.",
        Queued = "The message is leaving.",
        Sent = "Sent. Ask whether they see the message arrive.",
        Delivered = "Delivered. Ask whether they see the message; if not, Alt+E.",
        Waits = why => $"{why} Alt+E uses the other channel.",
        Unsure = "It is not certain that the email left. Ask whether they see it; if not, Alt+E sends a text.",
        NotDelivered = "Not delivered.",
        StepMend = "Alt+C corrects the number, Alt+E uses the other channel.",
        StepOtherChannel = "Alt+E uses the other channel.",
        Opened = "They have opened the link and see the amount. Do not ask for card numbers.",
        Paying = "They are paying. Do not ask for card numbers.",
        BankCheck = "Waiting for approval in the bank’s app.",
        BankDecides = "The bank is deciding. Do not let them pay again.",
        Refused = reason => $"{reason} Nothing was charged: the link still works.",
        Paid = "Paid. Receipt on its way. You can close.",
        Expired = "Expired unpaid. Alt+P extends it: the address stays the same.",
        Canceled = "Cancelled: the customer can no longer pay with this link.",
        Declined = "The customer declined the request. Ask whether they recognise it.",
        Asked = "The customer asks for a new link. Alt+P extends this one.",
        Corrected = "The earlier link is cancelled. Correct the number and send.",
        OnItsWay = "Link created and being sent.",
    };

    public required string Title { get; init; }

    public required string Phone { get; init; }

    public required string Amount { get; init; }

    public required string Email { get; init; }

    public required string Channel { get; init; }

    public required string Reference { get; init; }

    public required string Description { get; init; }

    public required string DescriptionHint { get; init; }

    public required Func<string, string> Order { get; init; }

    public required Func<string, string> PaymentTo { get; init; }

    public required string Submit { get; init; }

    public required string Shortcuts { get; init; }

    public required string ShortcutNew { get; init; }

    public required string ShortcutOther { get; init; }

    public required string ShortcutCorrect { get; init; }

    public required string ShortcutCancel { get; init; }

    public required string ShortcutExtend { get; init; }

    public required string ShortcutSend { get; init; }

    public required string ShortcutHelp { get; init; }

    public required string ShortcutsApplyTo { get; init; }

    public required string Close { get; init; }

    public required string Cards { get; init; }

    public required string NoCards { get; init; }

    public required string Open { get; init; }

    public required string OtherBySms { get; init; }

    public required string OtherByEmail { get; init; }

    public required string Correct { get; init; }

    public required string Extend { get; init; }

    public required string Cancel { get; init; }

    public required string StepSent { get; init; }

    public required string StepDelivered { get; init; }

    public required string StepOpened { get; init; }

    public required string StepPaying { get; init; }

    public required string StepBank { get; init; }

    public required string StepPaid { get; init; }

    public required string Refresh { get; init; }

    public required string NotYet { get; init; }

    public required Func<int, string> Seconds { get; init; }

    public required Func<int, string> Minutes { get; init; }

    public required Func<int, string> Hours { get; init; }

    /// <summary>Before sending; takes the merchant's sender name.</summary>
    public required Func<string, string> SayBefore { get; init; }

    public required string Ready { get; init; }

    public required string Queued { get; init; }

    public required string Sent { get; init; }

    public required string Delivered { get; init; }

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

    public required string Paying { get; init; }

    public required string BankCheck { get; init; }

    public required string BankDecides { get; init; }

    public required Func<string, string> Refused { get; init; }

    public required string Paid { get; init; }

    public required string Expired { get; init; }

    public required string Canceled { get; init; }

    public required string Declined { get; init; }

    public required string Asked { get; init; }

    public required string Corrected { get; init; }

    public required string OnItsWay { get; init; }

    /// <summary>What an agent can do about a message that did not arrive.</summary>
    public string StepOf(DeliveryClass reason) => reason switch
    {
        DeliveryClass.Mend => StepMend,
        DeliveryClass.Retry or DeliveryClass.OtherChannel or DeliveryClass.OptedOut or DeliveryClass.Configuration
            or DeliveryClass.Blocked or DeliveryClass.NotNeeded => StepOtherChannel,
    };

    /// <summary>A length of time in the largest unit that is not zero.</summary>
    public string After(TimeSpan time) =>
        time.TotalMinutes < 1 ? Seconds(Math.Max(0, (int)time.TotalSeconds))
        : time.TotalHours < 1 ? Minutes((int)time.TotalMinutes)
        : Hours((int)time.TotalHours);

    /// <summary>A length of time in the largest unit, rounded up: after it has passed, it has passed.</summary>
    public string AtMost(TimeSpan time) =>
        time.TotalMinutes <= 1 ? Seconds(Math.Max(1, (int)Math.Ceiling(time.TotalSeconds)))
        : time.TotalHours <= 1 ? Minutes((int)Math.Ceiling(time.TotalMinutes))
        : Hours((int)Math.Ceiling(time.TotalHours));
}
