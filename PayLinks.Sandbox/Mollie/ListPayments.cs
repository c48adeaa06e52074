using PayLinks.Sandbox.Books;

namespace PayLinks.Sandbox.Mollie;

/// <summary>Lists the profile's payments, newest first unless asked otherwise.</summary>
internal static class ListPayments
{
    public static Answer Handle(HttpContext http, Ledger books, SandboxOptions options)
    {
        var (list, refusal) = HalList.Read(http.Request.Query);
        if (list is null)
        {
            return refusal!;
        }

        var origin = http.PublicUrl(options);
        return books.Do(b => list.Write(
            b.Payments, payment => payment.ProfileId == http.Profile, payment => payment.Id, "payments",
            payment => PaymentHal.Write(payment, b, origin), $"{origin}/v2/payments"));
    }
}
