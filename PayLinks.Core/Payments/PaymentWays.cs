using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Serialization;
using PayLinks.Core.Mollie;

namespace PayLinks.Core.Payments;

/// <summary>A way to pay other than a card typed on our page, and the amounts that it takes.</summary>
/// <param name="Method">Mollie's name for it.</param>
/// <param name="ToMinor">Null: no bound of its own.</param>
public sealed record PaymentWay(string Method, long FromMinor, long? ToMinor)
{
    public bool Takes(Money amount) => amount.MinorUnits >= FromMinor && !(amount.MinorUnits > ToMinor);
}

/// <summary>
/// The ways to pay that a page can offer by name alone: they need nothing but the amount, end while the customer waits
/// and pay all of it. What takes days (bank transfer), more fields (Klarna) or a part of the amount (vouchers) is left
/// to Mollie's own page.
/// </summary>
public static class PaymentWays
{
    private const string ApplePay = "applepay";
    private const string GooglePay = "googlepay";
    private const string Euro = "EUR";

    // Brands are the same in every language.
    private static readonly FrozenDictionary<string, string> Names = new Dictionary<string, string>
    {
        [ApplePay] = "Apple Pay",
        [GooglePay] = "Google Pay",
        ["bancomatpay"] = "BANCOMAT Pay",
        ["bancontact"] = "Bancontact",
        ["belfius"] = "Belfius",
        ["bizum"] = "Bizum",
        ["blik"] = "BLIK",
        ["eps"] = "eps",
        ["ideal"] = "iDEAL",
        ["kbc"] = "KBC/CBC",
        ["mbway"] = "MB WAY",
        ["mobilepay"] = "MobilePay",
        ["mybank"] = "MyBank",
        ["paybybank"] = "Pay by Bank",
        ["paypal"] = "PayPal",
        ["przelewy24"] = "Przelewy24",
        ["satispay"] = "Satispay",
        ["swish"] = "Swish",
        ["trustly"] = "Trustly",
        ["twint"] = "TWINT",
        ["vipps"] = "Vipps",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>What people call it; null for a card, for nothing, and for what we do not offer.</summary>
    /// <param name="method">Mollie's name.</param>
    public static string? NameOf(string? method) => method is null ? null : Names.GetValueOrDefault(method);

    /// <summary>
    /// The amount to ask Mollie with: none in euros, where it tells every way to pay together with its bounds.
    /// </summary>
    public static Money? ToAskWith(Money newest) => newest.Currency.Code == Euro ? null : newest;

    /// <summary>What we can offer of a list, as it is stored: wallets first, then in Mollie's order.</summary>
    public static string Write(MollieMethodList list, Currency currency) => JsonSerializer.Serialize(
        [
            .. list.Embedded.Methods
                .Where(method => Names.ContainsKey(method.Id))
                .OrderByDescending(method => method.Id is ApplePay or GooglePay)
                .Select(method => Of(method, currency))
                .OfType<PaymentWay>(),
        ],
        PaymentWayJson.Default.ListPaymentWay);

    /// <summary>The ways of a stored list that take this amount.</summary>
    public static IReadOnlyList<PaymentWay> Read(string stored, Money amount) =>
        [.. JsonSerializer.Deserialize(stored, PaymentWayJson.Default.ListPaymentWay)!.Where(way => way.Takes(amount))];

    // Null for bounds that cannot be held against the amounts of links.
    private static PaymentWay? Of(MollieMethod method, Currency currency)
    {
        long? Minor(MollieAmount? bound) =>
            bound?.Currency == currency.Code && Money.TryParse(bound.Value, currency, out var money)
                ? money.MinorUnits
                : null;

        return (Minor(method.MinimumAmount), Minor(method.MaximumAmount), method.MaximumAmount) switch
        {
            ({ } from, { } to, _) => new PaymentWay(method.Id, from, to),
            ({ } from, null, null) => new PaymentWay(method.Id, from, null),
            _ => null,
        };
    }
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(List<PaymentWay>))]
internal sealed partial class PaymentWayJson : JsonSerializerContext;
