using PayLinks.Api.Links;
using PayLinks.Core;
using PayLinks.Core.Database;

namespace PayLinks.Api.V1;

// What goes out.

public sealed record AmountAnswer(string Value, string Currency)
{
    internal static AmountAnswer From(Money money) => new(money.Value, money.Currency.Code);
}

public sealed record CustomerAnswer(string? Name, string? Phone, string? Email, string Locale);

/// <summary>An SMS or email.</summary>
/// <param name="Status">queued, sending, accepted, delivered, undelivered, failed, unknown or suppressed.</param>
/// <param name="Reason">Why it ended badly or was not sent.</param>
public sealed record MessageAnswer(string Id, string Channel, string Purpose, string To, string Status, string? Reason)
{
    internal static MessageAnswer From(MessageView message) => new(
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
    internal static PaymentAnswer From(PaymentView payment) => new(
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
    internal static LinkAnswer From(LinkView link) => new(
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

/// <summary>Part of a list.</summary>
/// <param name="NextCursor">For <c>after</c> (or <c>before</c>, if that was asked); null when there is no more.</param>
public sealed record LinkPageAnswer(IReadOnlyList<LinkAnswer> Data, bool HasMore, string? NextCursor);

/// <summary>Something that happened to a link.</summary>
/// <param name="Sequence">From 1, without gaps.</param>
/// <param name="Actor">key_…, usr_…, customer, worker, or a provider's name.</param>
public sealed record EventAnswer(
    string Id, string Type, int Sequence, DateTimeOffset CreatedAt, string Actor,
    IReadOnlyDictionary<string, string> Data)
{
    internal static EventAnswer From(LinkEvent happened) => new(
        PublicId.Format(PublicId.Event, happened.Id), happened.Type, happened.Sequence, happened.CreatedAt,
        happened.Actor, happened.Data);
}

/// <summary>Part of a timeline, oldest first.</summary>
public sealed record EventPageAnswer(IReadOnlyList<EventAnswer> Data, bool HasMore, string? NextCursor);
