using System.Text.Json.Nodes;
using PayLinks.Sandbox.Books;

namespace PayLinks.Sandbox.Mollie;

/// <summary>A way to pay that is switched on for every profile.</summary>
/// <param name="IsWallet">Listed only for shops that say they can show it.</param>
internal sealed record PaymentMethod(
    string Id, string English, string Italian, string? OnlyCurrency, string MaximumValue, bool IsWallet = false)
{
    public string Name(string locale) =>
        locale.StartsWith("it", StringComparison.OrdinalIgnoreCase) ? Italian : English;

    public bool Takes(Amount amount) =>
        (OnlyCurrency is null || OnlyCurrency == amount.Currency) && amount.Minor <= MaximumIn(amount.Currency).Minor;

    /// <summary>As many minor units in any currency.</summary>
    public Amount MaximumIn(string currency) =>
        new(Amount.TryParse(MaximumValue, "EUR", out var maximum) ? maximum.Minor : long.MaxValue, currency);
}

/// <summary>The ways to pay.</summary>
internal static class PaymentMethods
{
    public static readonly IReadOnlyList<PaymentMethod> Enabled =
    [
        new("creditcard", "Card", "Carta", OnlyCurrency: null, "9999999.99"),
        new("paypal", "PayPal", "PayPal", OnlyCurrency: null, "8000.00"),
        new("satispay", "Satispay", "Satispay", "EUR", "5000.00"),
        new("bancomatpay", "BANCOMAT Pay", "BANCOMAT Pay", "EUR", "1500.00"),
        new("applepay", "Apple Pay", "Apple Pay", OnlyCurrency: null, "10000.00", IsWallet: true),
        new("banktransfer", "Bank transfer", "Bonifico bancario", "EUR", "1000000.00"),
    ];

    /// <summary>Methods that Mollie has and that this account has not switched on.</summary>
    private static readonly IReadOnlyList<string> Others =
        ["bancontact", "belfius", "blik", "eps", "giftcard", "googlepay", "ideal", "kbc", "klarna",
         "mbway", "multibanco", "mybank", "paysafecard", "przelewy24", "trustly", "twint"];

    public static bool IsEnabled(string id) => Enabled.Any(method => method.Id == id);

    public static bool IsKnown(string id) => IsEnabled(id) || Others.Contains(id);

    /// <param name="currency">What the bounds are told in.</param>
    public static JsonObject Write(
        PaymentMethod method, string locale, string origin, string currency = "EUR") => new()
        {
            ["resource"] = "method",
            ["id"] = method.Id,
            ["description"] = method.Name(locale),
            ["minimumAmount"] = new Amount(1, currency).ToJson(),
            ["maximumAmount"] = method.MaximumIn(currency).ToJson(),
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
