using System.Collections.Frozen;
using PayLinks.Sandbox.Books;

namespace PayLinks.Sandbox.Mollie;

/// <summary>Shows one payment of the profile, with what <c>embed</c> asks for.</summary>
internal static class GetPayment
{
    private static readonly FrozenSet<string> Embeddable = ["refunds", "chargebacks", "captures"];

    public static Answer Handle(
        string id, HttpContext http, Ledger books, SandboxOptions options, PaymentMoves moves)
    {
        var embed = http.Request.Query["embed"].ToString();
        var origin = http.PublicUrl(options);
        return RefusalOf(embed) ?? books.Do(b => moves.TryFind(id, out var payment) && payment.ProfileId == http.Profile
            ? Hal.Ok(PaymentHal.Write(payment, b, origin, embed))
            : MollieError.NotFound("payment", id));
    }

    /// <summary>The answer to an <c>embed</c> that names something else.</summary>
    public static Answer? RefusalOf(string embed) =>
        embed.Length == 0 || embed.Split(',').All(Embeddable.Contains)
            ? null
            : MollieError.BadRequest("Invalid embed value", "embed");
}
