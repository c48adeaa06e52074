using Dapper;
using PayLinks.Api.Links;
using PayLinks.Core;
using PayLinks.Core.Database;
using PayLinks.Core.Refunds;

namespace PayLinks.Api.Refunds;

/// <summary>What a refund was asked for with, as text.</summary>
/// <param name="AmountValue">Null, together with the currency, for all that is left.</param>
/// <param name="Reason">The customer reads it.</param>
public sealed record RefundDraft(string? AmountValue, string? Currency, string? Reason);

/// <summary>
/// Asks for money of a paid link to go back; the worker asks Mollie once this has been committed. The caller commits
/// and wakes.
/// </summary>
public sealed class RefundLink(LinkLimits limits, ShowLink show)
{
    // As long as Mollie's description may safely be in every bank's statement.
    private const int ReasonLengthMax = 140;

    private const string FindPaymentSql =
        """
        select id, currency from payment
        where merchant_id = paylinks_merchant() and link_id = @linkId and status = 'paid' and not surplus
        """;

    public async Task<RefundOutcome> ExecuteAsync(
        MerchantTransaction transaction, Actor actor, Guid linkId, RefundDraft draft)
    {
        if (await transaction.LockLinkAsync(actor, linkId) is null)
        {
            return new RefundOutcome.NotFound();
        }

        var errors = new List<FieldError>();
        var reason = CheckText.Read("/reason", draft.Reason, ReasonLengthMax, isProse: true, errors);
        Money? amount = draft is { AmountValue: null, Currency: null }
            ? null
            : CheckAmount.Read(draft.AmountValue, draft.Currency, limits, errors);
        var payment = await transaction.Connection.QuerySingleOrDefaultAsync<Payment>(FindPaymentSql, new { linkId });
        if (errors.Count == 0 && payment is not null && amount is { } asked && asked.Currency.Code != payment.Currency)
        {
            errors.Add(new FieldError("/amount/currency", FieldCodes.CurrencyDiffers, payment.Currency));
        }

        if (errors.Count > 0)
        {
            return new RefundOutcome.Invalid(errors);
        }

        if (payment is null)
        {
            return new RefundOutcome.Conflict(RefundConflicts.NotPaid);
        }

        var requested = await transaction.RequestRefundAsync(new NewRefund(
            linkId, payment.Id, RefundCause.Merchant, amount?.MinorUnits, reason, actor.Name));
        return requested switch
        {
            RefundRequest.Requested { RefundId: var id } => new RefundOutcome.Done(
                (await show.FindAsync(transaction, actor, linkId))!.Refunds.Single(refund => refund.Id == id)),
            RefundRequest.TooMuch { Left.MinorUnits: 0 } => new RefundOutcome.Conflict(RefundConflicts.NothingToRefund),
            RefundRequest.TooMuch { Left: var left } => new RefundOutcome.Invalid(
                [new FieldError("/amount/value", FieldCodes.AmountTooLarge, left.Value)]),
            _ => new RefundOutcome.Conflict(RefundConflicts.DuplicateRefund),
        };
    }

    private sealed record Payment(Guid Id, string Currency);
}
