using Dapper;
using PayLinks.Api.Links;
using PayLinks.Core.Database;

namespace PayLinks.Api.Notices;

/// <summary>An address of the merchant's that is told of events, as he sees it: never with its secret.</summary>
/// <param name="Events">The types it is told of; none means all.</param>
/// <param name="DisabledReason"><c>merchant</c>, or <c>gone</c> if it answered 410.</param>
/// <param name="PreviousSecretUntil">How long the secret before the last rotation signs beside the new one.</param>
public sealed record EndpointView(
    Guid Id, string Url, IReadOnlyList<string> Events, DateTimeOffset CreatedAt, DateTimeOffset? DisabledAt,
    string? DisabledReason, DateTimeOffset? PreviousSecretUntil)
{
    public bool IsDisabled => DisabledAt is not null;
}

public static class ReadEndpoints
{
    /// <summary>The columns of <see cref="Row"/>, in its order.</summary>
    internal const string Columns =
        """
        id, url, array_to_string(event_types, ' ') as events, created_at, disabled_at, disabled_reason,
        case when previous_secret_until > paylinks_now() then previous_secret_until end as previous_secret_until
        """;

    /// <summary>Which endpoint: the actor's, and not deleted.</summary>
    internal const string IsTheOne =
        "merchant_id = paylinks_merchant() and id = @endpointId and mode = @Mode and deleted_at is null";

    private const string ListSql =
        $"""
        select {Columns} from webhook_endpoint
        where merchant_id = paylinks_merchant() and mode = @Mode and deleted_at is null
            and (@after::uuid is null or id < @after)
        order by id desc
        limit @limit
        """;

    private const string FindSql = $"select {Columns} from webhook_endpoint where {IsTheOne}";

    extension(MerchantTransaction transaction)
    {
        /// <summary>The merchant's endpoints of the actor's mode, newest first.</summary>
        public async Task<IReadOnlyList<EndpointView>> ListEndpointsAsync(Actor actor, int limit, Guid? after = null)
        {
            var rows = await transaction.Connection.QueryAsync<Row>(ListSql, new { actor.Mode, limit, after });
            return [.. rows.Select(row => row.ToView())];
        }

        /// <summary>Null if there is none that this actor may see.</summary>
        public async Task<EndpointView?> FindEndpointAsync(Actor actor, Guid endpointId) =>
            (await transaction.Connection.QuerySingleOrDefaultAsync<Row>(FindSql, new { endpointId, actor.Mode }))
                ?.ToView();
    }

    internal sealed record Row(
        Guid Id, string Url, string Events, DateTimeOffset CreatedAt, DateTimeOffset? DisabledAt,
        string? DisabledReason, DateTimeOffset? PreviousSecretUntil)
    {
        public EndpointView ToView() => new(
            Id, Url, Events.Split(' ', StringSplitOptions.RemoveEmptyEntries), CreatedAt, DisabledAt, DisabledReason,
            PreviousSecretUntil);
    }
}
