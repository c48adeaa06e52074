using System.Text.Json.Nodes;
using PayLinks.Sandbox.Books;

namespace PayLinks.Sandbox.Mollie;

/// <summary>
/// A payment as Mollie shows it. Written within a step of the books, as it counts refunds and chargebacks.
/// </summary>
internal static class PaymentHal
{
    public static JsonObject Write(Payment payment, Ledger books, string origin, string embed = "")
    {
        var body = new JsonObject
        {
            ["resource"] = "payment",
            ["id"] = payment.Id,
            ["mode"] = payment.Mode,
            ["createdAt"] = Hal.Time(payment.CreatedAt),
            ["amount"] = payment.Amount.ToJson(),
            ["description"] = payment.Description,
            ["method"] = payment.Method,
            ["metadata"] = payment.Metadata is { } metadata ? JsonNode.Parse(metadata.GetRawText()) : null,
            ["status"] = payment.Status,
        };

        WriteTimes(body, payment);
        body["profileId"] = payment.ProfileId;
        body["sequenceType"] = payment.SequenceType;
        SetIfAny(body, "redirectUrl", payment.RedirectUrl);
        SetIfAny(body, "cancelUrl", payment.CancelUrl);
        SetIfAny(body, "webhookUrl", payment.WebhookUrl);
        SetIfAny(body, "locale", payment.Locale);
        SetIfAny(body, "restrictPaymentMethodsToCountry", payment.RestrictPaymentMethodsToCountry);
        SetIfAny(body, "settlementId", payment.SettlementId);
        if (payment.BillingAddress is { } billing)
        {
            body["billingAddress"] = JsonNode.Parse(billing.GetRawText());
        }

        if (payment.ShippingAddress is { } shipping)
        {
            body["shippingAddress"] = JsonNode.Parse(shipping.GetRawText());
        }

        WriteMoney(body, payment, books);
        WriteDetails(body, payment);
        body["_links"] = Links(payment, origin);
        WriteEmbedded(body, payment, books, origin, embed);
        return body;
    }

    private static void WriteTimes(JsonObject body, Payment payment)
    {
        if (!payment.IsFinal)
        {
            body["isCancelable"] = payment.IsCancelable;
            body["expiresAt"] = Hal.Time(payment.ExpiresAt);
        }
        else if (payment.FinalAt is { } at)
        {
            body[$"{payment.Status}At"] = Hal.Time(at);
        }
    }

    private static void WriteMoney(JsonObject body, Payment payment, Ledger books)
    {
        if (payment.Status != PaymentStatus.Paid)
        {
            return;
        }

        var refunded = RefundedOf(payment, books);
        var chargedBack = ChargebacksOf(payment, books)
            .Where(chargeback => chargeback.ReversedAt is null).Sum(chargeback => chargeback.Amount.Minor);
        body["amountRefunded"] = (payment.Amount with { Minor = refunded }).ToJson();
        body["amountRemaining"] = (payment.Amount with { Minor = payment.Amount.Minor - refunded }).ToJson();
        if (chargedBack > 0)
        {
            body["amountChargedBack"] = (payment.Amount with { Minor = chargedBack }).ToJson();
        }

        body["settlementAmount"] = payment.Amount.ToJson();
        body["countryCode"] = "IT";
    }

    private static void WriteDetails(JsonObject body, Payment payment)
    {
        if (payment.Card is not { } card)
        {
            return;
        }

        var details = new JsonObject();
        SetIfAny(details, "cardToken", payment.CardToken);
        details["cardNumber"] = card.Last4;
        details["cardHolder"] = card.Holder;
        details["cardAudience"] = "consumer";
        details["cardLabel"] = card.Label;
        details["cardCountryCode"] = "IT";
        details["cardExpiryDate"] = card.Expiry;
        details["cardFunding"] = "debit";
        details["cardSecurity"] = card.Behaviour is TestCards.Frictionless or TestCards.EarlyCallback
            ? "normal"
            : "3dsecure";
        details["feeRegion"] = card.Label == "American Express" ? "amex-intra-eea" : "intra-eu";
        details["cardMaskedNumber"] = $"{card.Bin}******{card.Last4}";
        details["cardBin"] = card.Bin;
        details["cardIssuer"] = "Sandbox Bank";
        details["cardFingerprint"] = card.Fingerprint;
        if (payment.FailureReason is { } reason)
        {
            details["failureReason"] = reason;
            details["failureMessage"] = FailureWords.For(reason, payment.Locale);
        }

        body["details"] = details;
    }

    private static JsonObject Links(Payment payment, string origin)
    {
        var self = $"{origin}/v2/payments/{payment.Id}";
        var links = new JsonObject { ["self"] = Hal.Link(self) };
        if (payment.Status == PaymentStatus.Open)
        {
            links["checkout"] = Hal.Link(origin + payment.NextPage, "text/html");
        }

        if (payment.Status == PaymentStatus.Paid)
        {
            links["changePaymentState"] = Hal.Link($"{origin}/mollie/checkout/{payment.Id}", "text/html");
            links["refunds"] = Hal.Link($"{self}/refunds");
            links["chargebacks"] = Hal.Link($"{self}/chargebacks");
        }

        links["dashboard"] = Hal.Link($"{origin}/#{payment.Id}", "text/html");
        links["documentation"] = Hal.Documentation("reference/get-payment");
        return links;
    }

    private static void WriteEmbedded(
        JsonObject body, Payment payment, Ledger books, string origin, string embed)
    {
        if (embed.Length == 0)
        {
            return;
        }

        var embedded = new JsonObject();
        foreach (var what in embed.Split(','))
        {
            embedded[what] = what switch
            {
                "refunds" =>
                    new JsonArray([.. RefundsOf(payment, books).Select(refund => RefundHal.Write(refund, origin))]),
                "chargebacks" => new JsonArray(
                    [.. ChargebacksOf(payment, books).Select(chargeback => ChargebackHal.Write(chargeback, origin))]),
                _ => new JsonArray(),
            };
        }

        body["_embedded"] = embedded;
    }

    /// <summary>Minor units refunded or on their way.</summary>
    public static long RefundedOf(Payment payment, Ledger books) =>
        RefundsOf(payment, books).Where(refund => refund.Counts).Sum(refund => refund.Amount.Minor);

    public static IEnumerable<Refund> RefundsOf(Payment payment, Ledger books) =>
        payment.RefundIds.Reverse()
            .Select(id => books.Refunds.TryFind(id, out var refund) ? refund : null).OfType<Refund>();

    public static IEnumerable<Chargeback> ChargebacksOf(Payment payment, Ledger books) =>
        payment.ChargebackIds.Reverse()
            .Select(id => books.Chargebacks.TryFind(id, out var chargeback) ? chargeback : null).OfType<Chargeback>();

    private static void SetIfAny(JsonObject body, string name, string? value)
    {
        if (value is not null)
        {
            body[name] = value;
        }
    }
}
