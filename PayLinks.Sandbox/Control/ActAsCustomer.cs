using System.Collections.Frozen;
using System.Text.Json.Nodes;
using PayLinks.Sandbox.Books;
using PayLinks.Sandbox.Mollie;
using PayLinks.Sandbox.Twilio;

namespace PayLinks.Sandbox.Control;

/// <summary>What customers and their banks do, without a browser.</summary>
internal static class ActAsCustomer
{
    private static readonly FrozenSet<string> Outcomes =
    [
        PaymentStatus.Paid, PaymentStatus.Failed, PaymentStatus.Canceled, PaymentStatus.Expired, PaymentStatus.Pending,
    ];

    internal sealed record CardOrder(string Number, string Expiry, string Cvv, string Holder);

    internal sealed record Outcome(string Status, string? FailureReason = null);

    internal sealed record RefundOutcome(string Status);

    internal sealed record ChargebackOrder(bool Reversed = false);

    internal sealed record InboundSms(string From, string To, string Body);

    public static async Task<IResult> MakeCardTokenAsync(HttpContext http, Ledger books, SandboxClock clock)
    {
        var (order, refusal) = await Input.ReadAsync<CardOrder>(http);
        if (order is null)
        {
            return refusal!;
        }

        var (card, wrongField) = TestCards.Read(order.Number, order.Expiry, order.Cvv, order.Holder, clock.Now);
        if (card is null)
        {
            return Input.Refuse($"{wrongField} is not valid.");
        }

        return Answer.Json(200, new JsonObject { ["token"] = CardTokens.Make(card, books, clock) });
    }

    /// <summary>
    /// Ends a payment as ordered. A paid one stays paid; one that ended otherwise can still be paid, as Mollie's own
    /// late facts do.
    /// </summary>
    public static async Task<IResult> CompletePaymentAsync(
        string id, HttpContext http, Ledger books, PaymentMoves moves)
    {
        var (outcome, refusal) = await Input.ReadAsync<Outcome>(http);
        if (outcome is null)
        {
            return refusal!;
        }

        if (!Outcomes.Contains(outcome.Status))
        {
            return Input.Refuse($"status must be one of {string.Join(", ", Outcomes.Order())}.");
        }

        if (outcome.FailureReason is not null && outcome.Status != PaymentStatus.Failed)
        {
            return Input.Refuse("failureReason goes with the status failed only.");
        }

        return books.Do(b =>
        {
            if (!moves.TryFind(id, out var payment))
            {
                return Input.Missing("payment", id);
            }

            if (payment.Status == outcome.Status)
            {
                return Answer.Json(200, ShowBooks.Write(payment));
            }

            return payment.IsFinal && (payment.Status == PaymentStatus.Paid || outcome.Status != PaymentStatus.Paid)
                ? Input.Conflict($"The payment is {payment.Status} already.")
                : Answer.Json(200, ShowBooks.Write(moves.Finish(payment, outcome.Status, outcome.FailureReason)));
        });
    }

    /// <summary>Ends a refund at once, without waiting for its bank.</summary>
    public static async Task<IResult> CompleteRefundAsync(string id, HttpContext http, Ledger books, RefundMoves moves)
    {
        var (outcome, refusal) = await Input.ReadAsync<RefundOutcome>(http);
        if (outcome is null)
        {
            return refusal!;
        }

        if (outcome.Status is not (RefundStatus.Pending or RefundStatus.Processing or RefundStatus.Refunded
            or RefundStatus.Failed or RefundStatus.Canceled))
        {
            return Input.Refuse("status must be one of canceled, failed, pending, processing, refunded.");
        }

        return books.Do(b =>
        {
            if (!b.Refunds.TryFind(id, out var refund))
            {
                return Input.Missing("refund", id);
            }

            return refund.Status is RefundStatus.Refunded or RefundStatus.Failed or RefundStatus.Canceled
                ? Input.Conflict($"The refund is {refund.Status} already.")
                : Answer.Json(200, ShowBooks.Write(moves.Move(refund, outcome.Status)));
        });
    }

    /// <summary>Takes the money of a paid payment back, or with <c>reversed</c> gives it back again.</summary>
    public static async Task<IResult> ChargeBackAsync(
        string id, HttpContext http, Ledger books, SandboxClock clock, PaymentMoves moves)
    {
        var (order, refusal) = await Input.ReadAsync<ChargebackOrder>(http);
        if (order is null)
        {
            return refusal!;
        }

        return books.Do(b =>
        {
            if (!moves.TryFind(id, out var payment))
            {
                return Input.Missing("payment", id);
            }

            var standing = PaymentHal.ChargebacksOf(payment, b)
                .FirstOrDefault(chargeback => chargeback.ReversedAt is null);
            if (payment.Status != PaymentStatus.Paid || (standing is null) == order.Reversed)
            {
                return Input.Conflict("Only a paid payment can be charged back, once, and then be reversed.");
            }

            var chargeback = standing is null
                ? new Chargeback(Ids.New("chb_"), id, payment.ProfileId, payment.Amount, clock.Now, ReversedAt: null)
                : standing with { ReversedAt = clock.Now };
            b.Chargebacks.Put(chargeback);
            if (standing is null)
            {
                payment = payment with { ChargebackIds = [.. payment.ChargebackIds, chargeback.Id] };
                b.Payments.Put(payment);
            }

            moves.Tell(payment);
            return Answer.Json(200, ShowBooks.Write(chargeback));
        });
    }

    public static async Task<IResult> SendSmsAsync(HttpContext http, ReceiveSms receive)
    {
        var (sms, refusal) = await Input.ReadAsync<InboundSms>(http);
        if (sms is null)
        {
            return refusal!;
        }

        return PhoneNumbers.IsE164(sms.From) && PhoneNumbers.CanBeAnswered(sms.To)
            ? Answer.Json(200, ShowBooks.Write(receive.Receive(sms.From, sms.To, sms.Body)))
            : Input.Refuse("from must be a number in E.164, to one as well, a short code or a messaging service.");
    }
}
