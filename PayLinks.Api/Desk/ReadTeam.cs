using Dapper;
using PayLinks.Api.Links;
using PayLinks.Core;
using PayLinks.Core.Database;
using PayLinks.Core.Links;
using PayLinks.Core.Messages;

namespace PayLinks.Api.Desk;

/// <param name="Maker">Who made it, as links record it.</param>
/// <param name="Holder">On whose desk it is.</param>
public sealed record TeamCard(DeskCard Card, string Maker, string Holder);

/// <summary>How long the customers of today took, and how many of them these are the middle of.</summary>
public sealed record TeamTimes(TimeSpan? ToOpened, int Opened, TimeSpan? ToPaid, int Paid);

/// <summary>How many of today's messages did not arrive.</summary>
/// <param name="Country">ISO 3166; null for emails and for numbers of no country.</param>
/// <param name="Carrier">The carrier that the number was first given to, as far as it is known.</param>
public sealed record Undelivered(MessageChannel Channel, string? Country, string? Carrier, int Count);

/// <summary>What agents are at, for whoever looks after them.</summary>
public sealed class ReadTeam(ReadCards cards)
{
    public const int LinksMax = 200;

    private const string AgentsSql =
        """
        select user_id, display_name as name from membership
        where merchant_id = paylinks_merchant() and role = 'agent'
        order by display_name
        """;

    private const string OpenSql =
        $"""
        select {ReadLinks.Columns}
        from link
        where merchant_id = paylinks_merchant() and mode = @Mode and created_by = any (@Makers)
            and (status = 'processing' or (status = 'open' and expires_at > paylinks_now()))
        order by id desc
        limit @LinksMax
        """;

    private const string HoldersSql =
        "select id, coalesce(taken_over_by, created_by) as name from link "
        + "where merchant_id = paylinks_merchant() and id = any (@Ids)";

    // As the index link_of_desk has it; a link that was taken over is on the desk of one of the staff.
    private const string TodaySql =
        """
        select id from link
        where merchant_id = paylinks_merchant() and mode = @Mode and created_by like 'usr\_%'
            and created_by = any (@Makers) and coalesce(taken_over_by, created_by) = any (@Holders)
            and created_at >= (
                select date_trunc('day', paylinks_now() at time zone time_zone) at time zone time_zone
                from merchant where id = paylinks_merchant())
        """;

    private const string TimesSql =
        $"""
        with way as (
            select min(created_at) filter (where type = 'link.sent') as sent,
                min(created_at) filter (where type = 'link.opened') as opened,
                min(created_at) filter (where type = 'link.paid') as paid
            from event
            where merchant_id = paylinks_merchant() and link_id in ({TodaySql})
            group by link_id)
        select percentile_disc(0.5) within group (order by opened - sent) filter (where opened >= sent) as to_opened,
            count(*) filter (where opened >= sent)::int as opened,
            percentile_disc(0.5) within group (order by paid - opened) filter (where paid >= opened) as to_paid,
            count(*) filter (where paid >= opened)::int as paid
        from way
        """;

    private const string UndeliveredSql =
        $"""
        select channel, recipient from message
        where merchant_id = paylinks_merchant() and link_id in ({TodaySql})
            and purpose = 'link' and status in ('undelivered', 'failed')
        """;

    /// <summary>The agents by name, as links record them.</summary>
    public static async Task<IReadOnlyList<(string Maker, string Name)>> AgentsAsync(MerchantTransaction transaction) =>
    [
        .. (await transaction.Connection.QueryAsync<AgentRow>(AgentsSql))
            .Select(row => (PublicId.Format(PublicId.User, row.UserId), row.Name)),
    ];

    /// <summary>The links of these agents that can still be paid, newest first.</summary>
    public async Task<IReadOnlyList<TeamCard>> OpenAsync(
        MerchantTransaction transaction, Actor actor, IReadOnlyList<string> makers)
    {
        var rows = (await transaction.Connection.QueryAsync<ReadLinks.Row>(
            OpenSql, new { actor.Mode, Makers = makers, LinksMax })).AsList();
        var holders = (await transaction.Connection.QueryAsync<HolderRow>(
                HoldersSql, new { Ids = rows.Select(row => row.Id).ToArray() }))
            .ToDictionary(row => row.Id, row => row.Name);
        return
        [
            .. (await cards.ToCardsAsync(transaction, rows, actor))
                .Select(card => new TeamCard(card, card.Link.CreatedBy, holders[card.Link.Id])),
        ];
    }

    /// <param name="holders">Everybody who may have a card.</param>
    public static Task<TeamTimes> TimesAsync(
        MerchantTransaction transaction, string mode, IReadOnlyList<string> makers, IReadOnlyList<string> holders) =>
        transaction.Connection.QuerySingleAsync<TeamTimes>(
            TimesSql, new { Mode = mode, Makers = makers, Holders = holders });

    /// <summary>Sums, the largest first: whose messages they were is left out.</summary>
    public static async Task<IReadOnlyList<Undelivered>> UndeliveredAsync(
        MerchantTransaction transaction, string mode, IReadOnlyList<string> makers, IReadOnlyList<string> holders) =>
    [
        .. (await transaction.Connection.QueryAsync<UndeliveredRow>(
                UndeliveredSql, new { Mode = mode, Makers = makers, Holders = holders }))
            .Select(row => row.Channel == MessageChannel.Sms
                ? (row.Channel, PhoneOrigin.Country(row.Recipient), PhoneOrigin.Carrier(row.Recipient))
                : (row.Channel, null, null))
            .GroupBy(where => where)
            .Select(group => new Undelivered(group.Key.Channel, group.Key.Item2, group.Key.Item3, group.Count()))
            .OrderByDescending(sum => sum.Count),
    ];

    private sealed record AgentRow(Guid UserId, string Name);

    private sealed record HolderRow(Guid Id, string Name);

    private sealed record UndeliveredRow(MessageChannel Channel, string Recipient);
}
