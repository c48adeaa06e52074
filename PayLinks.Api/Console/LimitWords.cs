using PayLinks.Api.Links;

namespace PayLinks.Api.Console;

/// <summary>Which limit on sending was reached, and what to do instead.</summary>
public sealed record LimitWords
{
    public static LimitWords Italian { get; } = new()
    {
        Number = "Troppi SMS a questo numero: usa una email, o aspetta.",
        Prefix = "Troppi SMS a numeri come questo: usa una email, o aspetta.",
        Day = "Gli SMS di oggi sono finiti: usa una email, o fai alzare il limite nelle impostazioni.",
        ResendTooSoon = "Inviato un momento fa: dagli il tempo di arrivare.",
        Resend = "Questo link è stato inviato troppe volte: annullalo e fanne uno nuovo.",
        Again = wait => $"Di nuovo possibile tra {wait}.",
        AgainFrom = time => $"di nuovo dalle {time}",
    };

    public static LimitWords English { get; } = new()
    {
        Number = "Too many texts to this number: use an email, or wait.",
        Prefix = "Too many texts to numbers like this: use an email, or wait.",
        Day = "Today’s texts are used up: use an email, or have the limit raised in the settings.",
        ResendTooSoon = "Sent a moment ago: give it time to arrive.",
        Resend = "This link has been sent too often: cancel it and make a new one.",
        Again = wait => $"Possible again in {wait}.",
        AgainFrom = time => $"again from {time}",
    };

    public required string Number { get; init; }

    public required string Prefix { get; init; }

    public required string Day { get; init; }

    public required string ResendTooSoon { get; init; }

    public required string Resend { get; init; }

    /// <summary>Takes a length of time in words.</summary>
    public required Func<string, string> Again { get; init; }

    /// <summary>On a button; takes a time of day.</summary>
    public required Func<string, string> AgainFrom { get; init; }

    /// <param name="code">One of <see cref="Limited"/>.</param>
    /// <param name="wait">How long it lasts, in words.</param>
    public string Of(string code, string wait) => code switch
    {
        Limited.Number => $"{Number} {Again(wait)}",
        Limited.Prefix => $"{Prefix} {Again(wait)}",
        Limited.Day => $"{Day} {Again(wait)}",
        Limited.ResendTooSoon => $"{ResendTooSoon} {Again(wait)}",
        Limited.Resend => Resend,
        _ => throw new ArgumentOutOfRangeException(nameof(code), code, "No words for this code."),
    };
}
