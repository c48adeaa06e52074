using PayLinks.Sandbox.Books;

namespace PayLinks.Sandbox.Mollie;

/// <summary>Cancels a payment that can still be canceled; card payments cannot.</summary>
internal static class CancelPayment
{
    public static Answer Handle(
        string id, HttpContext http, Ledger books, SandboxOptions options, PaymentMoves moves)
    {
        var origin = http.PublicUrl(options);
        return books.Do(b =>
        {
            if (!moves.TryFind(id, out var payment) || payment.ProfileId != http.Profile)
            {
                return MollieError.NotFound("payment", id);
            }

            if (!payment.IsCancelable)
            {
                return MollieError.Unprocessable("id", "The payment cannot be cancelled");
            }

            return Hal.Ok(PaymentHal.Write(moves.Finish(payment, PaymentStatus.Canceled), b, origin));
        });
    }
}
