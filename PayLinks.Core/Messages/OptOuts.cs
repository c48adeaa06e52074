using Dapper;
using PayLinks.Core.Database;
using PayLinks.Core.Events;

namespace PayLinks.Core.Messages;

/// <summary>Where somebody said that they do not want to be written to.</summary>
public enum OptOutSource
{
    /// <summary>In a text to us, which the provider minds as well.</summary>
    Reply,

    /// <summary>At the provider, which told us.</summary>
    Provider,

    /// <summary>On our page, or with their mail program's button.</summary>
    Page,
}

/// <summary>Somebody does not want to be written to by this merchant any more, or does again.</summary>
/// <param name="Recipient">E.164 for SMS, an address for email.</param>
/// <param name="Actor">Who says so, as in <see cref="NewEvent"/>.</param>
public sealed record Wish(MessageChannel Channel, string Recipient, OptOutSource Source, string Actor)
{
    /// <summary>When it was said; null: now. What came later, and was heard earlier, stands.</summary>
    public DateTimeOffset? SaidAt { get; init; }

    /// <summary>
    /// The message that was refused: the provider may have known for as long as that message has been under way.
    /// </summary>
    public Guid? Refused { get; init; }
}

/// <summary>
/// Who has opted out: no more texts at all, and no more emails that invite to pay; receipts by email still go out.
/// </summary>
public static class OptOuts
{
    private const string OptOutSql =
        """
        insert into opt_out (merchant_id, channel, recipient, source, opted_out_at)
        select paylinks_merchant(), @Channel, @Recipient, @Source,
            least(@SaidAt::timestamptz, m.lease_started_at, paylinks_now())
        from (select) nothing
        left join message m on m.merchant_id = paylinks_merchant() and m.id = @Refused
        on conflict (merchant_id, channel, recipient) do update
        set opted_in_at = null,
            opted_out_at =
                case when opt_out.opted_in_at is null then opt_out.opted_out_at else excluded.opted_out_at end,
            -- What a provider minds, our page cannot lift, and must not promise to.
            source = case
                when opt_out.opted_in_at is null and excluded.source = 'page' then opt_out.source
                else excluded.source end
        where opt_out.opted_in_at is null or opt_out.opted_in_at < excluded.opted_out_at
        returning 1
        """;

    private const string OptInSql =
        """
        update opt_out set opted_in_at = least(@SaidAt::timestamptz, paylinks_now())
        where merchant_id = paylinks_merchant() and channel = @Channel and recipient = @Recipient
            and opted_in_at is null and opted_out_at <= least(@SaidAt::timestamptz, paylinks_now())
        """;

    // A link that somebody is at is passed over, so that nobody waits in a circle: its messages are looked at again
    // when they are leased.
    private const string LockLinksSql =
        $"""
        select id from link
        where merchant_id = paylinks_merchant() and id in (select link_id from message where {Unwanted})
        order by id
        for update skip locked
        """;

    private const string SuppressSql =
        $"""
        update message set status = 'suppressed', reason = '{DeliveryReason.OptedOut}', finished_at = paylinks_now()
        where link_id = any(@links) and {Unwanted}
        returning id, link_id, purpose
        """;

    private const string Unwanted =
        """
        merchant_id = paylinks_merchant() and status = 'queued' and channel = @Channel
            and lower(recipient) = @Recipient and (channel = 'sms' or purpose in ('link', 'reminder'))
        """;

    extension(MerchantTransaction transaction)
    {
        /// <summary>
        /// Writes down that somebody has opted out, unless they have come back since, and takes back what is queued for
        /// them. Several in one transaction go in the order of channel and recipient, so that none waits for another.
        /// </summary>
        /// <returns>The links whose invitations were taken back.</returns>
        public async Task<IReadOnlyList<Guid>> OptOutAsync(Wish wish)
        {
            var row = Row(wish);
            if (await transaction.Connection.ExecuteScalarAsync<int?>(OptOutSql, row) is null)
            {
                return [];
            }

            var links = (await transaction.Connection.QueryAsync<Guid>(LockLinksSql, row)).ToArray();
            var suppressed = links.Length == 0
                ? []
                : (await transaction.Connection.QueryAsync<Suppressed>(
                    SuppressSql, new { row.Channel, row.Recipient, links })).AsList();
            var invitations = suppressed
                .Where(message => message.Purpose is MessagePurpose.Link or MessagePurpose.Reminder)
                .OrderBy(message => message.LinkId).ThenBy(message => message.Id).ToList();
            foreach (var message in invitations)
            {
                await transaction.RecordAsync(new NewEvent(message.LinkId, EventTypes.LinkUndelivered, wish.Actor)
                {
                    Message = (message.Id, MessageStatus.Queued, MessageStatus.Suppressed),
                    Data = new Dictionary<string, string>(StringComparer.Ordinal)
                    {
                        ["channel"] = row.Channel,
                        ["reason"] = DeliveryReason.OptedOut,
                    },
                });
            }

            return [.. invitations.Select(message => message.LinkId).Distinct()];
        }

        /// <summary>Writes down that somebody wants to be written to again, unless they have opted out since.</summary>
        /// <returns>False when nothing has changed by it.</returns>
        public async Task<bool> OptInAsync(Wish wish) =>
            await transaction.Connection.ExecuteAsync(OptInSql, Row(wish)) == 1;
    }

    private static WishRow Row(Wish wish) => new(
        wish.Channel.ToText(), wish.Recipient.ToLowerInvariant(), wish.Source.ToText(), wish.SaidAt, wish.Refused);

    private sealed record WishRow(
        string Channel, string Recipient, string Source, DateTimeOffset? SaidAt, Guid? Refused);

    private sealed record Suppressed(Guid Id, Guid LinkId, MessagePurpose Purpose);
}
