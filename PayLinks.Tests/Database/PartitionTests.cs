using System.Globalization;
using Dapper;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using PayLinks.Tests.Infrastructure;
using PayLinks.Worker.Callbacks;
using PayLinks.Worker.Notices;
using PayLinks.Worker.Partitions;

namespace PayLinks.Tests.Database;

/// <summary>What is kept by the month: each row in its own, and each month as long as it should be.</summary>
public sealed class PartitionTests
{
    private TestDatabase _database = null!;
    private TenantRows _rows = null!;

    [SetUp]
    public async Task Create()
    {
        _database = await TestDatabase.CreateAsync();
        _rows = await TenantRows.AddAsync(_database);
        await _database.ExecuteAsync("delete from notice_attempt; delete from callback");
    }

    [TearDown]
    public async Task Drop() => await _database.DisposeAsync();

    [Test]
    public async Task A_month_goes_when_it_ended_thirty_days_ago_and_nothing_else_goes()
    {
        var old = await AddCallbackAsync(TimeSpan.Zero);
        await AddAttemptAsync();
        await _database.MoveClockAsync(TimeSpan.FromDays(29));
        await KeepAsync();
        Assert.That(await CallbacksAsync(), Is.EqualTo(new[] { old }));
        Assert.That(await AttemptsAsync(), Is.EqualTo(1));
        var others = await OthersAsync();

        // A month is 31 days at most, and is kept for 30 more.
        await _database.MoveClockAsync(TimeSpan.FromDays(62 - 29));
        var young = await AddCallbackAsync(TimeSpan.FromDays(62));
        await KeepAsync();

        Assert.That(await CallbacksAsync(), Is.EqualTo(new[] { young }));
        Assert.That(await AttemptsAsync(), Is.Zero);
        Assert.That(await OthersAsync(), Is.EqualTo(others));
    }

    [Test]
    public async Task What_has_not_been_seen_to_is_kept_however_old_it_is()
    {
        var unseen = await AddCallbackAsync(TimeSpan.Zero, isHandled: false);
        await _database.MoveClockAsync(TimeSpan.FromDays(100));

        await KeepAsync();
        Assert.That(await CallbacksAsync(), Is.EqualTo(new[] { unseen }));
        await _database.ExecuteAsync("update callback set handled_at = now()");
        await KeepAsync();

        Assert.That(await CallbacksAsync(), Is.Empty);
    }

    [TestCase(0, "own")]
    [TestCase(62, "own", Description = "two months without a worker")]
    [TestCase(200, "none")]
    public async Task A_row_finds_a_place_even_if_nobody_has_made_one(int daysWithoutWorker, string month)
    {
        await KeepAsync();
        await _database.MoveClockAsync(TimeSpan.FromDays(daysWithoutWorker));

        var row = await AddCallbackAsync(TimeSpan.FromDays(daysWithoutWorker));
        Assert.That(await PlaceAsync(row), Is.EqualTo(month == "own" ? MonthOf(row) : "callback_default"));
        await KeepAsync();

        Assert.That(await PlaceAsync(row), Is.EqualTo(MonthOf(row)));
        Assert.That(await CallbacksAsync(), Is.EqualTo(new[] { row }));
    }

    [Test]
    public async Task What_a_provider_says_twice_is_kept_once_even_in_another_month()
    {
        await _database.ExecuteAsync(
            "update message set callback_key_hash = '\\x01', created_at = now() - interval '40 days'");
        var first = await AddCallbackAsync(TimeSpan.FromDays(-32));
        await KeepAsync(days: 60);

        Assert.That(await TellAsync("delivered"), Is.True, "the message is known");
        Assert.That(await TellAsync("sent"), Is.True);
        Assert.That(await TellAsync("sent"), Is.True);

        Assert.That(await PlaceAsync(first), Is.Not.EqualTo("callback_default"));
        Assert.That(
            await _database.QueryAsync<string>("select outcome from callback order by id"),
            Is.EqualTo(new[] { "delivered", "sent" }));
    }

    [Test]
    public async Task Whoever_reads_a_table_for_long_is_not_waited_for()
    {
        await AddCallbackAsync(TimeSpan.Zero);
        await KeepAsync();
        await _database.MoveClockAsync(TimeSpan.FromDays(100));
        await using (var dump = new NpgsqlConnection(_database.SuperuserConnection))
        {
            await dump.OpenAsync();
            await using var transaction = await dump.BeginTransactionAsync();
            await dump.ExecuteAsync("lock table callback in access share mode");

            await KeepAsync();
            Assert.That(await CallbacksAsync(), Has.Count.EqualTo(1), "later");
        }

        await KeepAsync();
        Assert.That(await CallbacksAsync(), Is.Empty);
    }

    // As the worker's job does.
    private async Task KeepAsync(int days = 30) => await new KeepPartitions(
        _database.App, new CallbackOptions { LogDays = days }, new NoticeOptions(), NullLogger<KeepPartitions>.Instance)
        .RunOnceAsync(CancellationToken.None);

    private async Task<Guid> AddCallbackAsync(TimeSpan ahead, bool isHandled = true)
    {
        var id = Guid.CreateVersion7(TimeProvider.System.GetUtcNow() + ahead);
        await _database.ExecuteAsync(
            """
            insert into callback (merchant_id, id, provider, message_id, outcome, received_at, handled_at)
            values (@Merchant, @id, 'twilio', @Message, 'delivered', paylinks_now(),
                case when @isHandled then paylinks_now() end)
            """,
            new { _rows.Merchant, id, _rows.Message, isHandled });
        return id;
    }

    private Task<int> AddAttemptAsync() => _database.ExecuteAsync(
        """
        insert into notice_attempt (merchant_id, id, event_id, endpoint_id, attempt, outcome, url, body_cipher, latency,
            sent_at, created_at)
        select merchant_id, @id, event_id, endpoint_id, 1, 'timeout', 'https://shop.example/hook', '\x00', '1 s', now(),
            now()
        from notice
        """,
        new { id = Guid.CreateVersion7() });

    private async Task<bool> TellAsync(string outcome)
    {
        await using var connection = await _database.App.OpenConnectionAsync();
        return await connection.ExecuteScalarAsync<bool>(
            "select receive_message_callback(@id, 'twilio', array['\\x01'::bytea], @outcome, null, null)",
            new { id = Guid.CreateVersion7(), outcome });
    }

    private Task<IReadOnlyList<Guid>> CallbacksAsync() =>
        _database.QueryAsync<Guid>("select id from callback order by id");

    private Task<long> AttemptsAsync() => _database.ReadAsync<long>("select count(*) from notice_attempt");

    // All that is not kept by the month.
    private Task<string> OthersAsync() => _database.ReadAsync<string>(
        """
        select format('%s links, %s messages, %s events, %s notices, %s answers',
            (select count(*) from link), (select count(*) from message), (select count(*) from event),
            (select count(*) from notice), (select count(*) from idempotency))
        """);

    private Task<string> PlaceAsync(Guid id) =>
        _database.ReadAsync<string>("select tableoid::regclass::text from callback where id = @id", new { id });

    // Where a row's id belongs.
    private static string MonthOf(Guid id)
    {
        var made = DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(
            id.ToString("N")[..12], NumberStyles.HexNumber, CultureInfo.InvariantCulture));
        return made.ToString("'callback_'yyyy_MM", CultureInfo.InvariantCulture);
    }
}
