using Dapper;
using PayLinks.Api.Links;
using PayLinks.Core.Database;
using PayLinks.Core.Notices;
using PayLinks.Core.Secrets;

namespace PayLinks.Api.Notices;

/// <summary>Changes an endpoint, gives it a new secret, or deletes it. The caller commits.</summary>
public sealed class ChangeEndpoint(CheckEndpoint check, Vault vault)
{
    /// <summary>How long the old secret still signs beside the new one.</summary>
    public static readonly TimeSpan Overlap = TimeSpan.FromHours(24);

    // What waits for a disabled endpoint dies when its turn comes, and can be asked for again.
    private const string ChangeSql =
        $"""
        update webhook_endpoint
        set url = coalesce(@Url, url), event_types = coalesce(@Events, event_types),
            disabled_at = case when @Disabled then coalesce(disabled_at, paylinks_now())
                when not @Disabled then null else disabled_at end,
            disabled_reason = case when @Disabled then coalesce(disabled_reason, 'merchant')
                when not @Disabled then null else disabled_reason end
        where {ReadEndpoints.IsTheOne}
        returning {ReadEndpoints.Columns}
        """;

    private const string RotateSql =
        $"""
        update webhook_endpoint
        set previous_secret_cipher = secret_cipher, previous_secret_until = paylinks_now() + @Overlap,
            secret_cipher = @Secret
        where {ReadEndpoints.IsTheOne}
        returning {ReadEndpoints.Columns}
        """;

    private const string DeleteSql =
        $"""
        update webhook_endpoint
        set deleted_at = paylinks_now(), secret_cipher = null, previous_secret_cipher = null,
            previous_secret_until = null
        where {ReadEndpoints.IsTheOne}
        """;

    public async Task<EndpointOutcome> ExecuteAsync(
        MerchantTransaction transaction, Actor actor, Guid endpointId, EndpointDraft draft)
    {
        if (check.Errors(draft, isNew: false) is { Count: > 0 } errors)
        {
            return new EndpointOutcome.Invalid(errors);
        }

        return await UpdateAsync(transaction, ChangeSql, new
        {
            endpointId,
            actor.Mode,
            draft.Url,
            Events = draft.Events?.ToArray(),
            draft.Disabled,
        });
    }

    /// <summary>Both secrets sign for a day, so that the receiver can change over when it suits.</summary>
    public async Task<EndpointOutcome> RotateAsync(MerchantTransaction transaction, Actor actor, Guid endpointId)
    {
        var secret = NoticeSecrets.New();
        var sealedSecret = vault.Seal(secret, NoticeSecrets.Purpose(endpointId));
        return await UpdateAsync(
            transaction, RotateSql, new { endpointId, actor.Mode, Overlap, Secret = sealedSecret }, secret);
    }

    /// <returns>False if there is none that this actor may see.</returns>
    public static async Task<bool> DeleteAsync(MerchantTransaction transaction, Actor actor, Guid endpointId) =>
        await transaction.Connection.ExecuteAsync(DeleteSql, new { endpointId, actor.Mode }) == 1;

    private static async Task<EndpointOutcome> UpdateAsync(
        MerchantTransaction transaction, string sql, object values, string? secret = null) =>
        await transaction.Connection.QuerySingleOrDefaultAsync<ReadEndpoints.Row>(sql, values) is { } row
            ? new EndpointOutcome.Done(row.ToView(), secret)
            : new EndpointOutcome.NotFound();
}
