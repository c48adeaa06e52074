namespace PayLinks.Api.Desk;

/// <summary>The agent's desk: its form and its cards.</summary>
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
        WithCode = "Codice di quattro cifre da leggere al cliente",
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
        Say = SayWords.Italian,
        CallWith = number => $"Chiamata in corso con {number} (dal centralino)",
        QuestionMark = "Il tasto ? apre questo elenco",
        EndCall = "Chiudi chiamata",
        Reveal = "Mostra il recapito",
        RevealMeans = "Chi lo vede resta scritto nella cronologia.",
        CallEnded = "Chiamata chiusa: il link resta tra i tuoi pagamenti.",
        Revealed = "Recapito visibile per dieci minuti. La cronologia dice chi l’ha visto.",
        TakenOver = "Il link è ora sul tuo sportello.",
        Team = "Squadra",
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
        WithCode = "Four-digit code to read to the customer",
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
        Say = SayWords.English,
        CallWith = number => $"Call in progress with {number} (from the phone system)",
        QuestionMark = "The ? key opens this list",
        EndCall = "End call",
        Reveal = "Show number or address",
        RevealMeans = "The timeline says who has seen it.",
        CallEnded = "Call ended: the link stays among your payments.",
        Revealed = "Visible for ten minutes. The timeline says who has seen it.",
        TakenOver = "The link is on your desk now.",
        Team = "Team",
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

    public required string WithCode { get; init; }

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

    public required SayWords Say { get; init; }

    /// <summary>Takes the number that the telephone system has passed on.</summary>
    public required Func<string, string> CallWith { get; init; }

    public required string QuestionMark { get; init; }

    public required string EndCall { get; init; }

    public required string Reveal { get; init; }

    public required string RevealMeans { get; init; }

    public required string CallEnded { get; init; }

    public required string Revealed { get; init; }

    public required string TakenOver { get; init; }

    public required string Team { get; init; }

    public required string Corrected { get; init; }

    public required string OnItsWay { get; init; }

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
