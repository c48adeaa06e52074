using System.Diagnostics.CodeAnalysis;
using PayLinks.Sandbox.Books;
using PayLinks.Sandbox.Callbacks;

namespace PayLinks.Sandbox.Mollie;

/// <summary>
/// Moves payments from state to state and tells the shop where it asked to be told. Everything but
/// <see cref="TellNowAsync"/> is called within a step of the books.
/// </summary>
internal sealed class PaymentMoves(Ledger books, SandboxClock clock, Agenda agenda, CallbackSender callbacks)
{
    private static readonly TimeSpan PendingFor = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LateBy = TimeSpan.FromSeconds(20);

    /// <summary>What happens to a card before its bank asks anything: most wait for the customer.</summary>
    public Payment Charge(Payment payment) => payment.Card?.Behaviour switch
    {
        TestCards.Frictionless => Approve(payment),
        // The caller makes this one's callback itself, before it answers.
        TestCards.EarlyCallback => Approve(payment, tell: payment.CardToken is null),
        TestCards.FrictionlessDeclined => Finish(payment, PaymentStatus.Failed, "card_declined"),
        TestCards.AcsDown => Finish(payment, PaymentStatus.Failed, "authentication_unavailable_acs"),
        _ => payment,
    };

    /// <summary>The customer's bank said yes: paid, unless the amount or the card says otherwise.</summary>
    public Payment Approve(Payment payment, bool tell = true)
    {
        if (TestCards.FailureOf(payment.Amount, payment.Card) is { } reason)
        {
            return Finish(payment, PaymentStatus.Failed, reason, tell);
        }

        if (payment.Card?.Behaviour != TestCards.PendingThenPaid)
        {
            return Finish(payment, PaymentStatus.Paid, tell: tell);
        }

        var pending = Put(payment with { Status = PaymentStatus.Pending });
        PayInTime(pending);
        return pending;
    }

    /// <summary>Puts a payment in this status; a final one is told to the shop, as Mollie tells no other.</summary>
    public Payment Finish(Payment payment, string status, string? failureReason = null, bool tell = true)
    {
        var isFinal = status is not (PaymentStatus.Open or PaymentStatus.Pending);
        var moved = Put(payment with
        {
            Status = status,
            FinalAt = isFinal ? clock.Now : null,
            FailureReason = status == PaymentStatus.Failed ? failureReason ?? "card_declined" : null,
            Method = payment.Method ?? (status == PaymentStatus.Paid ? "creditcard" : null),
        });

        if (isFinal && tell)
        {
            Tell(moved, moved.Card?.Behaviour == TestCards.LateCallback ? LateBy : TimeSpan.Zero);
        }

        return moved;
    }

    /// <summary>Says only that something happened to the payment; the shop must look what.</summary>
    public void Tell(Payment payment, TimeSpan wait = default)
    {
        if (payment.WebhookUrl is { } url)
        {
            callbacks.PostForm(Providers.Mollie, url, Hint(payment), wait);
        }
    }

    /// <summary>Makes the first call before the caller goes on.</summary>
    public Task TellNowAsync(Payment payment, CancellationToken cancellationToken) => payment.WebhookUrl is { } url
        ? callbacks.PostFormNowAsync(Providers.Mollie, url, Hint(payment), cancellationToken)
        : Task.CompletedTask;

    public void ExpireInTime(Payment payment) => agenda.At(payment.ExpiresAt, () => books.Do(b =>
    {
        if (b.Payments.TryFind(payment.Id, out var now) && now.Status == PaymentStatus.Open
            && now.ExpiresAt <= clock.Now)
        {
            Finish(now, PaymentStatus.Expired);
        }
    }));

    /// <summary>A payment whose expiry has passed is expired, even when the agenda has not come to it yet.</summary>
    public bool TryFind(string id, [NotNullWhen(true)] out Payment? payment)
    {
        if (!books.Payments.TryFind(id, out payment))
        {
            return false;
        }

        if (payment.Status == PaymentStatus.Open && payment.ExpiresAt <= clock.Now)
        {
            payment = Finish(payment, PaymentStatus.Expired);
        }

        return true;
    }

    /// <summary>Writes the agenda for what an earlier run has left open.</summary>
    public void Resume() => books.Do(b =>
    {
        foreach (var payment in b.Payments.OldestFirst())
        {
            if (payment.Status == PaymentStatus.Open)
            {
                ExpireInTime(payment);
            }
            else if (payment.Status == PaymentStatus.Pending && payment.Card?.Behaviour == TestCards.PendingThenPaid)
            {
                PayInTime(payment);
            }
        }
    });

    private void PayInTime(Payment pending) => agenda.At(clock.Now + PendingFor, () => books.Do(b =>
    {
        if (b.Payments.TryFind(pending.Id, out var now) && now.Status == PaymentStatus.Pending)
        {
            Finish(now, PaymentStatus.Paid);
        }
    }));

    private Payment Put(Payment payment)
    {
        books.Payments.Put(payment);
        return payment;
    }

    private static Dictionary<string, string> Hint(Payment payment) => new() { ["id"] = payment.Id };
}
