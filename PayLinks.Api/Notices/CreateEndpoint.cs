using Dapper;
using PayLinks.Api.Audit;
using PayLinks.Api.Links;
using PayLinks.Api.Settings;
using PayLinks.Core.Database;
using PayLinks.Core.Notices;
using PayLinks.Core.Secrets;

namespace PayLinks.Api.Notices;

/// <summary>Makes an endpoint and its secret, which is shown this once. The caller commits.</summary>
public sealed class CreateEndpoint(CheckEndpoint check, Vault vault)
{
    /// <summary>More than this would be told of each event; a merchant with more shops has more merchants.</summary>
    public const int EndpointsMax = 20;

    private const string CountSql =
        """
        select count(*)::int from webhook_endpoint
        where merchant_id = paylinks_merchant() and mode = @Mode and deleted_at is null
        """;

    private const string InsertSql =
        $"""
        insert into webhook_endpoint (merchant_id, id, mode, url, event_types, secret_cipher, created_at, created_by)
        values (paylinks_merchant(), @Id, @Mode, @Url, @Events, @Secret, paylinks_now(), @Name)
        returning {ReadEndpoints.Columns}
        """;

    public async Task<EndpointOutcome> ExecuteAsync(MerchantTransaction transaction, Actor actor, EndpointDraft draft)
    {
        if (check.Errors(draft, isNew: true) is { Count: > 0 } errors)
        {
            return new EndpointOutcome.Invalid(errors);
        }

        // Two requests at once cannot both be the last that fits.
        await transaction.LockMerchantAsync();
        if (await transaction.Connection.ExecuteScalarAsync<int>(CountSql, actor) >= EndpointsMax)
        {
            return new EndpointOutcome.Conflict(EndpointConflicts.TooMany);
        }

        var id = Guid.CreateVersion7();
        var secret = NoticeSecrets.New();
        var row = await transaction.Connection.QuerySingleAsync<ReadEndpoints.Row>(InsertSql, new
        {
            Id = id,
            actor.Mode,
            draft.Url,
            Events = (draft.Events ?? []).ToArray(),
            Secret = vault.Seal(secret, NoticeSecrets.Purpose(id)),
            actor.Name,
        });
        var endpoint = row.ToView();
        await transaction.NoteAsync(
            actor.Name, AuditActions.WebhookCreated, endpoint.Url, [ChangeEndpoint.EventsChange(null, endpoint)]);
        return new EndpointOutcome.Done(endpoint, secret);
    }
}
