using PayLinks.Core.Database;
using PayLinks.Core.Links;

namespace PayLinks.Core.Wire;

// A link as it goes out, to whoever asks for it and to whom notices are sent.

public sealed record AmountAnswer(string Value, string Currency)
{
    public static AmountAnswer From(Money money) => new(money.Value, money.Currency.Code);
}

public sealed record CustomerAnswer(string? Name, string? Phone, string? Email, string Locale);

/// <summary>An SMS or email.</summary>
/// <param name="Status">queued, sending, accepted, delivered, undelivered, failed, unknown or suppressed.</param>
/// <param name="Reason">Why it ended badly or was not sent.</param>
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
        link.Metadata);
}

/// <summary>Something that happened, with the link as it stands now.</summary>
/// <param name="Sequence">Numbers the link's events, from 1, without gaps.</param>
public sealed record LinkEventAnswer(
    string Id, string Type, int Sequence, DateTimeOffset CreatedAt, LinkAnswer Data);
