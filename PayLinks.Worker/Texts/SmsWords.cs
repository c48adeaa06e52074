using System.Globalization;

namespace PayLinks.Worker.Texts;

/// <summary>
/// The words of text messages. Amounts, purposes and times come in as finished text of the GSM alphabet.
/// </summary>
internal sealed record SmsWords
{
    public required CultureInfo Culture { get; init; }

    /// <summary>Stands in for a merchant's name that has no letter in the GSM alphabet.</summary>
    public required string Payment { get; init; }

    /// <summary>Amount, purpose (empty, or with its own preposition), expiry (the same).</summary>
    public required Func<string, string, string, string> Pay { get; init; }

    /// <summary>Amount, purpose.</summary>
    public required Func<string, string, string> Received { get; init; }

    /// <summary>Amount, purpose.</summary>
    public required Func<string, string, string> Refunded { get; init; }

    public required Func<string, string> Purpose { get; init; }

    public required Func<string, string> Reference { get; init; }

    public required Func<DateTime, string> Until { get; init; }

    public required Func<string, string> Questions { get; init; }

    /// <summary>Leads to the receipt.</summary>
    public required string Receipt { get; init; }

    public required string Thanks { get; init; }

    public static SmsWords Italian { get; } = new()
    {
        Culture = CultureInfo.GetCultureInfo("it-IT"),
        Payment = "Pagamento",
        Pay = (amount, purpose, until) => $"paga {amount}{purpose}{until}.",
        Received = (amount, purpose) => $"ricevuti {amount}{purpose}.",
        Refunded = (amount, purpose) => $"ti rimborsiamo {amount}{purpose}.",
        Purpose = purpose => $" per {purpose}",
        Reference = reference => $" (rif. {reference})",
        Until = at => string.Create(
            Italian!.Culture, $" entro {at:ddd d/M} ore {at.Hour}{(at.Minute == 0 ? "" : $":{at:mm}")}"),
        Questions = phone => $" Dubbi? {phone}",
        Receipt = "Ricevuta:",
        Thanks = " Grazie!",
    };

    public static SmsWords English { get; } = new()
    {
        Culture = CultureInfo.GetCultureInfo("en-GB"),
        Payment = "Payment",
        Pay = (amount, purpose, until) => $"pay {amount}{purpose}{until}.",
        Received = (amount, purpose) => $"we received {amount}{purpose}.",
        Refunded = (amount, purpose) => $"we are refunding {amount}{purpose}.",
        Purpose = purpose => $" for {purpose}",
        Reference = reference => $" (ref. {reference})",
        Until = at => string.Create(English!.Culture, $" by {at:ddd d MMM HH:mm}"),
        Questions = phone => $" Questions? {phone}",
        Receipt = "Receipt:",
        Thanks = " Thank you!",
    };

    /// <param name="locale">A BCP 47 tag; Italian for Italian, English for everybody else.</param>
    public static SmsWords For(string locale) =>
        locale.StartsWith("it", StringComparison.OrdinalIgnoreCase) ? Italian : English;
}
