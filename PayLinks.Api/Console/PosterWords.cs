using System.Globalization;

namespace PayLinks.Api.Console;

/// <summary>What stands on a printed code, and around it on the screen.</summary>
public sealed record PosterWords
{
    public static PosterWords Italian { get; } = new()
    {
        Culture = CultureInfo.GetCultureInfo("it-IT"),
        Title = "Locandina",
        Scan = "Inquadra per pagare",
        PayTo = "A favore di",
        Until = when => $"Vale fino a {when}",
        CheckAddress = "Controlla che l’indirizzo inizi con",
        Means = "Codice QR che apre la pagina di pagamento",
    };

    public static PosterWords English { get; } = new()
    {
        Culture = CultureInfo.GetCultureInfo("en-GB"),
        Title = "Poster",
        Scan = "Scan to pay",
        PayTo = "Payable to",
        Until = when => $"Valid until {when}",
        CheckAddress = "Check that the address starts with",
        Means = "QR code that opens the payment page",
    };

    public required CultureInfo Culture { get; init; }

    public required string Title { get; init; }

    public required string Scan { get; init; }

    public required string PayTo { get; init; }

    public required Func<string, string> Until { get; init; }

    public required string CheckAddress { get; init; }

    public required string Means { get; init; }
}
