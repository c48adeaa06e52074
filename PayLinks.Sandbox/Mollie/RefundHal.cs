using System.Text.Json.Nodes;
using PayLinks.Sandbox.Books;

namespace PayLinks.Sandbox.Mollie;

/// <summary>A refund as Mollie shows it.</summary>
internal static class RefundHal
{
    public static JsonNode Write(Refund refund, string origin) => new JsonObject
    {
        ["resource"] = "refund",
        ["id"] = refund.Id,
        ["mode"] = refund.Mode,
        ["amount"] = refund.Amount.ToJson(),
        ["settlementAmount"] = (refund.Amount with { Minor = -refund.Amount.Minor }).ToJson(),
        ["status"] = refund.Status,
        ["createdAt"] = Hal.Time(refund.CreatedAt),
        ["description"] = refund.Description,
        ["metadata"] = refund.Metadata is { } metadata ? JsonNode.Parse(metadata.GetRawText()) : null,
        ["paymentId"] = refund.PaymentId,
        ["_links"] = new JsonObject
        {
            ["self"] = Hal.Link($"{origin}/v2/payments/{refund.PaymentId}/refunds/{refund.Id}"),
            ["payment"] = Hal.Link($"{origin}/v2/payments/{refund.PaymentId}"),
            ["documentation"] = Hal.Documentation("reference/get-refund"),
        },
    };
}

/// <summary>A chargeback as Mollie shows it.</summary>
internal static class ChargebackHal
{
    public static JsonNode Write(Chargeback chargeback, string origin) => new JsonObject
    {
        ["resource"] = "chargeback",
        ["id"] = chargeback.Id,
        ["amount"] = chargeback.Amount.ToJson(),
        ["settlementAmount"] = (chargeback.Amount with { Minor = -chargeback.Amount.Minor }).ToJson(),
        ["reason"] = new JsonObject { ["code"] = "10.4", ["description"] = "Other Fraud - Card Absent Environment" },
        ["paymentId"] = chargeback.PaymentId,
        ["createdAt"] = Hal.Time(chargeback.CreatedAt),
        ["reversedAt"] = chargeback.ReversedAt is { } at ? Hal.Time(at) : null,
        ["_links"] = new JsonObject
        {
            ["self"] = Hal.Link($"{origin}/v2/payments/{chargeback.PaymentId}/chargebacks/{chargeback.Id}"),
            ["payment"] = Hal.Link($"{origin}/v2/payments/{chargeback.PaymentId}"),
            ["documentation"] = Hal.Documentation("reference/get-chargeback"),
        },
    };
}
