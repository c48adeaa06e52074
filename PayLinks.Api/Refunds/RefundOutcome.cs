using PayLinks.Api.Links;
using PayLinks.Core.Refunds;

namespace PayLinks.Api.Refunds;

/// <summary>What became of something done about a refund.</summary>
public abstract record RefundOutcome
{
    private RefundOutcome()
    {
    }

    public sealed record Done(RefundView Refund) : RefundOutcome;

    /// <summary>There is no such link or refund, or not for this actor.</summary>
    public sealed record NotFound : RefundOutcome;

    /// <param name="Code">One of <see cref="RefundConflicts"/>.</param>
    public sealed record Conflict(string Code) : RefundOutcome;

    public sealed record Invalid(IReadOnlyList<FieldError> Errors) : RefundOutcome;
}

/// <summary>Why money cannot be given back, or the giving back not be stopped, as the API spells it.</summary>
public static class RefundConflicts
{
    public const string NotPaid = "not_paid";
    public const string NothingToRefund = "nothing_to_refund";
    public const string DuplicateRefund = "duplicate_refund";
    public const string RefundUnderWay = "refund_under_way";
}
