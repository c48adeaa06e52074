namespace PayLinks.Api.Links;

/// <summary>Why somebody should look at a link. What settles itself is not among it.</summary>
public enum LinkAttention
{
    /// <summary>The customer can still pay, and no message has arrived or is on its way.</summary>
    Undelivered,

    /// <summary>Expired unpaid within a week: may be worth a call.</summary>
    Unpaid,

    /// <summary>The customer can still pay, and was refused twice or more.</summary>
    Refused,

    /// <summary>A refund failed, and none has taken its place.</summary>
    RefundFailed,

    /// <summary>The customer's bank took money back, and has not returned it.</summary>
    Disputed,
}

internal static class LinkAttentions
{
    private const string IsPayable =
        "(link.status = 'processing' or link.status = 'open' and link.expires_at > paylinks_now())";

    /// <summary>
    /// The condition on a row of <c>link</c>. Takes <c>@Mode</c>. Each begins at few rows of an index that holds
    /// nothing else, not at the links.
    /// </summary>
    public static string Condition(this LinkAttention attention) => attention switch
    {
        LinkAttention.Undelivered =>
            $"""
            link.id in (
                select m.link_id from message m
                where m.merchant_id = paylinks_merchant() and m.mode = @Mode
                    and (m.status in ('undelivered', 'failed') or m.status = 'suppressed' and m.reason = 'opted_out')
                    and m.purpose in ('link', 'reminder')
                    and m.created_at > paylinks_now() - interval '30 days')
            and {IsPayable}
            and not exists (
                select from message other
                where other.merchant_id = paylinks_merchant() and other.link_id = link.id
                    and other.purpose in ('link', 'reminder')
                    and other.status in ('queued', 'sending', 'unknown', 'accepted', 'delivered'))
            """,
        LinkAttention.Unpaid =>
            """
            link.id in (
                select l.id from link l
                where l.merchant_id = paylinks_merchant() and l.mode = @Mode and l.status = 'expired'
                    and l.expires_at > paylinks_now() - interval '7 days'
                union all
                select l.id from link l
                where l.merchant_id = paylinks_merchant() and l.mode = @Mode and l.status = 'open'
                    and l.expires_at <= paylinks_now() and l.expires_at > paylinks_now() - interval '7 days')
            """,
        LinkAttention.Refused =>
            $"""
            link.id in (
                select p.link_id from payment p
                where p.merchant_id = paylinks_merchant() and p.mode = @Mode and p.status = 'failed'
                    and p.created_at > paylinks_now() - interval '30 days'
                group by p.link_id
                having count(*) >= 2)
            and {IsPayable}
            """,
        LinkAttention.RefundFailed =>
            """
            link.id in (
                select r.link_id from refund r
                where r.merchant_id = paylinks_merchant() and r.mode = @Mode and r.status = 'failed'
                    and r.created_at > paylinks_now() - interval '30 days'
                    and not exists (
                        select from refund later
                        where later.merchant_id = paylinks_merchant() and later.payment_id = r.payment_id
                            and later.id > r.id and later.status not in ('failed', 'canceled')))
            """,
        LinkAttention.Disputed =>
            """
            link.id in (
                select d.link_id from dispute d
                where d.merchant_id = paylinks_merchant() and d.mode = @Mode and d.status = 'received'
                    and d.received_at > paylinks_now() - interval '30 days')
            """,
    };
}
