using Dapper;
using Npgsql;
using PayLinks.Api.Links;
using PayLinks.Api.Problems;
using PayLinks.Core.Database;
using PayLinks.Core.Secrets;

namespace PayLinks.Api.Idempotency;

/// <summary>
/// Runs the work of a POST once per Idempotency-Key: the answer is stored in the transaction that did the work, so
/// either both are there or neither. A twin that comes meanwhile waits for the first.
/// </summary>
internal sealed class AnswerOnce(NpgsqlDataSource database, Vault vault)
{
    // A twin waits no longer than this for the first, here and on any lock that its work takes. It looks after it has
    // waited, so it sees what the first has left.
    private const string FindSql =
        """
        select set_config('lock_timeout', '2s', true) is null
            or pg_advisory_xact_lock(hashtextextended('answer to ' || paylinks_merchant() || @Mode || @key, 0)) is null;
        select fingerprint, status_code, answer_cipher
        from idempotency where merchant_id = paylinks_merchant() and mode = @Mode and key = @key
        """;

    private const string KeepSql =
        """
        insert into idempotency (merchant_id, mode, key, fingerprint, status_code, answer_cipher, created_at)
        values (paylinks_merchant(), @Mode, @key, @Fingerprint, @Status, @Cipher, paylinks_now())
        """;

    /// <param name="body">As it was posted; part of what makes two requests the same.</param>
    /// <param name="work">
    /// Does everything in the transaction it is given, and neither commits nor calls a provider.
    /// </param>
    public Task<IResult> RunAsync(
        HttpContext context, Actor actor, ReadOnlyMemory<byte> body, Func<MerchantTransaction, Task<Reply>> work) =>
        RunAsync(
            context, actor, body, "select true", answers => answers.ReadSingleAsync<bool>(),
            (transaction, _) => work(transaction));

    /// <summary>Begins with a question, in the round trip that looks for the first answer.</summary>
    /// <param name="question">
    /// A statement whose result <paramref name="read"/> takes for <paramref name="work"/>.
    /// </param>
    public async Task<IResult> RunAsync<T>(
        HttpContext context, Actor actor, ReadOnlyMemory<byte> body, string question,
        Func<SqlMapper.GridReader, Task<T>> read, Func<MerchantTransaction, T, Task<Reply>> work)
    {
        if (!IdempotencyKey.TryRead(context.Request, out var key))
        {
            return new Problem(ProblemCodes.InvalidIdempotencyKey);
        }

        if (key is null)
        {
            var (unkeyed, known) = await MerchantTransaction.BeginAsync(
                database, actor.MerchantId, question, null, read, context.RequestAborted);
            await using (unkeyed)
            {
                return await AnswerAsync(
                    await work(unkeyed, known), _ => unkeyed.CommitAsync(CancellationToken.None));
            }
        }

        var fingerprint = IdempotencyKey.Fingerprint(context.Request, body.Span);
        var (begun, (first, answer)) = await MerchantTransaction.BeginAsync(
            database, actor.MerchantId, $"{FindSql}; {question}", new { actor.Mode, key },
            async answers => (First: await FindAsync(answers), Answer: await read(answers)), context.RequestAborted);
        await using var transaction = begun;
        return first is null
            ? await AnswerAsync(
                await work(transaction, answer), kept => KeepAsync(transaction, actor, key, fingerprint, kept))
            : Repeat(actor, key, fingerprint, first);
    }

    // A caller that hung up must still find the work done when it asks again: nothing cancels a commit.
    private static async Task<IResult> AnswerAsync(Reply reply, Func<Reply.Kept, Task> commit)
    {
        switch (reply)
        {
            case Reply.Kept kept:
                await commit(kept);
                return KeptAnswer.Committed(kept);
            case Reply.Refused refused:
                return refused.Problem;
            default:
                throw new InvalidOperationException("A reply is kept or refused.");
        }
    }

    private static async Task<First?> FindAsync(SqlMapper.GridReader answers)
    {
        await answers.ReadSingleAsync<bool>();
        return await answers.ReadSingleOrDefaultAsync<First>();
    }

    private IResult Repeat(Actor actor, string key, string fingerprint, First first)
    {
        if (!vault.Hashes(fingerprint).Any(hash => hash.AsSpan().SequenceEqual(first.Fingerprint)))
        {
            return new Problem(ProblemCodes.IdempotencyKeyReused);
        }

        return KeptAnswer.Open(vault, actor, key, first.StatusCode, first.AnswerCipher);
    }

    private Task KeepAsync(
        MerchantTransaction transaction, Actor actor, string key, string fingerprint, Reply.Kept kept) =>
        transaction.CommitAsync(KeepSql, new
        {
            actor.Mode,
            key,
            Fingerprint = vault.Hash(fingerprint),
            Status = (short)kept.Status,
            Cipher = KeptAnswer.Seal(vault, actor, key, kept),
        });

    private sealed record First(byte[] Fingerprint, short StatusCode, byte[] AnswerCipher);
}
