using PayLinks.Core.Payments;

namespace PayLinks.Api.Console;

/// <summary>
/// Why a payment failed, as far as it helps staff help the customer. That there was not enough money is the customer's
/// affair, and a suspicion of fraud nobody's: both read as refused by the bank.
/// </summary>
public enum FailureClass
{
    Mistyped,
    ApprovalMissing,
    RefusedByBank,
    Technical,
}

public static class FailureClasses
{
    /// <summary>Null for a payment that has not failed.</summary>
    public static FailureClass? IfAny(PaymentStatus status, string? reason) =>
        status is PaymentStatus.Failed or PaymentStatus.Canceled or PaymentStatus.Expired or PaymentStatus.Absent
            ? Of(status, reason)
            : null;

    /// <param name="reason">One of Mollie's reasons, or ours, or null where none was given.</param>
    public static FailureClass Of(PaymentStatus status, string? reason) => reason switch
    {
        "invalid_card_number" or "invalid_cvv" or "invalid_card_holder_name" or "card_expired" => FailureClass.Mistyped,
        "authentication_abandoned" or "authentication_failed" or "authentication_required" =>
            FailureClass.ApprovalMissing,
        "authentication_unavailable_acs" or "invalid_method" or "technical" => FailureClass.Technical,
        null => status switch
        {
            // Left the bank's page, or never came back from it.
            PaymentStatus.Canceled or PaymentStatus.Expired => FailureClass.ApprovalMissing,
            PaymentStatus.Absent => FailureClass.Technical,
            _ => FailureClass.RefusedByBank,
        },
        _ => FailureClass.RefusedByBank,
    };
}
