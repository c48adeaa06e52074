using System.Text.Json.Nodes;
using PayLinks.Sandbox.Books;

namespace PayLinks.Sandbox.Control;

/// <summary>
/// Closes a settlement over all payments that are paid and in none yet, less what was taken back of them.
/// </summary>
internal static class CloseSettlement
{
    public static IResult Handle(Ledger books, SandboxClock clock) => books.Do(b =>
    {
        var payments = b.Payments.OldestFirst()
            .Where(payment => payment.Status == PaymentStatus.Paid && payment.SettlementId is null).ToList();
        if (payments.Count == 0)
        {
            return Input.Conflict("Nothing is paid that is not settled yet.");
        }

        var settlement = new Settlement(
            Ids.New("stl_"),
            $"SANDBOX.{clock.Now:yyMM}.{b.Settlements.Count + 1:00}",
            [.. payments.GroupBy(payment => payment.Amount.Currency)
                .Select(group => new Amount(group.Sum(payment => NetOf(payment, b)), group.Key))],
            [.. payments.Select(payment => payment.Id)],
            clock.Now);
        b.Settlements.Put(settlement);
        foreach (var payment in payments)
        {
            b.Payments.Put(payment with { SettlementId = settlement.Id });
        }

        return Answer.Json(200, new JsonObject
        {
            ["id"] = settlement.Id,
            ["reference"] = settlement.Reference,
            ["amounts"] = new JsonArray([.. settlement.Amounts.Select(amount => amount.ToJson())]),
            ["payments"] = new JsonArray([.. settlement.PaymentIds.Select(id => JsonValue.Create(id))]),
            ["createdAt"] = settlement.CreatedAt.UtcDateTime,
        });
    });

    private static long NetOf(Payment payment, Ledger books) => payment.Amount.Minor
        - Mollie.PaymentHal.RefundedOf(payment, books)
        - Mollie.PaymentHal.ChargebacksOf(payment, books)
            .Where(chargeback => chargeback.ReversedAt is null).Sum(chargeback => chargeback.Amount.Minor);
}
