using System.Collections.Frozen;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using PayLinks.Sandbox.Books;

namespace PayLinks.Sandbox.Mollie;

/// <summary>A card to try with, and what its bank does.</summary>
internal sealed record TestCard(string Number, string Behaviour, string Says);

/// <summary>
/// The published test cards, the sandbox's own, and what the published amounts mean. Any other number with a right
/// check digit is a card that asks for 3-D Secure.
/// </summary>
internal static class TestCards
{
    public const string Challenge = "challenge";
    public const string Frictionless = "frictionless";
    public const string FrictionlessDeclined = "frictionless-declined";
    public const string InsufficientFunds = "insufficient-funds";
    public const string AcsDown = "acs-down";
    public const string PendingThenPaid = "pending-then-paid";
    public const string LateCallback = "late-callback";
    public const string EarlyCallback = "early-callback";
    public const string RefusedByIssuer = "refused-by-issuer";

    public static readonly IReadOnlyList<TestCard> Listed =
    [
        new("4543474002249996", Challenge, "Visa, asks for 3-D Secure"),
        new("2223000010479399", Challenge, "Mastercard, asks for 3-D Secure"),
        new("378282246310005", Challenge, "American Express, asks for 3-D Secure"),
        new("4242424242424242", Challenge, "Visa, asks for 3-D Secure"),
        new("4000000000000002", Frictionless, "paid at once, no bank page"),
        new("4000000000000010", FrictionlessDeclined, "refused at once: card_declined"),
        new("4000000000000028", InsufficientFunds, "refused after the bank page: insufficient_funds"),
        new("4000000000000036", AcsDown, "the bank's check is down: authentication_unavailable_acs"),
        new("4000000000000044", PendingThenPaid, "pending after the bank page, paid 10 seconds later"),
        new("4000000000000051", LateCallback, "paid, but the callback comes 20 seconds after the customer"),
        new("4000000000000069", EarlyCallback, "paid at once, and the callback comes before the answer"),
        new("4000000000000077", RefusedByIssuer, "refused after the bank page: refused_by_issuer"),
    ];

    private static readonly FrozenDictionary<string, string> Behaviours =
        Listed.ToFrozenDictionary(card => card.Number, card => card.Behaviour);

    private static readonly FrozenDictionary<long, string> FailingAmounts = new Dictionary<long, string>
    {
        [1001_00] = "invalid_card_number",
        [1002_00] = "invalid_cvv",
        [1003_00] = "invalid_card_holder_name",
        [1004_00] = "card_expired",
        [1005_00] = "invalid_card_type",
        [1006_00] = "refused_by_issuer",
        [1007_00] = "insufficient_funds",
        [1008_00] = "inactive_card",
        [1009_00] = "possible_fraud",
        [1010_00] = "authentication_failed",
        [1011_00] = "card_declined",
    }.ToFrozenDictionary();

    /// <summary>
    /// Why a payment of this amount, with this card, fails when the customer approves it; nothing if it does not.
    /// </summary>
    public static string? FailureOf(Amount amount, Card? card) =>
        amount.Currency == "EUR" && FailingAmounts.TryGetValue(amount.Minor, out var reason) ? reason
        : card?.Behaviour switch
        {
            InsufficientFunds => "insufficient_funds",
            RefusedByIssuer => "refused_by_issuer",
            _ => null,
        };

    /// <summary>Makes the card that the number stands for, or names the field that is wrong. Expiry is MM/YY.</summary>
    public static (Card? Card, string? WrongField) Read(
        string number, string expiry, string cvv, string holder, DateTimeOffset now)
    {
        var digits = string.Concat(number.Where(char.IsAsciiDigit));
        if (number.Any(sign => !char.IsAsciiDigit(sign) && sign is not (' ' or '-')) || !IsCardNumber(digits))
        {
            return (null, "cardNumber");
        }

        if (ReadExpiry(expiry) is not { } month || month.Year * 12 + month.Month < now.Year * 12 + now.Month)
        {
            return (null, "expiryDate");
        }

        var label = LabelOf(digits);
        if (!cvv.All(char.IsAsciiDigit) || cvv.Length != (label == "American Express" ? 4 : 3))
        {
            return (null, "verificationCode");
        }

        if (holder.Trim().Length is < 2 or > 120 || holder.Count(char.IsAsciiDigit) > 3)
        {
            return (null, "cardHolder");
        }

        var fingerprint = Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes("card " + digits)))[..16];
        var written = $"{month.Month:00}/{month.Year % 100:00}";
        return (new Card(label, digits[..6], digits[^4..], written, holder.Trim(), fingerprint,
            Behaviours.GetValueOrDefault(digits, Challenge)), null);
    }

    private static (int Year, int Month)? ReadExpiry(string expiry)
    {
        var parts = expiry.Split('/', StringSplitOptions.TrimEntries);
        return parts is [{ Length: 1 or 2 } month, { Length: 2 or 4 } year]
            && int.TryParse(month, NumberStyles.None, CultureInfo.InvariantCulture, out var monthNumber)
            && int.TryParse(year, NumberStyles.None, CultureInfo.InvariantCulture, out var yearNumber)
            && monthNumber is >= 1 and <= 12
            ? (yearNumber % 100 + 2000, monthNumber)
            : null;
    }

    private static string LabelOf(string digits) => digits switch
    {
        ['4', ..] => "Visa",
        ['3', '4' or '7', ..] => "American Express",
        ['5', >= '1' and <= '5', ..] or ['2', ..] => "Mastercard",
        ['6', ..] or ['5', ..] => "Maestro",
        _ => "Carta Si",
    };

    private static bool IsCardNumber(string digits)
    {
        if (digits.Length is < 13 or > 19)
        {
            return false;
        }

        var sum = 0;
        for (var i = 0; i < digits.Length; i++)
        {
            var digit = digits[^(i + 1)] - '0';
            var weighed = i % 2 == 0 ? digit : digit * 2;
            sum += weighed > 9 ? weighed - 9 : weighed;
        }

        return sum % 10 == 0;
    }
}
