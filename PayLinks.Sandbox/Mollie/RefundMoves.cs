using PayLinks.Sandbox.Books;

namespace PayLinks.Sandbox.Mollie;

/// <summary>Takes refunds through their states by the sandbox clock: queued, pending, processing, refunded.</summary>
internal sealed class RefundMoves(Ledger books, Agenda agenda, PaymentMoves payments)
{
    private static readonly TimeSpan PendingAfter = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan ProcessingAfter = TimeSpan.FromHours(2);
    private static readonly TimeSpan RefundedAfter = TimeSpan.FromHours(24);

    /// <summary>Puts a refund in this status. Mollie tells the shop of all but the first two.</summary>
    public Refund Move(Refund refund, string status)
    {
        var moved = refund with { Status = status };
        books.Refunds.Put(moved);
        if (status is RefundStatus.Processing or RefundStatus.Refunded or RefundStatus.Failed
            && books.Payments.TryFind(refund.PaymentId, out var payment))
        {
            payments.Tell(payment);
        }

        GoOnInTime(moved);
        return moved;
    }

    public void GoOnInTime(Refund refund)
    {
        (TimeSpan After, string Status)? next = refund.Status switch
        {
            RefundStatus.Queued => (PendingAfter, RefundStatus.Pending),
            RefundStatus.Pending => (ProcessingAfter, RefundStatus.Processing),
            RefundStatus.Processing => (RefundedAfter, RefundStatus.Refunded),
            _ => null,
        };

        if (next is not { } step)
        {
            return;
        }

        agenda.At(refund.CreatedAt + step.After, () => books.Do(b =>
        {
            if (b.Refunds.TryFind(refund.Id, out var now) && now.Status == refund.Status)
            {
                Move(now, step.Status);
            }
        }));
    }

    /// <summary>Writes the agenda for what an earlier run has left under way.</summary>
    public void Resume() => books.Do(b =>
    {
        foreach (var refund in b.Refunds.OldestFirst())
        {
            GoOnInTime(refund);
        }
    });
}
