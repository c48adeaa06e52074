using System.Text.Json.Nodes;
using PayLinks.Sandbox.Books;

namespace PayLinks.Sandbox.Control;

/// <summary>The books as bare arrays, whole, newest first.</summary>
internal static class ShowBooks
{
    /// <summary>What the providers accepted from PayLinks; what customers write is on the page only.</summary>
    public static Answer Messages(Ledger books) =>
        List(books, b => b.Messages.NewestFirst().Where(message => !message.Inbound), Write);

    public static Answer Payments(Ledger books) => List(books, b => b.Payments.NewestFirst(), Write);

    public static Answer Refunds(Ledger books) => List(books, b => b.Refunds.NewestFirst(), Write);

    public static Answer Chargebacks(Ledger books) => List(books, b => b.Chargebacks.NewestFirst(), Write);

    public static JsonNode Write(Message message) => new JsonObject
    {
        ["id"] = message.Id,
        ["provider"] = message.Provider,
        ["channel"] = message.Channel,
        ["to"] = message.To,
        ["from"] = message.From,
        ["subject"] = message.Subject,
        ["text"] = message.Text,
        ["html"] = message.Html,
        ["headers"] = message.Headers is { } headers
            ? new JsonObject(headers.Select(header => KeyValuePair.Create(header.Key, (JsonNode?)header.Value)))
            : null,
        ["segments"] = message.Channel == "sms" ? message.Segments : null,
        ["status"] = message.Status,
        ["errorCode"] = message.ErrorCode,
        ["acceptedAt"] = message.AcceptedAt.UtcDateTime,
    };

    public static JsonNode Write(Payment payment) => new JsonObject
    {
        ["id"] = payment.Id,
        ["status"] = payment.Status,
        ["amount"] = payment.Amount.ToJson(),
        ["method"] = payment.Method,
        ["description"] = payment.Description,
        ["metadata"] = payment.Metadata is { } metadata ? JsonNode.Parse(metadata.GetRawText()) : null,
        ["webhookUrl"] = payment.WebhookUrl,
        ["redirectUrl"] = payment.RedirectUrl,
        ["profileId"] = payment.ProfileId,
        ["failureReason"] = payment.FailureReason,
        ["card"] = payment.Card is { } card
            ? new JsonObject { ["label"] = card.Label, ["last4"] = card.Last4 }
            : null,
        ["settlementId"] = payment.SettlementId,
        ["createdAt"] = payment.CreatedAt.UtcDateTime,
        ["expiresAt"] = payment.ExpiresAt.UtcDateTime,
    };

    public static JsonNode Write(Refund refund) => new JsonObject
    {
        ["id"] = refund.Id,
        ["paymentId"] = refund.PaymentId,
        ["amount"] = refund.Amount.ToJson(),
        ["description"] = refund.Description,
        ["status"] = refund.Status,
        ["createdAt"] = refund.CreatedAt.UtcDateTime,
    };

    public static JsonNode Write(Chargeback chargeback) => new JsonObject
    {
        ["id"] = chargeback.Id,
        ["paymentId"] = chargeback.PaymentId,
        ["amount"] = chargeback.Amount.ToJson(),
        ["createdAt"] = chargeback.CreatedAt.UtcDateTime,
        ["reversedAt"] = chargeback.ReversedAt?.UtcDateTime,
    };

    // Entries are immutable, so that only their list is taken under the lock and written after it.
    private static Answer List<T>(Ledger books, Func<Ledger, IEnumerable<T>> read, Func<T, JsonNode> write) =>
        Answer.Json(200, new JsonArray([.. books.Do(b => read(b).ToList()).Select(write)]));
}
