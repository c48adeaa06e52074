using PayLinks.Core.Database;
using PayLinks.Core.Disputes;
using PayLinks.Core.Links;
using PayLinks.Core.Refunds;

namespace PayLinks.Core.Wire;

// A link as it goes out, to whoever asks for it and to whom notices are sent.

public sealed record AmountAnswer(string Value, string Currency)
{
    public static AmountAnswer From(Money money) => new(money.Value, money.Currency.Code);
}

public sealed record CustomerAnswer(string? Name, string? Phone, string? Email, string Locale);

/// <summary>An SMS or email.</summary>
/// <param name="Status">queued, sending, accepted, delivered, undelivered, failed, unknown or suppressed.</param>
/// <param name="Reason">Why it ended badly, was not sent, or still waits.</param>
public sealed record MessageAnswer(string Id, string Channel, string Purpose, string To, string Status, string? Reason)
{
    public static MessageAnswer From(MessageView message) => new(
        PublicId.Format(PublicId.Message, message.Id), message.Channel.ToText(), message.Purpose.ToText(),
        message.Recipient, message.Status.ToText(), message.Reason);
}

public sealed record CardAnswer(string? Brand, string? Last4);

/// <summary>One attempt to pay.</summary>
/// <param name="Surplus">Paid although the link had been paid already.</param>
public sealed record PaymentAnswer(
    string Id, string Status, string? Method, CardAnswer? Card, string? FailureReason, bool Surplus,
    DateTimeOffset CreatedAt)
{
    public static PaymentAnswer From(PaymentView payment) => new(
        PublicId.Format(PublicId.Payment, payment.Id), payment.Status.ToText(), payment.Method,
        (payment.CardBrand ?? payment.CardLast4) is null ? null : new CardAnswer(payment.CardBrand, payment.CardLast4),
        payment.FailureReason, payment.Surplus, payment.CreatedAt);
}

/// <summary>Money on its way back to the customer.</summary>
/// <param name="Status">requested, creating and unknown until Mollie has it; then Mollie's words.</param>
/// <param name="Cause">merchant, surplus (paid twice), late (paid after the end), or external (made at Mollie).</param>
public sealed record RefundAnswer(
    string Id, string Payment, string Status, AmountAnswer Amount, string Cause, string? Reason, string? FailureReason,
    DateTimeOffset CreatedAt, DateTimeOffset? RefundedAt)
{
    public static RefundAnswer From(RefundView refund) => new(
        PublicId.Format(PublicId.Refund, refund.Id), PublicId.Format(PublicId.Payment, refund.PaymentId),
        refund.Status.ToText(), AmountAnswer.From(refund.Amount), refund.Cause.ToText(), refund.Reason,
        refund.FailureReason, refund.CreatedAt, refund.RefundedAt);
}

/// <summary>Money that the customer's bank took back.</summary>
public sealed record DisputeAnswer(
    string Id, string Payment, string Status, AmountAnswer Amount, string? Reason, DateTimeOffset ReceivedAt,
    DateTimeOffset? ReversedAt)
{
    public static DisputeAnswer From(DisputeView dispute) => new(
        PublicId.Format(PublicId.Dispute, dispute.Id), PublicId.Format(PublicId.Payment, dispute.PaymentId),
        dispute.Status.ToText(), AmountAnswer.From(dispute.Amount), dispute.Reason, dispute.ReceivedAt,
        dispute.ReversedAt);
}

/// <summary>A link.</summary>
/// <param name="Status">open, processing, paid, expired or canceled.</param>
/// <param name="Url">The customer's page; whoever has it can pay.</param>
/// <param name="Late">Paid after it had expired or been canceled.</param>
public sealed record LinkAnswer(
    string Id,
    string Mode,
    string Status,
    string Url,
    AmountAnswer Amount,
    string Description,
    string? Reference,
    CustomerAnswer Customer,
    DateTimeOffset CreatedAt,
    string CreatedBy,
    DateTimeOffset ExpiresAt,
    DateTimeOffset? PaidAt,
    DateTimeOffset? CanceledAt,
    bool Late,
    AmountAnswer Refunded,
    string? ReturnUrl,
    IReadOnlyList<MessageAnswer> Messages,
    IReadOnlyList<PaymentAnswer> Payments,
    IReadOnlyList<RefundAnswer> Refunds,
    IReadOnlyList<DisputeAnswer> Disputes,
    IReadOnlyDictionary<string, string> Metadata)
{
    public static LinkAnswer From(LinkView link) => new(
        PublicId.Format(PublicId.Link, link.Id),
        link.Mode,
        link.Status.ToText(),
        link.Url,
        AmountAnswer.From(link.Amount),
        link.Description,
        link.Reference,
        new CustomerAnswer(link.CustomerName, link.Phone, link.Email, link.Locale),
        link.CreatedAt,
        link.CreatedBy,
        link.ExpiresAt,
        link.PaidAt,
        link.CanceledAt,
        link.Late,
        AmountAnswer.From(link.Refunded),
        link.ReturnUrl,
        [.. link.Messages.Select(MessageAnswer.From)],
        [.. link.Payments.Select(PaymentAnswer.From)],
        [.. link.Refunds.Select(RefundAnswer.From)],
        [.. link.Disputes.Select(DisputeAnswer.From)],
        link.Metadata);
}

/// <summary>Something that happened, with the link as it stands now.</summary>
/// <param name="Sequence">Numbers the link's events, from 1, without gaps.</param>
public sealed record LinkEventAnswer(
    string Id, string Type, int Sequence, DateTimeOffset CreatedAt, LinkAnswer Data)
{
    public static LinkEventAnswer From(
        Guid eventId, string type, int sequence, DateTimeOffset createdAt, LinkView link) =>
        new(PublicId.Format(PublicId.Event, eventId), type, sequence, createdAt, LinkAnswer.From(link));
}
