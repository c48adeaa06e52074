using System.Text.Json.Nodes;
using PayLinks.Sandbox.Books;

namespace PayLinks.Sandbox.Mollie;

/// <summary>A way to pay that is switched on for every profile.</summary>
internal sealed record PaymentMethod(
    string Id, string English, string Italian, string? OnlyCurrency, string MaximumValue)
{
    public string Name(string locale) =>
        locale.StartsWith("it", StringComparison.OrdinalIgnoreCase) ? Italian : English;

    public bool Takes(Amount amount)
    {
        if (OnlyCurrency is not null && OnlyCurrency != amount.Currency)
        {
            return false;
        }

        return !Amount.TryParse(MaximumValue, "EUR", out var maximum) || amount.Minor <= maximum.Minor;
    }
}

/// <summary>The ways to pay.</summary>
internal static class PaymentMethods
{
    public static readonly IReadOnlyList<PaymentMethod> Enabled =
    [
        new("creditcard", "Card", "Carta", OnlyCurrency: null, "9999999.99"),
        new("paypal", "PayPal", "PayPal", OnlyCurrency: null, "8000.00"),
        new("satispay", "Satispay", "Satispay", "EUR", "5000.00"),
        new("banktransfer", "Bank transfer", "Bonifico bancario", "EUR", "1000000.00"),
    ];

    /// <summary>Methods that Mollie has and that this account has not switched on.</summary>
    private static readonly IReadOnlyList<string> Others =
        ["applepay", "bancomatpay", "bancontact", "belfius", "blik", "eps", "giftcard", "ideal", "kbc", "klarna",
         "mbway", "multibanco", "mybank", "paysafecard", "przelewy24", "trustly", "twint"];

    public static bool IsEnabled(string id) => Enabled.Any(method => method.Id == id);

    public static bool IsKnown(string id) => IsEnabled(id) || Others.Contains(id);

    public static JsonObject Write(PaymentMethod method, string locale, string origin) => new()
    {
        ["resource"] = "method",
        ["id"] = method.Id,
        ["description"] = method.Name(locale),
        ["minimumAmount"] = new Amount(1, "EUR").ToJson(),
        ["maximumAmount"] = new JsonObject { ["value"] = method.MaximumValue, ["currency"] = "EUR" },
        ["image"] = new JsonObject
        {
            ["size1x"] = $"{origin}/assets/card.svg",
            ["size2x"] = $"{origin}/assets/card.svg",
            ["svg"] = $"{origin}/assets/card.svg",
        },
        ["status"] = "activated",
        ["_links"] = new JsonObject { ["self"] = Hal.Link($"{origin}/v2/methods/{method.Id}") },
    };
}
