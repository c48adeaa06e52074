using Dapper;
using Npgsql;
using PayLinks.Core;
using PayLinks.Core.Database;
using PayLinks.Core.Events;
using PayLinks.Core.Hosting;
using PayLinks.Core.Links;
using PayLinks.Core.Messages;
using PayLinks.Core.Mollie;
using PayLinks.Core.Payments;
using PayLinks.Core.Secrets;

namespace PayLinks.Api.Pay;

/// <param name="CardToken">What mollie.js made of the card.</param>
/// <param name="Method">Without a card: how the customer pays on Mollie's page, in Mollie's word; null to let them
/// choose there.</param>
/// <param name="ReceiptEmail">Where the receipt goes instead of the link's address.</param>
/// <param name="MollieLocale">The language of Mollie's pages.</param>
/// <param name="Query">Appended to the address that the bank sends the customer back to.</param>
internal sealed record NewAttempt(
    string? CardToken, string? Method, string? ReceiptEmail, string MollieLocale, string Query);

internal enum Started
{
    /// <summary>The customer has to go on to the bank, or to Mollie's page.</summary>
    AtBank,

    /// <summary>Nothing for the customer to do but to wait.</summary>
    Waiting,
    Paid,

    /// <summary>Ended unpaid at once.</summary>
    Failed,

    /// <summary>The link takes no payment any more.</summary>
    NotPayable,
    TooManyFailures,

    /// <summary>Mollie does not answer; the attempt is on record and will be resolved.</summary>
    ProviderDown,
}

/// <summary>
/// Starts a payment for a link, or goes on with the one under way: whatever the customer taps, and how often, there
/// is one. First the attempt is written down with the very request that Mollie will be sent; then, with no
/// transaction open, Mollie is asked.
/// </summary>
internal sealed class StartPayment(
    NpgsqlDataSource database, AskMollie ask, Vault vault, PayLinksOptions options, PayLimits limits, Wakeups wakeups,
    TimeProvider clock)
{
    // A payment that turns out to be over makes room for a new one, once; more rounds only when somebody else is as
    // quick.
    private const int RoundMax = 4;

    // If this process dies while Mollie is asked, the worker asks instead.
    private static readonly TimeSpan TakenOverAfter = TimeSpan.FromSeconds(20);

    // As long as Mollie may take for the first tap, whoever taps again waits with it.
    private static readonly TimeSpan[] AskAgainAfter =
        [.. new[] { 100, 200, 400, 800, 1600, 3200, 6400 }.Select(wait => TimeSpan.FromMilliseconds(wait))];

    private const string LockSql =
        """
        select status, expires_at <= paylinks_now() as is_past_expiry
        from link where merchant_id = paylinks_merchant() and id = @Id
        for update
        """;

    // Read after the lock is held, so that it sees what the holder before has written.
    private const string ReadSql =
        """
        select
            (select id from payment
                where merchant_id = paylinks_merchant() and link_id = @Id and superseded_at is null
                    and status in ('creating', 'unknown', 'open', 'pending', 'authorized')) as under_way,
            (select count(*)::int from payment
                where merchant_id = paylinks_merchant() and link_id = @Id and status = 'failed'
                    and created_at > paylinks_now() - @window) as failed_lately
        """;

    private const string InsertSql =
        """
        insert into payment (merchant_id, id, link_id, mode, status, amount_minor, currency, callback_key_hash,
            request_cipher, receipt_email, created_at, poll_at)
        values (paylinks_merchant(), @id, @LinkId, @Mode, 'creating', @AmountMinor, @Currency, @callbackKeyHash,
            @requestCipher, @ReceiptEmail, paylinks_now(), paylinks_now() + @TakenOverAfter)
        """;

    /// <param name="wanted">Null to go on with the payment under way and start none.</param>
    /// <returns>What became of it, and the payment it became of, if any.</returns>
    public async Task<(Started Outcome, Guid? PaymentId)> ExecuteAsync(PayLink link, NewAttempt? wanted)
    {
        for (var round = 0; round < RoundMax; round++)
        {
            var (refusal, paymentId, isNew) = await WriteDownAsync(link, wanted);
            if (refusal is not null)
            {
                return (refusal.Value, null);
            }

            var asked = await AskAsync(link.MerchantId, paymentId);
            if (OutcomeOf(asked) is not Started.Failed and var outcome)
            {
                return (outcome, paymentId);
            }

            if (isNew)
            {
                return (Started.Failed, paymentId);
            }
        }

        return (Started.Waiting, null);
    }

    // Not tied to the request: a customer who closes the page must not lose what Mollie says.
    private async Task<AskedPayment> AskAsync(Guid merchantId, Guid paymentId)
    {
        var asked = await ask.AboutAsync(merchantId, paymentId, CancellationToken.None);
        foreach (var wait in AskAgainAfter)
        {
            if (!asked.IsAskedElsewhere)
            {
                break;
            }

            await Task.Delay(wait, clock);
            asked = await ask.AboutAsync(merchantId, paymentId, CancellationToken.None);
        }

        return asked;
    }

    private static Started OutcomeOf(AskedPayment asked) => asked.Status switch
    {
        PaymentStatus.Paid => Started.Paid,
        PaymentStatus.Creating or PaymentStatus.Unknown => Started.ProviderDown,
        PaymentStatus.Open or PaymentStatus.Pending or PaymentStatus.Authorized =>
            asked.CheckoutUrl is not null ? Started.AtBank
            : asked.Reached ? Started.Waiting
            : Started.ProviderDown,
        PaymentStatus.Failed or PaymentStatus.Canceled or PaymentStatus.Expired
            or PaymentStatus.Absent => Started.Failed,
    };

    // The payment under way, or a new one.
    private async Task<(Started? Refusal, Guid PaymentId, bool IsNew)> WriteDownAsync(PayLink link, NewAttempt? wanted)
    {
        await using var transaction = await database.BeginAsync(link.MerchantId, CancellationToken.None);
        var locked = await transaction.Connection.QuerySingleAsync<Locked>(LockSql, new { link.Id });
        var window = TimeSpan.FromMinutes(limits.FailedPaymentsWindowMinutes);
        var payments = await transaction.Connection.QuerySingleAsync<Payments>(ReadSql, new { link.Id, window });
        if (payments.UnderWay is { } underWay)
        {
            return (null, underWay, false);
        }

        if (locked.Status is not (LinkStatus.Open or LinkStatus.Processing) || locked.IsPastExpiry)
        {
            return (locked.Status is LinkStatus.Paid ? Started.Paid : Started.NotPayable, default, false);
        }

        if (wanted is null)
        {
            return (Started.Failed, default, false);
        }

        if (payments.FailedLately >= limits.FailedPaymentsPerLink)
        {
            return (Started.TooManyFailures, default, false);
        }

        var paymentId = await InsertAsync(transaction, link, wanted);
        await transaction.RecordAsync(new NewEvent(link.Id, EventTypes.PaymentStarted, "customer")
        {
            Payment = (paymentId, null, PaymentStatus.Creating),
            Link = locked.Status is LinkStatus.Open ? (LinkStatus.Open, LinkStatus.Processing) : null,
        });
        FailPoint.Fail("payment.to-begin");
        await transaction.CommitAsync();
        wakeups.Link(link.MerchantId, link.Id);
        FailPoint.Fail("payment.begun");
        return (null, paymentId, true);
    }

    private async Task<Guid> InsertAsync(MerchantTransaction transaction, PayLink link, NewAttempt wanted)
    {
        var id = Guid.CreateVersion7();
        var callbackKey = QueueMessage.NewCallbackKey(options.RoutingPrefix);
        var back = $"{options.LinkUrl(link.Token.Value)}/result{wanted.Query}";
        var request = MollieClient.Write(new NewMolliePayment(
            MollieAmount.From(link.Amount),
            link.Description,
            RedirectUrl: back,
            CancelUrl: back,
            WebhookUrl: $"{options.PublicUrl.TrimEnd('/')}/callbacks/mollie/{callbackKey}",
            Method: wanted.CardToken is null ? wanted.Method : "creditcard",
            wanted.CardToken,
            wanted.MollieLocale,
            new MollieMetadata(PublicId.Format(PublicId.Link, link.Id), PublicId.Format(PublicId.Payment, id))));
        await transaction.Connection.ExecuteAsync(InsertSql, new
        {
            id,
            LinkId = link.Id,
            link.Mode,
            AmountMinor = link.Amount.MinorUnits,
            Currency = link.Amount.Currency.Code,
            callbackKeyHash = vault.Hash(callbackKey),
            requestCipher = vault.Seal(request, AskMollie.RequestPurpose(id)),
            wanted.ReceiptEmail,
            TakenOverAfter,
        });
        return id;
    }

    private sealed record Locked(LinkStatus Status, bool IsPastExpiry);

    private sealed record Payments(Guid? UnderWay, int FailedLately);
}
