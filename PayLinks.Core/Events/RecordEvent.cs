using System.Text.Json;
using Dapper;
using PayLinks.Core.Database;
using PayLinks.Core.Links;
using PayLinks.Core.Messages;
using PayLinks.Core.Payments;
using PayLinks.Core.Refunds;

namespace PayLinks.Core.Events;

/// <summary>Something that happened to a link, with the moves it made.</summary>
/// <param name="Actor">
/// Who did it: <c>key_…</c>, <c>usr_…</c>, <c>customer</c>, <c>worker</c> or a provider's name.
/// </param>
public sealed record NewEvent(Guid LinkId, string Type, string Actor)
{
    public (LinkStatus From, LinkStatus To)? Link { get; init; }

    public (Guid Id, PaymentStatus? From, PaymentStatus To)? Payment { get; init; }

    public (Guid Id, MessageStatus? From, MessageStatus To)? Message { get; init; }

    public (Guid Id, RefundStatus? From, RefundStatus To)? Refund { get; init; }

    /// <summary>Details for the timeline; never a full phone, email or token.</summary>
    public IReadOnlyDictionary<string, string> Data { get; init; } =
        new Dictionary<string, string>(StringComparer.Ordinal);
}

public static class RecordEvent
{
    private const string MoveSql =
        """
        update link l
        set last_sequence = l.last_sequence + 1,
            status = coalesce(h.link_to, l.status),
            paid_at = case when h.link_to = 'paid' then paylinks_now() else l.paid_at end,
            canceled_at = case when h.link_to = 'canceled' then paylinks_now() else l.canceled_at end,
            expired_at = case when h.link_to = 'expired' then paylinks_now() else l.expired_at end,
            remind_at = case when h.link_to in ('paid', 'canceled', 'expired') then null else l.remind_at end,
            late = l.late or coalesce(h.link_to = 'paid' and h.link_from in ('expired', 'canceled'), false)
        from happened h
        where l.merchant_id = paylinks_merchant() and l.id = h.link_id
            and (h.link_from is null or l.status = h.link_from)
        returning l.merchant_id, l.id, l.mode, l.last_sequence
        """;

    private const string ToldSql =
        """
        told as (
            insert into notice (merchant_id, event_id, endpoint_id, due_at, created_at)
            select r.merchant_id, r.id, w.id, r.created_at, r.created_at
            from recorded r
            join webhook_endpoint w on w.merchant_id = r.merchant_id and w.mode = r.mode
                and w.disabled_at is null and w.deleted_at is null
                and (w.event_types = '{}' or r.type = any (w.event_types)))
        """;

    private static readonly string MoveManySql = Sql(
        MoveSql,
        """
        select * from unnest(@Ids, @LinkIds, @Types, @Actors, @LinkFroms, @LinkTos, @PaymentIds, @PaymentFroms,
            @PaymentTos, @MessageIds, @MessageFroms, @MessageTos, @RefundIds, @RefundFroms, @RefundTos, @Data)
        """);

    private static readonly string MoveOneSql = Sql(
        MoveSql,
        // PostgreSQL cannot know how many rows come out of arrays, and reads all links of a young database to find
        // those of the events. One row is one row.
        """
        values ((@Ids)[1], (@LinkIds)[1], (@Types)[1], (@Actors)[1], (@LinkFroms)[1], (@LinkTos)[1],
            (@PaymentIds)[1], (@PaymentFroms)[1], (@PaymentTos)[1], (@MessageIds)[1], (@MessageFroms)[1],
            (@MessageTos)[1], (@RefundIds)[1], (@RefundFroms)[1], (@RefundTos)[1], (@Data)[1])
        """);

    /// <summary>Makes a link together with its first event, under the id <c>@EventId</c>.</summary>
    /// <param name="insert">
    /// Inserts the link, created by <c>@CreatedBy</c>, and returns its merchant, id and mode.
    /// </param>
    /// <returns>A statement that answers when the link was made.</returns>
    public static string OfNewLink(string insert) =>
        $$"""
        with made (merchant_id, link_id, mode) as (
            {{insert}}),
        recorded as (
            insert into event (merchant_id, id, link_id, mode, sequence, type, actor, created_at)
            select merchant_id, @EventId, link_id, mode, 1, '{{EventTypes.LinkCreated}}', @CreatedBy, paylinks_now()
            from made
            returning merchant_id, id, mode, type, created_at),
        {{ToldSql}}
        select created_at from recorded
        """;

    /// <summary>Makes links together with their first events, under the ids <c>@EventIds</c>.</summary>
    /// <param name="insert">
    /// Inserts the links with the ids <c>@Ids</c>, and returns their merchant, id and mode, who made them and when.
    /// </param>
    /// <returns>A statement that answers when each was made.</returns>
    public static string OfNewLinks(string insert) =>
        $$"""
        with made (merchant_id, link_id, mode, created_by, created_at) as (
            {{insert}}),
        recorded as (
            insert into event (merchant_id, id, link_id, mode, sequence, type, actor, created_at)
            select m.merchant_id, h.id, m.link_id, m.mode, 1, '{{EventTypes.LinkCreated}}', m.created_by, m.created_at
            from made m
            join unnest(@EventIds, @Ids) as h (id, link_id) on h.link_id = m.link_id
            returning merchant_id, id, mode, type, created_at),
        {{ToldSql}}
        select created_at from recorded
        """;

    private static object ParametersOf(NewEvent[] happened) => new
    {
        Ids = happened.Select(_ => Guid.CreateVersion7()).ToArray(),
        LinkIds = happened.Select(one => one.LinkId).ToArray(),
        Types = happened.Select(one => one.Type).ToArray(),
        Actors = happened.Select(one => one.Actor).ToArray(),
        LinkFroms = happened.Select(one => one.Link?.From.ToText()).ToArray(),
        LinkTos = happened.Select(one => one.Link?.To.ToText()).ToArray(),
        PaymentIds = happened.Select(one => one.Payment?.Id).ToArray(),
        PaymentFroms = happened.Select(one => one.Payment?.From?.ToText()).ToArray(),
        PaymentTos = happened.Select(one => one.Payment?.To.ToText()).ToArray(),
        MessageIds = happened.Select(one => one.Message?.Id).ToArray(),
        MessageFroms = happened.Select(one => one.Message?.From?.ToText()).ToArray(),
        MessageTos = happened.Select(one => one.Message?.To.ToText()).ToArray(),
        RefundIds = happened.Select(one => one.Refund?.Id).ToArray(),
        RefundFroms = happened.Select(one => one.Refund?.From?.ToText()).ToArray(),
        RefundTos = happened.Select(one => one.Refund?.To.ToText()).ToArray(),
        Data = happened.Select(one => JsonSerializer.Serialize(one.Data)).ToArray(),
    };

    extension(MerchantTransaction transaction)
    {
        /// <summary>
        /// Appends the events and moves the links that they move; who records for several links has locked them.
        /// </summary>
        /// <exception cref="InvalidOperationException">
        /// A link is not there, not in the status it moves from, or the move is illegal.
        /// </exception>
        public async Task RecordAsync(params IReadOnlyList<NewEvent> happened)
        {
            if (happened.Select(one => one.Link).FirstOrDefault(link => link?.From.MayBecome(link.Value.To) == false)
                is { } link)
            {
                throw new InvalidOperationException($"A link may not go from {link.From} to {link.To}.");
            }

            // A statement changes a row once: the first event of each link, then the second of those that have one.
            foreach (var turn in happened.GroupBy(one => one.LinkId).SelectMany(link => link.Index())
                .GroupBy(one => one.Index, one => one.Item))
            {
                await transaction.RecordOnceAsync([.. turn]);
            }
        }

        private async Task RecordOnceAsync(NewEvent[] happened)
        {
            var recorded = await transaction.Connection.QueryAsync<DateTimeOffset>(
                happened.Length == 1 ? MoveOneSql : MoveManySql, ParametersOf(happened));
            if (recorded.Count() is var rows && rows != happened.Length)
            {
                var said = string.Join(", ", happened.Select(one =>
                    $"{one.Type} of {one.LinkId}, which should be {one.Link?.From.ToText() ?? "there"}"));
                throw new InvalidOperationException($"{happened.Length - rows} not as expected: {said}");
            }
        }
    }

    private static string Sql(string move, string happened) =>
        $$"""
        with happened (id, link_id, type, actor, link_from, link_to, payment_id, payment_from, payment_to,
            message_id, message_from, message_to, refund_id, refund_from, refund_to, data) as (
            {{happened}}),
        moved (merchant_id, link_id, mode, sequence) as (
            {{move}}),
        recorded as (
            insert into event (merchant_id, id, link_id, mode, sequence, type, actor, link_from, link_to,
                payment_id, payment_from, payment_to, message_id, message_from, message_to,
                refund_id, refund_from, refund_to, data, created_at)
            select m.merchant_id, h.id, h.link_id, m.mode, m.sequence, h.type, h.actor, h.link_from, h.link_to,
                h.payment_id, h.payment_from, h.payment_to, h.message_id, h.message_from, h.message_to,
                h.refund_id, h.refund_from, h.refund_to, h.data::jsonb, paylinks_now()
            from moved m
            join happened h on h.link_id = m.link_id
            returning merchant_id, id, mode, type, created_at),
        {{ToldSql}}
        select created_at from recorded
        """;
}
