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
    // The only statement that changes a link's status: the move, its times and its event are one. The update locks
    // the link's row, so the sequence has no gap and no twin. The merchant's webhook endpoints that want to know are
    // told by the same statement, so no event lacks its notice.
    private const string RecordSql =
        """
        with moved as (
            update link
            set last_sequence = last_sequence + 1,
                status = coalesce(@LinkTo, status),
                paid_at = case when @LinkTo = 'paid' then paylinks_now() else paid_at end,
                canceled_at = case when @LinkTo = 'canceled' then paylinks_now() else canceled_at end,
                expired_at = case when @LinkTo = 'expired' then paylinks_now() else expired_at end,
                remind_at = case when @LinkTo in ('paid', 'canceled', 'expired') then null else remind_at end,
                late = late or coalesce(@LinkTo = 'paid' and @LinkFrom in ('expired', 'canceled'), false)
            where merchant_id = paylinks_merchant() and id = @LinkId and (@LinkFrom is null or status = @LinkFrom)
            returning merchant_id, id, mode, last_sequence
        ),
        recorded as (
            insert into event (merchant_id, id, link_id, mode, sequence, type, actor, link_from, link_to,
                payment_id, payment_from, payment_to, message_id, message_from, message_to,
                refund_id, refund_from, refund_to, data, created_at)
            select merchant_id, @Id, id, mode, last_sequence, @Type, @Actor, @LinkFrom, @LinkTo,
                @PaymentId, @PaymentFrom, @PaymentTo, @MessageId, @MessageFrom, @MessageTo,
                @RefundId, @RefundFrom, @RefundTo, @Data::jsonb, paylinks_now()
            from moved
            returning merchant_id, id, mode, type, created_at
        ),
        told as (
            insert into notice (merchant_id, event_id, endpoint_id, due_at, created_at)
            select r.merchant_id, r.id, w.id, r.created_at, r.created_at
            from recorded r
            join webhook_endpoint w on w.merchant_id = r.merchant_id and w.mode = r.mode
                and w.disabled_at is null and w.deleted_at is null
                and (w.event_types = '{}' or r.type = any (w.event_types))
        )
        select count(*)::int from recorded
        """;

    extension(MerchantTransaction transaction)
    {
        /// <summary>Appends the event and, if it moves the link, moves it.</summary>
        /// <exception cref="InvalidOperationException">
        /// The link is not there, not in the status it moves from, or the move is illegal.
        /// </exception>
        public async Task RecordAsync(NewEvent happened)
        {
            if (happened.Link is { } link && !link.From.MayBecome(link.To))
            {
                throw new InvalidOperationException($"A link may not go from {link.From} to {link.To}.");
            }

            var rows = await transaction.Connection.ExecuteScalarAsync<int>(RecordSql, new
            {
                Id = Guid.CreateVersion7(),
                happened.LinkId,
                happened.Type,
                happened.Actor,
                LinkFrom = happened.Link?.From.ToText(),
                LinkTo = happened.Link?.To.ToText(),
                PaymentId = happened.Payment?.Id,
                PaymentFrom = happened.Payment?.From?.ToText(),
                PaymentTo = happened.Payment?.To.ToText(),
                MessageId = happened.Message?.Id,
                MessageFrom = happened.Message?.From?.ToText(),
                MessageTo = happened.Message?.To.ToText(),
                RefundId = happened.Refund?.Id,
                RefundFrom = happened.Refund?.From?.ToText(),
                RefundTo = happened.Refund?.To.ToText(),
                Data = JsonSerializer.Serialize(happened.Data),
            });

            if (rows != 1)
            {
                throw new InvalidOperationException(
                    $"Link {happened.LinkId} was not {happened.Link?.From.ToText() ?? "there"} "
                    + $"when {happened.Type} was recorded.");
            }
        }
    }
}
