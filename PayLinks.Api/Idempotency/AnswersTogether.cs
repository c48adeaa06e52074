using Dapper;
using PayLinks.Api.Links;
using PayLinks.Core.Database;
using PayLinks.Core.Secrets;

namespace PayLinks.Api.Idempotency;

/// <summary>A request that is done once: by whom, and what tells it apart from others.</summary>
internal sealed record KeyedRequest(Actor Actor, string Key, string Fingerprint);

/// <summary>
/// Keeps the answers to several POSTs of one merchant in the transaction that did the work of all of them. Whatever has
/// been answered already, or is being answered at this moment, is left to <see cref="AnswerOnce"/>.
/// </summary>
internal sealed class AnswersTogether(Vault vault)
{
    /// <summary>For <see cref="ParametersOf"/>; its results are for <see cref="ReadTakenAsync"/>.</summary>
    // PostgreSQL would plan what comes with arrays anew each time, because it knows their lengths. Keys are looked up
    // one by one, so that a plan made while there are few answers stays good when there are many.
    public const string FindSql =
        """
        select set_config('lock_timeout', '2s', true), set_config('plan_cache_mode', 'force_generic_plan', true);
        select k.key from unnest(@Keys) as k (key)
        where not pg_try_advisory_xact_lock(
            hashtextextended('answer to ' || paylinks_merchant() || @Mode || k.key, 0));
        select k.key
        from unnest(@Keys) as k (key)
        cross join lateral (
            select from idempotency i
            where i.merchant_id = paylinks_merchant() and i.mode = @Mode and i.key = k.key offset 0) answered
        """;

    private const string KeepSql =
        """
        insert into idempotency (merchant_id, mode, key, fingerprint, status_code, answer_cipher, created_at)
        select paylinks_merchant(), @Mode, k.key, k.fingerprint, k.status_code, k.answer_cipher, now
        from unnest(@Keys, @Fingerprints, @Statuses, @Ciphers) as k (key, fingerprint, status_code, answer_cipher)
        cross join (select paylinks_now() offset 0) as clock (now)
        """;

    /// <param name="requests">Of one merchant in one mode, each with a key of its own.</param>
    public static object ParametersOf(IReadOnlyList<KeyedRequest> requests) => new
    {
        requests[0].Actor.Mode,
        Keys = requests.Select(one => one.Key).ToArray(),
    };

    /// <returns>The keys that are for <see cref="AnswerOnce"/>; the others are held to the transaction's end.</returns>
    public static async Task<IReadOnlySet<string>> ReadTakenAsync(SqlMapper.GridReader answers)
    {
        await answers.ReadSingleAsync();
        var busy = await answers.ReadAsync<string>();
        return busy.Concat(await answers.ReadAsync<string>()).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>Commits the work together with the answers to it, at least one.</summary>
    public async Task<IReadOnlyList<IResult>> CommitAsync(
        MerchantTransaction transaction, IReadOnlyList<(KeyedRequest Request, Reply.Kept Kept)> answers)
    {
        await transaction.CommitAsync(KeepSql, new
        {
            answers[0].Request.Actor.Mode,
            Keys = answers.Select(one => one.Request.Key).ToArray(),
            Fingerprints = answers.Select(one => vault.Hash(one.Request.Fingerprint)).ToArray(),
            Statuses = answers.Select(one => (short)one.Kept.Status).ToArray(),
            Ciphers = answers.Select(one => KeptAnswer.Seal(vault, one.Request.Actor, one.Request.Key, one.Kept))
                .ToArray(),
        });
        return [.. answers.Select(one => KeptAnswer.Committed(one.Kept))];
    }
}
