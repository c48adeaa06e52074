namespace PayLinks.Api.Console;

/// <summary>The form that makes a link, in the console and at the desk.</summary>
public sealed record LinkFormWords
{
    public static LinkFormWords Italian { get; } = new()
    {
        Title = "Nuovo pagamento",
        Amount = "Importo",
        Description = "Per cosa",
        DescriptionHint = "Il cliente lo vede.",
        To = "Invia a",
        ToHint = "Un cellulare o una email.",
        ToNeeded = "Scrivi un cellulare o una email, oppure scegli «Solo link e QR».",
        AmountNeeded = "Scrivi l’importo, per esempio 49,90.",
        DescriptionNeeded = "Scrivi per cosa si paga: il cliente lo legge.",
        PhoneNeeded = "Scrivi il cellulare a cui inviare l’SMS.",
        EmailNeeded = "Scrivi l’indirizzo a cui inviare l’email.",
        ToNeededToSend = "Scrivi un cellulare o una email.",
        OnlyLink = "Solo link e QR: non inviare nulla",
        More = "Altre opzioni",
        Also = "Invia anche a",
        AlsoHint = "L’altro recapito: una email se sopra c’è un numero, o il contrario.",
        AlsoSameKind = "Qui va l’altro tipo di recapito: una email e un cellulare, non due uguali.",
        Name = "Nome del cliente",
        Reference = "Riferimento",
        ReferenceHint = "Numero d’ordine o di pratica.",
        Expires = "Scade tra",
        Language = "Lingua del cliente",
        Submit = "Invia richiesta",
        Shortcut = "Ctrl+Invio",
        Minutes30 = "30 minuti",
        Hours2 = "2 ore",
        Day1 = "1 giorno",
        Days3 = "3 giorni",
        Days7 = "7 giorni",
        Days30 = "30 giorni",
        Usual = lifetime => $"Come al solito ({lifetime})",
        Days = days => days == 1 ? "1 giorno" : $"{days} giorni",
        Hours = hours => hours == 1 ? "1 ora" : $"{hours} ore",
        Minutes = minutes => $"{minutes} minuti",
    };

    public static LinkFormWords English { get; } = new()
    {
        Title = "New payment",
        Amount = "Amount",
        Description = "What for",
        DescriptionHint = "The customer sees this.",
        To = "Send to",
        ToHint = "A mobile number or an email.",
        ToNeeded = "Enter a mobile number or an email, or choose “Link and QR only”.",
        AmountNeeded = "Enter the amount, like 49.90.",
        DescriptionNeeded = "Enter what the payment is for: the customer reads it.",
        PhoneNeeded = "Enter the mobile number to send the text to.",
        EmailNeeded = "Enter the address to send the email to.",
        ToNeededToSend = "Enter a mobile number or an email.",
        OnlyLink = "Link and QR only: send nothing",
        More = "More options",
        Also = "Also send to",
        AlsoHint = "The other address: an email if there is a number above, or the other way round.",
        AlsoSameKind = "This is for the other kind of address: one email and one mobile, not two alike.",
        Name = "Customer’s name",
        Reference = "Reference",
        ReferenceHint = "Order or case number.",
        Expires = "Expires in",
        Language = "Customer’s language",
        Submit = "Send request",
        Shortcut = "Ctrl+Enter",
        Minutes30 = "30 minutes",
        Hours2 = "2 hours",
        Day1 = "1 day",
        Days3 = "3 days",
        Days7 = "7 days",
        Days30 = "30 days",
        Usual = lifetime => $"As usual ({lifetime})",
        Days = days => days == 1 ? "1 day" : $"{days} days",
        Hours = hours => hours == 1 ? "1 hour" : $"{hours} hours",
        Minutes = minutes => $"{minutes} minutes",
    };

    public required string Title { get; init; }

    public required string Amount { get; init; }

    public required string Description { get; init; }

    public required string DescriptionHint { get; init; }

    public required string To { get; init; }

    public required string ToHint { get; init; }

    public required string ToNeeded { get; init; }

    public required string AmountNeeded { get; init; }

    public required string DescriptionNeeded { get; init; }

    public required string PhoneNeeded { get; init; }

    public required string EmailNeeded { get; init; }

    public required string ToNeededToSend { get; init; }

    public required string OnlyLink { get; init; }

    public required string More { get; init; }

    public required string Also { get; init; }

    public required string AlsoHint { get; init; }

    public required string AlsoSameKind { get; init; }

    public required string Name { get; init; }

    public required string Reference { get; init; }

    public required string ReferenceHint { get; init; }

    public required string Expires { get; init; }

    public required string Language { get; init; }

    public required string Submit { get; init; }

    public required string Shortcut { get; init; }

    public required string Minutes30 { get; init; }

    public required string Hours2 { get; init; }

    public required string Day1 { get; init; }

    public required string Days3 { get; init; }

    public required string Days7 { get; init; }

    public required string Days30 { get; init; }

    /// <summary>Takes the merchant's usual lifetime of a link, in words.</summary>
    public required Func<string, string> Usual { get; init; }

    public required Func<int, string> Days { get; init; }

    public required Func<int, string> Hours { get; init; }

    public required Func<int, string> Minutes { get; init; }

    /// <summary>The lifetimes to choose from: an ISO 8601 duration and its words.</summary>
    public IReadOnlyList<(string Duration, string Words)> Lifetimes =>
    [
        ("PT30M", Minutes30), ("PT2H", Hours2), ("P1D", Day1), ("P3D", Days3), ("P7D", Days7), ("P30D", Days30),
    ];

    /// <summary>A length of time in its largest whole unit.</summary>
    public string Lasting(TimeSpan time) =>
        time.TotalDays >= 1 && time.Hours == 0 && time.Minutes == 0 ? Days((int)time.TotalDays)
        : time.TotalHours >= 1 && time.Minutes == 0 ? Hours((int)time.TotalHours)
        : Minutes((int)time.TotalMinutes);
}
