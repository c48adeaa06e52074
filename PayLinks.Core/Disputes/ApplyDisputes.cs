using Dapper;
using PayLinks.Core.Database;
using PayLinks.Core.Events;
using PayLinks.Core.Hosting;
using PayLinks.Core.Messages;
using PayLinks.Core.Mollie;
using PayLinks.Core.Secrets;

namespace PayLinks.Core.Disputes;

public enum DisputeStatus
{
    /// <summary>The customer's bank took the money back.</summary>
    Received,

    /// <summary>The bank gave it to the merchant again.</summary>
    Reversed,
}

/// <summary>
/// Writes down the chargebacks of a fetched payment. Mollie's callback for one carries the payment's id, so they
/// are found by the fetch. The caller holds the link's lock.
/// </summary>
public sealed class ApplyDisputes(Vault vault, PayLinksOptions options)
{
    private const string FindSql =
        """
        select p.link_id, p.mode, p.currency, m.email as merchant_email, m.language as merchant_language, d.id, d.status
        from payment p
        join merchant m on m.id = p.merchant_id
        left join dispute d on d.merchant_id = p.merchant_id and d.mollie_id = @mollieId
        where p.merchant_id = paylinks_merchant() and p.id = @paymentId
        """;

    private const string InsertSql =
        """
        insert into dispute (merchant_id, id, link_id, payment_id, mode, status, mollie_id, amount_minor, currency,
            reason, received_at)
        values (paylinks_merchant(), @Id, @LinkId, @PaymentId, @Mode, 'received', @MollieId, @AmountMinor, @Currency,
            @Reason, paylinks_now())
        """;

    private const string ReverseSql =
        """
        update dispute set status = 'reversed', reversed_at = paylinks_now()
        where merchant_id = paylinks_merchant() and id = @Id and status = 'received'
        """;

    public async Task ApplyAsync(
        MerchantTransaction transaction, Guid paymentId, IReadOnlyList<MollieChargeback> chargebacks)
    {
        foreach (var told in chargebacks)
        {
            var found = await transaction.Connection.QuerySingleAsync<Found>(
                FindSql, new { paymentId, mollieId = told.Id });
            if (found.Id is null)
            {
                found = found with { Id = await AddAsync(transaction, paymentId, found, told) };
            }

            if (told.ReversedAt is not null && found.Status != DisputeStatus.Reversed)
            {
                await transaction.Connection.ExecuteAsync(ReverseSql, new { found.Id });
                await TellAsync(transaction, found, EventTypes.DisputeReversed, told);
            }

            FailPoint.Fail("dispute.applied");
        }
    }

    private async Task<Guid> AddAsync(
        MerchantTransaction transaction, Guid paymentId, Found found, MollieChargeback told)
    {
        var id = Guid.CreateVersion7();
        await transaction.Connection.ExecuteAsync(InsertSql, new
        {
            Id = id,
            found.LinkId,
            PaymentId = paymentId,
            found.Mode,
            MollieId = told.Id,
            AmountMinor = Money.TryParse(told.Amount.Value, Currency.Get(found.Currency), out var amount)
                ? amount.MinorUnits
                : throw new FormatException($"Chargeback {told.Id} is of {told.Amount.Value} {told.Amount.Currency}."),
            found.Currency,
            Reason = told.Reason?.Code,
        });
        await TellAsync(transaction, found with { Id = id }, EventTypes.DisputeReceived, told);
        return id;
    }

    private async Task TellAsync(MerchantTransaction transaction, Found found, string type, MollieChargeback told)
    {
        await transaction.RecordAsync(new NewEvent(found.LinkId, type, "mollie")
        {
            Data = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["amount"] = told.Amount.Value,
                ["currency"] = told.Amount.Currency,
                ["reason"] = told.Reason?.Code ?? "unknown",
            },
        });
        await transaction.QueueAsync(
            new NewMessage(
                found.LinkId, found.Mode, MessageChannel.Email, MessagePurpose.Notice, found.MerchantEmail,
                found.MerchantLanguage, MessageLane.Receipt, DisputeId: found.Id),
            vault, options);
    }

    private sealed record Found(
        Guid LinkId, string Mode, string Currency, string MerchantEmail, string MerchantLanguage, Guid? Id,
        DisputeStatus? Status);
}
