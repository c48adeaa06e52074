using PayLinks.Core.Disputes;
using PayLinks.Core.Messages;
using PayLinks.Core.Payments;
using PayLinks.Core.Refunds;

namespace PayLinks.Core.Links;

/// <summary>A link as its merchant sees it, with its messages and payments, oldest first.</summary>
/// <param name="Status">Computed: an open link past its time is expired, whether or not the worker has said so.</param>
/// <param name="Url">The secret address of the customer's page.</param>
public sealed record LinkView(
    Guid Id,
    string Mode,
    LinkStatus Status,
    string Url,
    Money Amount,
    string Description,
    string? Reference,
    string? CustomerName,
    string? Phone,
    string? Email,
    string Locale,
    DateTimeOffset CreatedAt,
    string CreatedBy,
    DateTimeOffset ExpiresAt,
    DateTimeOffset? PaidAt,
    DateTimeOffset? CanceledAt,
    bool Late,
    Money Refunded,
    string? ReturnUrl,
    IReadOnlyDictionary<string, string> Metadata)
{
    /// <summary>Four digits that the page shows and an agent reads out; null for none.</summary>
    public string? Code { get; init; }

    public IReadOnlyList<MessageView> Messages { get; init; } = [];

    public IReadOnlyList<PaymentView> Payments { get; init; } = [];

    public IReadOnlyList<RefundView> Refunds { get; init; } = [];

    public IReadOnlyList<DisputeView> Disputes { get; init; } = [];

    /// <summary>What is left to give back of the payment that settled the link; nothing before that.</summary>
    public Money Refundable =>
        Payments.FirstOrDefault(payment => payment.Status == PaymentStatus.Paid && !payment.Surplus) is { } settling
            ? new Money(
                Math.Max(
                    0,
                    Amount.MinorUnits
                        - Refunds.Where(refund => refund.PaymentId == settling.Id && refund.Holds)
                            .Sum(refund => refund.Amount.MinorUnits)
                        - Disputes.Where(dispute => dispute.PaymentId == settling.Id && dispute.ReversedAt is null)
                            .Sum(dispute => dispute.Amount.MinorUnits)),
                Amount.Currency)
            : new Money(0, Amount.Currency);

    /// <summary>A payable link can still be opened and paid.</summary>
    public bool IsPayable => Status is LinkStatus.Open or LinkStatus.Processing;
}

/// <param name="Recipient">E.164, or an address.</param>
/// <param name="Reason">Why it failed, was not sent, or still waits; null while there is nothing to explain.</param>
public sealed record MessageView(
    Guid Id,
    MessageChannel Channel,
    MessagePurpose Purpose,
    string Recipient,
    MessageStatus Status,
    string? Reason,
    DateTimeOffset CreatedAt);

/// <param name="FailureReason">The payment provider's word for it.</param>
/// <param name="Surplus">Paid although the link had been paid already; it is to be given back.</param>
public sealed record PaymentView(
    Guid Id,
    PaymentStatus Status,
    string? Method,
    string? CardBrand,
    string? CardLast4,
    string? FailureReason,
    bool Surplus,
    DateTimeOffset CreatedAt);
