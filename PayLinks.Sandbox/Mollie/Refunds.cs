using PayLinks.Sandbox.Books;

namespace PayLinks.Sandbox.Mollie;

/// <summary>Shows one refund of a payment.</summary>
internal static class GetRefund
{
    public static Answer Handle(
        string id, string refundId, HttpContext http, Ledger books, SandboxOptions options)
    {
        var origin = http.PublicUrl(options);
        return books.Do(b => b.Refunds.TryFind(refundId, out var refund)
            && refund.PaymentId == id && refund.ProfileId == http.Profile
                ? Hal.Ok(RefundHal.Write(refund, origin))
                : MollieError.NotFound("refund", refundId));
    }
}

/// <summary>Takes a refund back that the bank has not got yet.</summary>
internal static class CancelRefund
{
    public static Answer Handle(string id, string refundId, HttpContext http, Ledger books, RefundMoves moves) =>
        books.Do(b =>
        {
            if (!b.Refunds.TryFind(refundId, out var refund)
                || refund.PaymentId != id || refund.ProfileId != http.Profile)
            {
                return MollieError.NotFound("refund", refundId);
            }

            if (refund.Status is not (RefundStatus.Queued or RefundStatus.Pending))
            {
                return MollieError.Unprocessable("id", "The refund can no longer be canceled");
            }

            moves.Move(refund, RefundStatus.Canceled);
            return Answer.Empty(204);
        });
}

/// <summary>Lists refunds and chargebacks: of one payment, or of all.</summary>
internal static class ListMoneyBack
{
    public static Answer Refunds(HttpContext http, Ledger books, SandboxOptions options, string? id = null) =>
        List(http, books, options, id, "refunds", b => b.Refunds, refund => refund.Id,
            refund => (refund.PaymentId, refund.ProfileId), RefundHal.Write);

    public static Answer Chargebacks(HttpContext http, Ledger books, SandboxOptions options, string? id = null) =>
        List(http, books, options, id, "chargebacks", b => b.Chargebacks, chargeback => chargeback.Id,
            chargeback => (chargeback.PaymentId, chargeback.ProfileId), ChargebackHal.Write);

    private static Answer List<T>(
        HttpContext http, Ledger books, SandboxOptions options, string? paymentId, string name,
        Func<Ledger, Table<T>> table, Func<T, string> idOf, Func<T, (string PaymentId, string ProfileId)> ownerOf,
        Func<T, string, System.Text.Json.Nodes.JsonNode> write)
        where T : class
    {
        var (list, refusal) = HalList.Read(http.Request.Query);
        if (list is null)
        {
            return refusal!;
        }

        var origin = http.PublicUrl(options);
        var address = paymentId is null ? $"{origin}/v2/{name}" : $"{origin}/v2/payments/{paymentId}/{name}";
        return books.Do(b =>
        {
            if (paymentId is not null
                && (!b.Payments.TryFind(paymentId, out var payment) || payment.ProfileId != http.Profile))
            {
                return MollieError.NotFound("payment", paymentId);
            }

            return list.Write(table(b), Belongs, idOf, name, entry => write(entry, origin), address);
        });

        bool Belongs(T entry)
        {
            var (ofPayment, ofProfile) = ownerOf(entry);
            return ofProfile == http.Profile && (paymentId is null || ofPayment == paymentId);
        }
    }
}

/// <summary>Shows one chargeback of a payment.</summary>
internal static class GetChargeback
{
    public static Answer Handle(
        string id, string chargebackId, HttpContext http, Ledger books, SandboxOptions options)
    {
        var origin = http.PublicUrl(options);
        return books.Do(b => b.Chargebacks.TryFind(chargebackId, out var chargeback)
            && chargeback.PaymentId == id && chargeback.ProfileId == http.Profile
                ? Hal.Ok(ChargebackHal.Write(chargeback, origin))
                : MollieError.NotFound("chargeback", chargebackId));
    }
}
