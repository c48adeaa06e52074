using Dapper;
using PayLinks.Api.Links;
using PayLinks.Core.Database;

namespace PayLinks.Api.Notices;

/// <summary>How many notices were asked for again, and whether there may be more than fit at once.</summary>
public sealed record AskedAgain(int Notices, bool HasMore);

/// <summary>
/// Has notices posted again: those of one event, all of a period, or all that failed. An endpoint that wants the type
/// of an event is told even if it did not exist when the event did. The caller commits.
/// </summary>
public static class AskAgain
{
    /// <summary>How many at once.</summary>
    public const int NoticesMax = 10_000;

    // What is being posted right now stays as it is: it is told in any case.
    private const string TellSql =
        """
        with told as (
            insert into notice (merchant_id, event_id, endpoint_id, due_at, created_at)
            select e.merchant_id, e.id, w.id, paylinks_now(), paylinks_now()
            from event e
            join webhook_endpoint w on w.merchant_id = e.merchant_id and w.mode = e.mode
                and w.disabled_at is null and w.deleted_at is null
                and (w.event_types = '{}' or e.type = any (w.event_types))
            where e.merchant_id = paylinks_merchant() and e.mode = @Mode
                and (@EventId::uuid is null or e.id = @EventId)
                and (@EndpointId::uuid is null or w.id = @EndpointId)
                and e.id >= lowest_id_since(@From) and (@From::timestamptz is null or e.created_at >= @From)
                and (@To::timestamptz is null or e.created_at < @To)
            order by e.id
            limit @NoticesMax
            on conflict (merchant_id, event_id, endpoint_id) do update
            set came_from = case when notice.finished_at is null then notice.came_from else notice.status end,
                status = case when notice.finished_at is null then notice.status else 'pending' end,
                attempt = case when notice.finished_at is null then notice.attempt else 0 end,
                due_at = case when notice.leased then notice.due_at else excluded.due_at end,
                finished_at = null
            returning 1)
        select count(*)::int from told
        """;

    private const string TellFailedSql =
        """
        with dead as (
            select event_id from notice
            where merchant_id = paylinks_merchant() and endpoint_id = @EndpointId and status = 'dead'
            order by event_id
            limit @NoticesMax
            for update),
        told as (
            update notice n
            set came_from = 'dead', status = 'pending', attempt = 0, due_at = paylinks_now(), finished_at = null
            from dead
            where n.merchant_id = paylinks_merchant() and n.endpoint_id = @EndpointId and n.event_id = dead.event_id
            returning 1)
        select count(*)::int from told
        """;

    // Nobody needs to know exactly how many more than fit at once.
    private const string CountFailedSql =
        """
        select count(*)::int from (
            select from notice
            where merchant_id = paylinks_merchant() and endpoint_id = @endpointId and status = 'dead'
            limit @NoticesMax) dead
        """;

    private const string LinkSql =
        "select link_id from event where merchant_id = paylinks_merchant() and id = @eventId and mode = @Mode";

    extension(MerchantTransaction transaction)
    {
        /// <summary>The link that an event is of; null if there is no such event for this actor.</summary>
        public Task<Guid?> LinkOfEventAsync(Actor actor, Guid eventId) =>
            transaction.Connection.QuerySingleOrDefaultAsync<Guid?>(LinkSql, new { eventId, actor.Mode });

        /// <param name="endpointId">Null: every endpoint that wants its type.</param>
        public Task<AskedAgain> TellEventAgainAsync(Actor actor, Guid eventId, Guid? endpointId = null) =>
            AskAsync(transaction, TellSql, actor, eventId, endpointId);

        /// <summary>Everything that happened in a period, whether or not it was told before.</summary>
        /// <param name="from">Inclusive; null: from the first.</param>
        /// <param name="to">Exclusive; null: to the last.</param>
        public Task<AskedAgain> TellPeriodAgainAsync(
            Actor actor, Guid endpointId, DateTimeOffset? from, DateTimeOffset? to) =>
            AskAsync(transaction, TellSql, actor, eventId: null, endpointId, from, to);

        /// <summary>How many notices of an endpoint lie dead, up to <see cref="NoticesMax"/>.</summary>
        public Task<int> CountFailedAsync(Guid endpointId) =>
            transaction.Connection.ExecuteScalarAsync<int>(CountFailedSql, new { endpointId, NoticesMax });

        public Task<AskedAgain> TellFailedAgainAsync(Actor actor, Guid endpointId) =>
            AskAsync(transaction, TellFailedSql, actor, eventId: null, endpointId);
    }

    private static async Task<AskedAgain> AskAsync(
        MerchantTransaction transaction, string sql, Actor actor, Guid? eventId, Guid? endpointId,
        DateTimeOffset? from = null, DateTimeOffset? to = null)
    {
        var told = await transaction.Connection.ExecuteScalarAsync<int>(sql, new
        {
            actor.Mode,
            EventId = eventId,
            EndpointId = endpointId,
            From = from,
            To = to,
            NoticesMax,
        });
        return new AskedAgain(told, told == NoticesMax);
    }
}
