using Dapper;
using Npgsql;
using PayLinks.Api.Events;
using PayLinks.Api.Links;
using PayLinks.Api.SignIn;
using PayLinks.Core;
using PayLinks.Core.Database;

namespace PayLinks.Api.Takings;

/// <summary>Links that wait for their customers, in one currency.</summary>
public sealed record Waiting(long Links, Money Amount);

/// <summary>Links that somebody should look at for one reason.</summary>
/// <param name="Links">How many there are.</param>
/// <param name="Newest">Some of them.</param>
public sealed record AttentionGroup(LinkAttention Why, long Links, IReadOnlyList<AttentionLink> Newest);

public sealed record AttentionLink(Guid Id, Money Amount, string Description, string? Reference, string? Customer);

/// <summary>What the page of takings shows. What could not be read is null; the rest is there all the same.</summary>
/// <param name="Lately">The last thirty days.</param>
/// <param name="Days">The days of the period that was asked for.</param>
public sealed record Board(
    DateOnly Today, TakingsPeriod Period, IReadOnlyList<DayTakings>? Lately, IReadOnlyList<DayTakings>? Days,
    IReadOnlyList<Waiting>? Waiting, IReadOnlyList<AttentionGroup>? Attention, FeedPlace Live);

/// <summary>Reads everything for the page of takings, each part by itself.</summary>
internal sealed partial class ReadBoard(NpgsqlDataSource database, ILogger<ReadBoard> logger)
{
    private const int NewestShown = 3;

    private const string WaitingSql =
        """
        select currency, count(*) as links, sum(amount_minor)::bigint as amount_minor
        from link
        where merchant_id = paylinks_merchant() and mode = @Mode and status = 'open' and expires_at > paylinks_now()
        group by currency
        order by currency
        """;

    private static readonly string AttentionSql = string.Join(
        ';',
        Enum.GetValues<LinkAttention>().Select(why =>
            $"""
            select count(*) over () as links, id, amount_minor, currency, description, reference, customer_name
            from link
            where merchant_id = paylinks_merchant() and mode = @Mode and {why.Condition()}
            order by id desc
            limit {NewestShown}
            """));

    /// <param name="wanted">Null: the last thirty days.</param>
    public async Task<Board> ExecuteAsync(Staff staff, TakingsPeriod? wanted, CancellationToken cancellationToken)
    {
        FeedPlace live;
        DateOnly today;
        await using (var transaction = await database.BeginAsync(staff.MerchantId, cancellationToken))
        {
            live = await transaction.FeedPlaceAsync();
            today = (await MerchantFacts.ReadAsync(transaction)).Today;
        }

        var usual = TakingsPeriod.Until(today);
        var lately = await TryAsync(
            "takings", staff, transaction => SumsAsync(transaction, staff, usual, cancellationToken),
            cancellationToken);
        var days = wanted is null || wanted == usual
            ? lately
            : await TryAsync(
                "period", staff, transaction => SumsAsync(transaction, staff, wanted, cancellationToken),
                cancellationToken);
        return new Board(
            today, wanted ?? usual, lately, days,
            await TryAsync(
                "waiting", staff, transaction => WaitingAsync(transaction, staff, cancellationToken),
                cancellationToken),
            await TryAsync(
                "attention", staff, transaction => AttentionAsync(transaction, staff, cancellationToken),
                cancellationToken),
            live);
    }

    // The page stays up without the part that fails, and says so in its place.
    private async Task<T?> TryAsync<T>(
        string part, Staff staff, Func<MerchantTransaction, Task<T>> readAsync, CancellationToken cancellationToken)
        where T : class
    {
        try
        {
            await using var transaction = await database.BeginAsync(staff.MerchantId, cancellationToken);
            return await readAsync(transaction);
        }
        catch (NpgsqlException failure)
        {
            LogFailed(failure, part, staff.MerchantId);
            return null;
        }
    }

    private static Task<IReadOnlyList<DayTakings>> SumsAsync(
        MerchantTransaction transaction, Staff staff, TakingsPeriod period, CancellationToken cancellationToken) =>
        transaction.TakingsAsync(staff.Mode, staff.TimeZone.Id, period, currency: null, cancellationToken);

    private static async Task<IReadOnlyList<Waiting>> WaitingAsync(
        MerchantTransaction transaction, Staff staff, CancellationToken cancellationToken)
    {
        var rows = await transaction.Connection.QueryAsync<WaitingRow>(Limited(WaitingSql, staff, cancellationToken));
        var waiting = rows.Select(row => new Waiting(row.Links, Amount(row.AmountMinor, row.Currency))).ToList();
        return waiting.Count > 0 ? waiting : [new Waiting(0, Amount(0, staff.Currency))];
    }

    private static async Task<IReadOnlyList<AttentionGroup>> AttentionAsync(
        MerchantTransaction transaction, Staff staff, CancellationToken cancellationToken)
    {
        await using var all = await transaction.Connection.QueryMultipleAsync(
            Limited(AttentionSql, staff, cancellationToken));
        var groups = new List<AttentionGroup>();
        foreach (var why in Enum.GetValues<LinkAttention>())
        {
            var rows = (await all.ReadAsync<AttentionRow>()).AsList();
            groups.Add(new AttentionGroup(
                why, rows.Count == 0 ? 0 : rows[0].Links, [.. rows.Select(row => row.ToLink())]));
        }

        return groups;
    }

    private static CommandDefinition Limited(string sql, Staff staff, CancellationToken cancellationToken) => new(
        sql, new { staff.Mode }, commandTimeout: ReadTakings.SecondsMax, cancellationToken: cancellationToken);

    private static Money Amount(long minor, string currency) => new(minor, Currency.Get(currency));

    private sealed record WaitingRow(string Currency, long Links, long AmountMinor);

    private sealed record AttentionRow(
        long Links, Guid Id, long AmountMinor, string Currency, string Description, string? Reference,
        string? CustomerName)
    {
        public AttentionLink ToLink() => new(Id, Amount(AmountMinor, Currency), Description, Reference, CustomerName);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The part '{Part}' of merchant {MerchantId}'s page failed")]
    private partial void LogFailed(Exception failure, string part, Guid merchantId);
}
