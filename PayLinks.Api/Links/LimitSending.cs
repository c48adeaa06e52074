using Dapper;
using PayLinks.Core.Database;
using PayLinks.Core.Messages;

namespace PayLinks.Api.Links;

/// <summary>
/// Says why a message may not be queued now. Asked in the transaction that queues it, right before: a count of texts
/// stays true until that transaction has ended, because others who send to like numbers wait for it.
/// </summary>
public sealed class LimitSending(SendLimits limits)
{
    // Falling back to the other channel was nobody's wish, and what was taken back has bothered nobody.
    private const string ResentSql =
        """
        select greatest(count(*) - count(distinct m.channel), 0)::int as resends,
            count(*) filter (where m.channel = @Channel) > 0 as has_channel,
            max(m.created_at) filter (where m.recipient = @recipient) + @ResendAfter - paylinks_now() as wait,
            max(l.expires_at) - paylinks_now() as remaining
        from message m
        join link l on l.merchant_id = m.merchant_id and l.id = m.link_id
        where m.merchant_id = paylinks_merchant() and m.link_id = @linkId and m.purpose = 'link'
            and m.fallback_of is null and m.status <> 'suppressed'
        """;

    /// <param name="number">E.164.</param>
    /// <returns>Null if a text may go to it.</returns>
    public async Task<LinkOutcome.TooMany?> WhyNotTextAsync(MerchantTransaction transaction, string number) =>
        await transaction.WhyNotTextAsync(number, limits) is { } limit
            ? new LinkOutcome.TooMany(limit.Code, limit.RetryAfter)
            : null;

    /// <summary>For a link that exists and is locked, and may have been sent before.</summary>
    /// <returns>Null if it may go to this address.</returns>
    public async Task<LinkOutcome.TooMany?> WhyNotAgainAsync(
        MerchantTransaction transaction, Guid linkId, MessageChannel channel, string recipient)
    {
        var sent = await transaction.Connection.QuerySingleAsync<Resent>(
            ResentSql, new { linkId, Channel = channel.ToText(), recipient, limits.ResendAfter });
        // A first message on the other channel repeats nothing; only another link ends waiting for more of this one.
        return sent.HasChannel && limits.ResendsPerLink > 0 && sent.Resends >= limits.ResendsPerLink
                ? new LinkOutcome.TooMany(Limited.Resend, sent.Remaining ?? TimeSpan.Zero)
            : sent.Wait > TimeSpan.Zero ? new LinkOutcome.TooMany(Limited.ResendTooSoon, sent.Wait.Value)
            : channel == MessageChannel.Sms ? await WhyNotTextAsync(transaction, recipient)
            : null;
    }

    private sealed record Resent(int Resends, bool HasChannel, TimeSpan? Wait, TimeSpan? Remaining);
}
