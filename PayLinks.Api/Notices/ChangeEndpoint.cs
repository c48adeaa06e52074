using Dapper;
using PayLinks.Api.Audit;
using PayLinks.Api.Links;
using PayLinks.Api.Settings;
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
        returning url
        """;

    public async Task<EndpointOutcome> ExecuteAsync(
        MerchantTransaction transaction, Actor actor, Guid endpointId, EndpointDraft draft)
    {
        if (check.Errors(draft, isNew: false) is { Count: > 0 } errors)
        {
            return new EndpointOutcome.Invalid(errors);
        }

        await transaction.LockMerchantAsync();
        var before = await transaction.FindEndpointAsync(actor, endpointId);
        var outcome = await UpdateAsync(transaction, ChangeSql, new
        {
            endpointId,
            actor.Mode,
            draft.Url,
            Events = draft.Events?.ToArray(),
            draft.Disabled,
        });
        if (outcome is EndpointOutcome.Done { Endpoint: var after })
        {
            await transaction.NoteAsync(
                actor.Name, AuditActions.WebhookChanged, after.Url,
                [
                    new AuditChange("url", before!.Url, after.Url),
                    EventsChange(before, after),
                    AuditChange.Switch("disabled", before.IsDisabled, after.IsDisabled),
                ]);
        }

        return outcome;
    }

    /// <summary>Both secrets sign for a day, so that the receiver can change over when it suits.</summary>
    public async Task<EndpointOutcome> RotateAsync(MerchantTransaction transaction, Actor actor, Guid endpointId)
    {
        var secret = NoticeSecrets.New();
        var sealedSecret = vault.Seal(secret, NoticeSecrets.Purpose(endpointId));
        var outcome = await UpdateAsync(
            transaction, RotateSql, new { endpointId, actor.Mode, Overlap, Secret = sealedSecret }, secret);
        if (outcome is EndpointOutcome.Done { Endpoint: var endpoint })
        {
            await transaction.NoteAsync(actor.Name, AuditActions.WebhookSecretRotated, endpoint.Url);
        }

        return outcome;
    }

    /// <returns>False if there is none that this actor may see.</returns>
    public static async Task<bool> DeleteAsync(MerchantTransaction transaction, Actor actor, Guid endpointId)
    {
        if (await transaction.Connection.ExecuteScalarAsync<string?>(DeleteSql, new { endpointId, actor.Mode })
            is not { } url)
        {
            return false;
        }

        await transaction.NoteAsync(actor.Name, AuditActions.WebhookDeleted, url);
        return true;
    }

    /// <param name="before">Null for an endpoint that has just been made.</param>
    internal static AuditChange EventsChange(EndpointView? before, EndpointView after) =>
        new("events", before is null ? null : Types(before), Types(after));

    private static string Types(EndpointView endpoint) =>
        endpoint.Events.Count == 0 ? TypedEndpoint.All : string.Join(' ', endpoint.Events);

    private static async Task<EndpointOutcome> UpdateAsync(
        MerchantTransaction transaction, string sql, object values, string? secret = null) =>
        await transaction.Connection.QuerySingleOrDefaultAsync<ReadEndpoints.Row>(sql, values) is { } row
            ? new EndpointOutcome.Done(row.ToView(), secret)
            : new EndpointOutcome.NotFound();
}
