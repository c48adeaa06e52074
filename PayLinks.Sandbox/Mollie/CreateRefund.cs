using PayLinks.Sandbox.Books;

namespace PayLinks.Sandbox.Mollie;

/// <summary>Takes a refund of a paid payment; it is carried out over the next day.</summary>
internal static class CreateRefund
{
    private static readonly TimeSpan DuplicateWithin = TimeSpan.FromHours(1);

    public static async Task<Answer> HandleAsync(
        string id, HttpContext http, Ledger books, SandboxClock clock, SandboxOptions options,
        PaymentMoves moves, RefundMoves refunds)
    {
        var (body, unreadable) = await MollieBody.ReadAsync(http);
        if (unreadable is not null)
        {
            return unreadable;
        }

        var input = new PaymentInput(body);
        var amount = input.Amount();
        var metadata = input.Metadata();
        if (body.FirstOrDefault(field => field.Key is not ("amount" or "description" or "metadata")).Key is { } unknown)
        {
            input.Refuse(unknown, $"Non-existent body parameter \"{unknown}\" for this API call");
        }

        var origin = http.PublicUrl(options);
        return books.Do(b =>
        {
            if (!moves.TryFind(id, out var payment) || payment.ProfileId != http.Profile)
            {
                return MollieError.NotFound("payment", id);
            }

            if ((input.Refusal ?? RefusalOf(payment, amount, b, clock.Now)) is { } refusal)
            {
                return refusal;
            }

            var description = body["description"].AsString() ?? $"Refund of {payment.Description}";
            var refund = new Refund(
                Ids.New("re_"), payment.Id, payment.ProfileId, amount, description, metadata, RefundStatus.Queued,
                clock.Now, payment.Mode);
            b.Refunds.Put(refund);
            b.Payments.Put(payment with { RefundIds = [.. payment.RefundIds, refund.Id] });
            refunds.GoOnInTime(refund);
            return Hal.Created(RefundHal.Write(refund, origin));
        });
    }

    private static Answer? RefusalOf(Payment payment, Amount amount, Ledger books, DateTimeOffset now)
    {
        if (payment.Status != PaymentStatus.Paid)
        {
            return MollieError.Unprocessable("id", "The payment is not paid and cannot be refunded");
        }

        if (amount.Currency != payment.Amount.Currency)
        {
            return MollieError.Unprocessable("amount.currency", "The currency is not that of the payment");
        }

        if (PaymentHal.RefundsOf(payment, books).Any(refund =>
            refund.Counts && refund.Amount == amount && now - refund.CreatedAt < DuplicateWithin))
        {
            return MollieError.Conflict("A duplicate refund has been detected");
        }

        return PaymentHal.RefundedOf(payment, books) + amount.Minor > payment.Amount.Minor
            ? MollieError.Unprocessable(
                "amount", "The specified amount cannot be refunded: it is more than what remains")
            : null;
    }
}
