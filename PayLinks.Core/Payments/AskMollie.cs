using Dapper;
using Microsoft.Extensions.Logging;
using Npgsql;
using PayLinks.Core.Database;
using PayLinks.Core.Mollie;
using PayLinks.Core.Secrets;
using PaymentAnswer = PayLinks.Core.Mollie.MollieAnswer<PayLinks.Core.Mollie.MolliePayment>;

namespace PayLinks.Core.Payments;

/// <param name="CheckoutUrl">
/// Where the customer goes on (3-D Secure, or Mollie's own checkout), while there is somewhere to go.
/// </param>
/// <param name="Reached">False when Mollie did not answer, so that the status is only what we knew before.</param>
/// <param name="IsAskedElsewhere">Another request of ours for the same payment is with Mollie at this moment.</param>
public sealed record AskedPayment(
    PaymentStatus Status, string? CheckoutUrl, bool Reached, bool IsAskedElsewhere = false);

/// <summary>One of our payments as it was when it was decided to ask about it.</summary>
public sealed record PaymentToAsk(
    Guid MerchantId, Guid Id, Guid LinkId, string Mode, PaymentStatus Status, string? MollieId, byte[] RequestCipher,
    string? CheckoutUrl, DateTimeOffset? PollAt, DateTimeOffset CreatedAt, TimeSpan Age, byte[]? KeyCipher,
    string? ProfileId);

/// <summary>
/// Asks Mollie about one of our payments and applies the answer. A payment that Mollie has not confirmed yet is
/// created by the same call, under the Idempotency-Key that is its id, so that the first try and every repetition
/// are one code path. No transaction is open while Mollie answers.
/// </summary>
public sealed partial class AskMollie(
    NpgsqlDataSource database, MollieClient mollie, MollieAccounts accounts, ApplyPayment apply, Vault vault,
    Wakeups wakeups, ILogger<AskMollie> logger)
{
    // Mollie keeps an Idempotency-Key for an hour; the margin covers clocks and a slow last try.
    private static readonly TimeSpan SameKeyFor = TimeSpan.FromMinutes(55);
    private static readonly TimeSpan AskAgainSoon = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan AskAgainLater = TimeSpan.FromSeconds(30);

    private const string ReadSql =
        """
        select p.merchant_id, p.id, p.link_id, p.mode, p.status, p.mollie_id, p.request_cipher, p.checkout_url,
            p.poll_at, p.created_at, paylinks_now() - p.created_at as age, a.key_cipher, a.profile_id
        from payment p
        left join mollie_account a on a.merchant_id = p.merchant_id and a.mode = p.mode
        where p.merchant_id = paylinks_merchant() and p.id = any(@paymentIds)
        """;

    private const string PostponeSql =
        """
        update payment set poll_at = paylinks_now() + @wait
        where merchant_id = paylinks_merchant() and id = @Id and poll_at is not distinct from @PollAt
        """;

    private readonly SharedTurns<Answered, PaymentStatus> _turns = new(
        turns: 2, together: 32, one => (one.Payment.MerchantId, one.Payment.Mode), one => one.Payment.LinkId, logger);

    /// <summary>Reads payments of one merchant, to ask about each.</summary>
    public Task<IReadOnlyList<PaymentToAsk>> ReadAsync(
        Guid merchantId, IReadOnlyList<Guid> paymentIds, CancellationToken cancellationToken) =>
        database.AskAsync<IReadOnlyList<PaymentToAsk>>(
            merchantId, ReadSql, new { paymentIds = paymentIds.ToArray() },
            async answers => (await answers.ReadAsync<PaymentToAsk>()).AsList(), cancellationToken);

    /// <inheritdoc cref="AboutAsync(PaymentToAsk, CancellationToken)"/>
    public async Task<AskedPayment> AboutAsync(Guid merchantId, Guid paymentId, CancellationToken cancellationToken) =>
        await AboutAsync((await ReadAsync(merchantId, [paymentId], cancellationToken)).Single(), cancellationToken);

    /// <summary>
    /// Creates the payment at Mollie if that has not been confirmed, else fetches it; writes down the answer.
    /// </summary>
    public async Task<AskedPayment> AboutAsync(PaymentToAsk payment, CancellationToken cancellationToken)
    {
        var account = AccountOf(payment);
        switch (payment.Status)
        {
            case PaymentStatus.Absent or PaymentStatus.Failed when payment.MollieId is null:
                return new AskedPayment(payment.Status, null, Reached: true);
            case PaymentStatus.Creating or PaymentStatus.Unknown when payment.Age < SameKeyFor:
                FailPoint.Fail("payment.to-create");
                var created = await mollie.CreatePaymentAsync(
                    account.Key, vault.Open(payment.RequestCipher, RequestPurpose(payment.Id)),
                    PublicId.Format(PublicId.Payment, payment.Id), cancellationToken);
                FailPoint.Fail("payment.created");
                return await WriteDownAsync(payment, created, isCreation: true);
            case PaymentStatus.Creating or PaymentStatus.Unknown:
                return await LookUpAsync(payment, account, cancellationToken);
            default:
                var fetched = await mollie.GetPaymentAsync(account.Key, payment.MollieId!, cancellationToken);
                return await WriteDownAsync(payment, fetched, isCreation: false);
        }
    }

    /// <summary>Cancels the payment at Mollie if Mollie lets us; otherwise only learns how it stands.</summary>
    public async Task<AskedPayment> ToCancelAsync(Guid merchantId, Guid paymentId, CancellationToken cancellationToken)
    {
        var asked = await AboutAsync(merchantId, paymentId, cancellationToken);
        if (!asked.Reached
            || asked.Status is not (PaymentStatus.Open or PaymentStatus.Pending or PaymentStatus.Authorized))
        {
            return asked;
        }

        var payment = (await ReadAsync(merchantId, [paymentId], cancellationToken)).Single();
        FailPoint.Fail("payment.to-cancel");
        var canceled = await mollie.CancelPaymentAsync(
            AccountOf(payment).Key, payment.MollieId!, cancellationToken);
        FailPoint.Fail("payment.canceled");
        return canceled is PaymentAnswer.Refused
            ? asked
            : await WriteDownAsync(payment, canceled, isCreation: false);
    }

    /// <summary>What the kept request is sealed for; see <see cref="Vault.Seal(string, string)"/>.</summary>
    public static string RequestPurpose(Guid paymentId) => $"payment-request/{paymentId:N}";

    // From here on nothing is canceled by the caller: a closed browser tab must not lose what Mollie has said.
    private async Task<AskedPayment> WriteDownAsync(
        PaymentToAsk payment, PaymentAnswer answer, bool isCreation)
    {
        var status = answer is PaymentAnswer.Done done
            ? await ApplyAsync(payment, done.Value)
            : await CommitAsync(payment.MerchantId, transaction => answer switch
            {
                PaymentAnswer.Refused refused when isCreation =>
                    EndRefusedAsync(transaction, payment, refused.Error),
                PaymentAnswer.Refused { Error.Status: 404 } =>
                    QuarantineMissingAsync(transaction, payment),
                PaymentAnswer.Refused refused =>
                    PostponeRefusedAsync(transaction, payment, refused.Error),
                PaymentAnswer.Unavailable or PaymentAnswer.Conflicted when isCreation =>
                    apply.MarkUnknownAsync(transaction, payment.Id, AskAgainSoon),
                _ => PostponeAsync(transaction, payment, AskAgainLater),
            });

        if (status != payment.Status)
        {
            wakeups.Link(payment.MerchantId, payment.LinkId);
            wakeups.Work(Wakeups.Messages);
        }

        var checkout = answer is PaymentAnswer.Done told ? told.Value.Links?.Checkout?.Href : payment.CheckoutUrl;
        var reached = answer is PaymentAnswer.Done or PaymentAnswer.Refused;
        return new AskedPayment(
            status, status.IsUnderWay() ? checkout : null, reached, answer is PaymentAnswer.Conflicted);
    }

    // Together with all that Mollie has answered meanwhile, so that a storm of callbacks costs little more than its
    // rows.
    private Task<PaymentStatus> ApplyAsync(PaymentToAsk payment, MolliePayment told)
    {
        var own = new Answered(payment, new FetchedPayment(payment.Id, told, payment.PollAt));
        return _turns.RunAsync(own, ApplyAsync, async () => (await ApplyAsync([own])).Values.Single());
    }

    private async Task<IReadOnlyDictionary<Answered, PaymentStatus>> ApplyAsync(IReadOnlyList<Answered> answered)
    {
        var statuses = await CommitAsync(answered[0].Payment.MerchantId, transaction =>
            apply.ApplyAsync(transaction, [.. answered.Select(one => one.Fetched)]));
        return answered.ToDictionary(one => one, one => statuses[one.Fetched.PaymentId]);
    }

    private async Task<T> CommitAsync<T>(Guid merchantId, Func<MerchantTransaction, Task<T>> write)
    {
        await using var transaction = await database.BeginAsync(merchantId, CancellationToken.None);
        var written = await write(transaction);
        FailPoint.Fail("payment.to-apply");
        await transaction.CommitAsync();
        FailPoint.Fail("payment.applied");
        return written;
    }

    // After the hour of the Idempotency-Key a repetition could be a second payment, so it is looked for in
    // Mollie's list instead.
    private async Task<AskedPayment> LookUpAsync(
        PaymentToAsk payment, MollieAccount account, CancellationToken cancellationToken)
    {
        var ours = PublicId.Format(PublicId.Payment, payment.Id);
        string? from = null;
        while (true)
        {
            var listed = await mollie.ListPaymentsAsync(account.Key, from, cancellationToken);
            FailPoint.Fail("payment.looked-up");
            if (listed is not MollieAnswer<MolliePaymentList>.Done { Value: var page })
            {
                await using var waiting = await database.BeginAsync(payment.MerchantId, CancellationToken.None);
                var unchanged = await apply.MarkUnknownAsync(waiting, payment.Id, AskAgainLater);
                await waiting.CommitAsync(CancellationToken.None);
                return new AskedPayment(unchanged, null, Reached: false);
            }

            var payments = page.Embedded.Payments;
            if (payments.FirstOrDefault(candidate => candidate.OurPayment == ours) is { } found)
            {
                return await WriteDownAsync(payment, new PaymentAnswer.Done(found), isCreation: false);
            }

            // The list is newest first; a minute of margin for two clocks.
            if (page.Links?.Next is null
                || payments.Count == 0
                || payments[^1].CreatedAt < payment.CreatedAt.AddMinutes(-1))
            {
                await using var transaction = await database.BeginAsync(payment.MerchantId, CancellationToken.None);
                await apply.MarkUnknownAsync(transaction, payment.Id, AskAgainLater);
                var status = await apply.EndUncreatedAsync(transaction, payment.Id, PaymentStatus.Absent, "technical");
                await transaction.CommitAsync(CancellationToken.None);
                wakeups.Link(payment.MerchantId, payment.LinkId);
                return new AskedPayment(status, null, Reached: true);
            }

            from = page.Links.NextFrom;
        }
    }

    private MollieAccount AccountOf(PaymentToAsk payment) => payment.KeyCipher is { } key
        ? accounts.Open(payment.MerchantId, payment.Mode, key, payment.ProfileId!)
        : throw new InvalidOperationException(
            $"Merchant {payment.MerchantId} has no Mollie key for mode {payment.Mode}.");

    private async Task<PaymentStatus> EndRefusedAsync(
        MerchantTransaction transaction, PaymentToAsk payment, MollieError error)
    {
        LogRefused(logger, payment.Id, error.Status, error.Field, error.Detail);
        var reason = error.Field switch
        {
            "cardToken" => "invalid_card_token",
            "method" => "invalid_method",
            _ => "technical",
        };
        return await apply.EndUncreatedAsync(transaction, payment.Id, PaymentStatus.Failed, reason);
    }

    private async Task<PaymentStatus> QuarantineMissingAsync(
        MerchantTransaction transaction, PaymentToAsk payment)
    {
        await apply.QuarantineAsync(transaction, payment.Id, "not_found");
        return payment.Status;
    }

    private async Task<PaymentStatus> PostponeRefusedAsync(
        MerchantTransaction transaction, PaymentToAsk payment, MollieError error)
    {
        LogRefused(logger, payment.Id, error.Status, error.Field, error.Detail);
        return await PostponeAsync(transaction, payment, AskAgainLater);
    }

    private static async Task<PaymentStatus> PostponeAsync(
        MerchantTransaction transaction, PaymentToAsk payment, TimeSpan wait)
    {
        await transaction.Connection.ExecuteAsync(PostponeSql, new { payment.Id, wait, payment.PollAt });
        return payment.Status;
    }

    private sealed class Answered(PaymentToAsk payment, FetchedPayment fetched)
    {
        public PaymentToAsk Payment => payment;

        public FetchedPayment Fetched => fetched;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Mollie refused payment {PaymentId}: {Status} {Field} {Detail}")]
    private static partial void LogRefused(ILogger logger, Guid paymentId, int status, string? field, string? detail);
}
