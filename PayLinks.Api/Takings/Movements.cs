namespace PayLinks.Api.Takings;

/// <summary>
/// What counts as takings, said once for sums, rows and lists. Money came in on the day it was paid, went back on the
/// day it was refunded or taken back by the customer's bank, and came in again on the day the bank returned it. What
/// was paid in surplus was never the merchant's, so neither it nor its way back counts.
/// </summary>
internal static class Movements
{
    public const string Payment = "payment";
    public const string Refund = "refund";
    public const string Dispute = "dispute";
    public const string Reversal = "reversal";

    /// <summary>
    /// One row for each movement: <c>kind, at, id, link_id, currency, amount_minor</c>. Takes <c>@Mode</c>,
    /// <c>@Zone</c>, and <c>@FirstDay</c> and <c>@LastDay</c>, both inclusive, as they begin and end in that zone.
    /// </summary>
    public static readonly string Sql =
        $"""
        select '{Payment}' as kind, p.paid_at as at, p.id, p.link_id, p.currency, p.amount_minor
        from payment p
        where p.merchant_id = paylinks_merchant() and p.mode = @Mode and not p.surplus and {IsWithin("p.paid_at")}
        union all
        select '{Refund}', r.refunded_at, r.id, r.link_id, r.currency, r.amount_minor
        from refund r
        join payment p on p.merchant_id = r.merchant_id and p.id = r.payment_id and not p.surplus
        where r.merchant_id = paylinks_merchant() and r.mode = @Mode and {IsWithin("r.refunded_at")}
        union all
        select '{Dispute}', d.received_at, d.id, d.link_id, d.currency, d.amount_minor
        from dispute d
        join payment p on p.merchant_id = d.merchant_id and p.id = d.payment_id and not p.surplus
        where d.merchant_id = paylinks_merchant() and d.mode = @Mode and {IsWithin("d.received_at")}
        union all
        select '{Reversal}', d.reversed_at, d.id, d.link_id, d.currency, d.amount_minor
        from dispute d
        join payment p on p.merchant_id = d.merchant_id and p.id = d.payment_id and not p.surplus
        where d.merchant_id = paylinks_merchant() and d.mode = @Mode and {IsWithin("d.reversed_at")}
        """;

    // The day decides, also on the days on which the clock is changed. The bounds let an index serve: no zone is a
    // whole day away from UTC.
    private static string IsWithin(string column) =>
        $"""
        {column} >= (@FirstDay::date - 1)::timestamp at time zone 'utc'
            and {column} < (@LastDay::date + 2)::timestamp at time zone 'utc'
            and ({column} at time zone @Zone)::date between @FirstDay::date and @LastDay::date
        """;
}
