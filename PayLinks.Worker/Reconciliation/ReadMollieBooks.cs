using System.Runtime.CompilerServices;
using PayLinks.Core;
using PayLinks.Core.Mollie;
using PayLinks.Core.Reconciliation;

namespace PayLinks.Worker.Reconciliation;

/// <summary>One line of Mollie's lists.</summary>
/// <param name="PaymentId">Mollie's id of the payment it belongs to, or its own.</param>
/// <param name="OurPayment">Our id that its metadata names.</param>
/// <param name="MovedAt">When money last moved, as far as the list tells.</param>
internal sealed record Listed(
    string Id, string PaymentId, Guid? OurPayment, BookEntry Entry, DateTimeOffset CreatedAt, DateTimeOffset MovedAt);

/// <summary>Mollie did not let us read its books to the end; what was compared so far is void.</summary>
/// <param name="reason">A word of <c>reconciliation.interruption</c>.</param>
internal sealed class BooksClosedException(string reason) : Exception($"Mollie's books are closed: {reason}.")
{
    public string Reason { get; } = reason;
}

/// <summary>Pages through what Mollie has booked since an instant.</summary>
internal sealed class ReadMollieBooks(MollieClient mollie)
{
    /// <summary>The list's pages, newest first, down to what was made at <paramref name="since"/>.</summary>
    /// <exception cref="BooksClosedException">Mollie did not answer, or refused.</exception>
    public async IAsyncEnumerable<IReadOnlyList<Listed>> ListAsync(
        BookSubject about, string key, DateTimeOffset since, [EnumeratorCancellation] CancellationToken stop)
    {
        string? from = null;
        do
        {
            var (page, next) = about switch
            {
                BookSubject.Payment => Payments(Open(await mollie.ListPaymentsAsync(key, from, stop))),
                BookSubject.Refund => Refunds(Open(await mollie.ListAllRefundsAsync(key, from, stop))),
                BookSubject.Dispute => Disputes(Open(await mollie.ListChargebacksAsync(key, from, stop))),
            };
            yield return page.FindAll(entry => entry.CreatedAt >= since);
            from = page.Count > 0 && page[^1].CreatedAt >= since ? next : null;
        }
        while (from is not null);
    }

    /// <summary>Whether Mollie has it after all, although no list of this period held it.</summary>
    /// <exception cref="BooksClosedException">Mollie did not answer, or refused.</exception>
    public async Task<bool> HasAsync(
        BookSubject about, string id, string paymentId, string key, CancellationToken stop)
    {
        var answer = await mollie.GetPaymentAsync(key, paymentId, stop);
        if (answer is MollieAnswer<MolliePayment>.Refused { Error.Status: 404 })
        {
            return false;
        }

        var payment = Open(answer);
        return about switch
        {
            BookSubject.Payment => true,
            BookSubject.Refund => payment.Embedded?.Refunds?.Any(refund => refund.Id == id) == true,
            BookSubject.Dispute => payment.Embedded?.Chargebacks?.Any(chargeback => chargeback.Id == id) == true,
        };
    }

    private static (List<Listed> Page, string? Next) Payments(MolliePaymentList list) =>
        ([.. list.Embedded.Payments.Select(Read)], list.Links?.NextFrom);

    private static (List<Listed> Page, string? Next) Refunds(MollieReturnList list) =>
        ([.. (list.Embedded.Refunds ?? []).Select(Read)], list.Links?.NextFrom);

    private static (List<Listed> Page, string? Next) Disputes(MollieReturnList list) =>
        ([.. (list.Embedded.Chargebacks ?? []).Select(Read)], list.Links?.NextFrom);

    private static Listed Read(MolliePayment payment)
    {
        // Mollie leaves the sums out of a payment that was never paid, and of one that was never disputed.
        var nothing = Currency.TryGet(payment.Amount.Currency, out var currency)
            ? new Money(0, currency).Value
            : "0.00";
        var entry = new BookEntry(
            payment.Status, payment.Status == "paid", payment.Amount.Value, payment.Amount.Currency,
            payment.AmountRefunded?.Value ?? nothing, payment.AmountChargedBack?.Value ?? nothing);
        Guid? ours = PublicId.TryParse(PublicId.Payment, payment.OurPayment, out var id) ? id : null;
        return new Listed(
            payment.Id, payment.Id, ours, entry, payment.CreatedAt, payment.PaidAt ?? payment.CreatedAt);
    }

    private static Listed Read(MollieRefund refund)
    {
        var isOnItsWay = refund.Status is "queued" or "pending" or "processing" or "refunded";
        var entry = new BookEntry(refund.Status, isOnItsWay, refund.Amount.Value, refund.Amount.Currency);
        return new Listed(
            refund.Id, refund.PaymentId ?? "", OurPayment: null, entry, refund.CreatedAt, refund.CreatedAt);
    }

    private static Listed Read(MollieChargeback chargeback)
    {
        var entry = new BookEntry(
            chargeback.ReversedAt is null ? "received" : "reversed", chargeback.ReversedAt is null,
            chargeback.Amount.Value, chargeback.Amount.Currency);
        return new Listed(
            chargeback.Id, chargeback.PaymentId ?? "", OurPayment: null, entry, chargeback.CreatedAt,
            chargeback.ReversedAt ?? chargeback.CreatedAt);
    }

    private static T Open<T>(MollieAnswer<T> answer) => answer switch
    {
        MollieAnswer<T>.Done done => done.Value,
        MollieAnswer<T>.Refused => throw new BooksClosedException("mollie_refused"),
        _ => throw new BooksClosedException("mollie_unreachable"),
    };
}
