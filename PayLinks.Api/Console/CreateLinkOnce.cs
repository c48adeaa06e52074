using System.Security.Cryptography;
using System.Text.Json;
using Dapper;
using Npgsql;
using PayLinks.Api.Idempotency;
using PayLinks.Api.Links;
using PayLinks.Core.Database;
using PayLinks.Core.Messages;
using PayLinks.Core.Secrets;

namespace PayLinks.Api.Console;

/// <summary>
/// Makes the link of a form, once: a double click, a reload or two taps on Ctrl+Enter lead to the link that the first
/// one made. Somebody who goes back and changes what they typed means another link.
/// </summary>
public sealed class CreateLinkOnce(NpgsqlDataSource database, CreateLink create, Vault vault, Wakeups wakeups)
{
    private const string RememberSql =
        """
        insert into idempotency (merchant_id, mode, key, fingerprint, status_code, answer_cipher, created_at)
        values (paylinks_merchant(), @Mode, @Key, @Fingerprint, 201, @Answer, paylinks_now())
        on conflict do nothing
        """;

    private const string RecallSql =
        "select answer_cipher from idempotency where merchant_id = paylinks_merchant() and mode = @Mode and key = @Key";

    /// <param name="onCall">The customer is on the phone meanwhile.</param>
    /// <returns>The id of the link, or the limit that forbids sending it now.</returns>
    public async Task<(Guid? Id, LinkOutcome.TooMany? TooMany)> ExecuteAsync(
        Actor actor, MerchantFacts merchant, NewLink link, string formKey, bool onCall,
        CancellationToken cancellationToken)
    {
        // The instant of the check is in the expiry, so it differs between twins; the rest is what was typed.
        var fingerprint = SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(new
        {
            actor.Name,
            Amount = link.Amount.ToString(),
            link.Description,
            link.Reference,
            link.CustomerName,
            link.Phone,
            link.Email,
            link.Locale,
            link.Send,
            link.WithCode,
        }));
        var key = $"form/{formKey}/{Convert.ToHexStringLower(fingerprint)}";
        var remembered = new { actor.Mode, Key = key };
        var purpose = IdempotencyKey.Purpose(actor.MerchantId, actor.Mode, key);

        LinkOutcome outcome;
        await using (var transaction = await database.BeginAsync(actor.MerchantId, cancellationToken))
        {
            outcome = await create.ExecuteAsync(transaction, actor, merchant, link, MessageLane.Desk, onCall);
            if (outcome is LinkOutcome.Done { Link.Id: var id }
                && await transaction.Connection.ExecuteAsync(RememberSql, new
                {
                    actor.Mode,
                    Key = key,
                    Fingerprint = fingerprint,
                    Answer = vault.Seal(id.ToString(), purpose),
                }) == 1)
            {
                await transaction.CommitAsync(CancellationToken.None);
                wakeups.Work(Wakeups.Messages);
                wakeups.Link(actor.MerchantId, id);
                return (id, null);
            }
        }

        // What was done above is rolled back. If a twin has committed, its link is the answer; it may also be the very
        // text that a limit was reached with.
        await using var reading = await database.BeginAsync(actor.MerchantId, cancellationToken);
        var answer = await reading.Connection.ExecuteScalarAsync<byte[]?>(RecallSql, remembered);
        return answer is null
            ? (null, (LinkOutcome.TooMany)outcome)
            : (Guid.Parse(vault.OpenText(answer, purpose)), null);
    }
}
