namespace PayLinks.Core.Reconciliation;

/// <summary>How Mollie's books and ours can disagree. The names are stored: add, never rename.</summary>
public enum DifferenceKind
{
    /// <summary>Only the comparison found it: no callback and no poll had. Asking Mollie has brought it here.</summary>
    Late,

    /// <summary>Mollie has it, we do not.</summary>
    Unknown,

    /// <summary>We have it as Mollie's, Mollie does not.</summary>
    Missing,

    /// <summary>One side says that money moved, the other that it did not.</summary>
    Status,

    /// <summary>Amount or currency.</summary>
    Amount,

    /// <summary>What of a payment was given back.</summary>
    Refunded,

    /// <summary>What of a payment the customer's bank took back.</summary>
    Disputed,
}

public enum BookSubject
{
    Payment,
    Refund,
    Dispute,
}

/// <summary>What one side's books say of a payment, a refund or a dispute.</summary>
/// <param name="Status">In that side's own words.</param>
/// <param name="Moved">Whether the money moved: paid, on its way back, taken back and not returned.</param>
/// <param name="Value">A wire value, like <c>49.90</c>, as the two that follow.</param>
/// <param name="Refunded">Of a payment: what was given back or is on its way.</param>
/// <param name="Disputed">Of a payment: what the customer's bank has taken back.</param>
public sealed record BookEntry(
    string Status, bool Moved, string Value, string Currency, string? Refunded = null, string? Disputed = null)
{
    /// <summary>The gravest disagreement of two entries about the same thing, or null.</summary>
    public static DifferenceKind? Difference(BookEntry ours, BookEntry theirs) =>
        (ours.Value, ours.Currency) != (theirs.Value, theirs.Currency) ? DifferenceKind.Amount
        : ours.Moved != theirs.Moved ? DifferenceKind.Status
        : ours.Refunded != theirs.Refunded ? DifferenceKind.Refunded
        : ours.Disputed != theirs.Disputed ? DifferenceKind.Disputed
        : null;
}
