using PayLinks.Api.Brand;
using PayLinks.Core;
using PayLinks.Core.Links;
using PayLinks.Core.Payments;

namespace PayLinks.Api.Pay;

/// <summary>What a customer can do with a link now.</summary>
public enum PayState
{
    /// <summary>Waits to be paid.</summary>
    Live,

    /// <summary>A payment is under way: it can be gone on with, no second one can be started.</summary>
    Processing,
    Paid,
    Expired,
    Canceled,
}

/// <summary>A link as its customer sees it.</summary>
/// <param name="Token">In lower case, for addresses.</param>
/// <param name="IsPastExpiry">By the database's clock, whether or not the link has been marked as expired yet.</param>
/// <param name="ProfileId">What mollie.js asks for; null while the merchant has no account at Mollie.</param>
/// <param name="Code">Four digits that an agent reads out.</param>
public sealed record PayLink(
    LinkToken Token, Guid MerchantId, Guid Id, string Mode, Money Amount, string Description, string? Reference,
    string Locale, LinkStatus Status, DateTimeOffset ExpiresAt, bool IsPastExpiry, DateTimeOffset? PaidAt,
    string? ReturnUrl, string? Code, Payee Payee, string? ProfileId)
{
    /// <summary>How else than by card it can be paid, as far as Mollie has told us lately.</summary>
    public IReadOnlyList<PaymentWay> Ways { get; init; } = [];

    /// <summary>The payment that settled the link, else the one under way, else the last.</summary>
    public PayAttempt? Payment { get; init; }

    public bool IsTest => Mode == "test";

    public PayState State => Status switch
    {
        LinkStatus.Paid => PayState.Paid,
        LinkStatus.Canceled => PayState.Canceled,
        LinkStatus.Expired => PayState.Expired,
        // What began before expiry may end after it.
        LinkStatus.Open or LinkStatus.Processing => Payment?.Status.IsUnderWay() == true ? PayState.Processing
            : IsPastExpiry ? PayState.Expired
            : PayState.Live,
    };

    /// <summary>The address of this link's pages, from the root.</summary>
    public string Path => $"/p/{Token.Value}";
}

/// <summary>Who is to be paid.</summary>
/// <param name="PrivacyUrl">Where it says what becomes of personal data.</param>
/// <param name="Color">Null for ours.</param>
public sealed record Payee(
    string Name, string? Phone, string Email, string? Address, string? VatNumber, string TimeZone, string? PrivacyUrl,
    BrandColor? Color, Logo? Logo);

/// <param name="Method">Mollie's name for how it is paid; null while it is to be chosen there.</param>
/// <param name="IsRecent">Young enough that its end is news to the customer.</param>
public sealed record PayAttempt(
    Guid Id, PaymentStatus Status, string? CheckoutUrl, string? FailureReason, string? Method, string? CardBrand,
    string? CardLast4, bool IsRecent)
{
    /// <summary>What the way to pay is called; null for a card.</summary>
    public string? Way => PaymentWays.NameOf(Method);

    /// <summary>Why it ended unpaid, in a word that customers may be told: nobody is told of a suspicion.</summary>
    public string? ToldReason => Status switch
    {
        PaymentStatus.Failed or PaymentStatus.Absent =>
            FailureReason is "possible_fraud" ? "refused_by_issuer"
            : FailureReason ?? (Way is null ? "unknown_reason" : "way_failed"),
        PaymentStatus.Canceled => "canceled",
        PaymentStatus.Expired => "expired",
        PaymentStatus.Paid => null,
        PaymentStatus.Creating or PaymentStatus.Unknown
            or PaymentStatus.Open or PaymentStatus.Pending or PaymentStatus.Authorized => null,
    };
}
