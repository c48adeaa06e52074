using Npgsql;
using PayLinks.Core.Database;
using PayLinks.Core.Disputes;
using PayLinks.Core.Events;
using PayLinks.Core.Links;
using PayLinks.Core.Messages;
using PayLinks.Core.Notices;
using PayLinks.Core.Payments;
using PayLinks.Core.Refunds;
using PayLinks.Tests.Infrastructure;

namespace PayLinks.Tests.Database;

/// <summary>The legal moves are said twice, in C# and in the database, so that neither can be changed alone.</summary>
public sealed class MoveTests
{
    private TestDatabase _database = null!;
    private TenantRows _rows = null!;

    [OneTimeSetUp]
    public async Task Create()
    {
        _database = await TestDatabase.CreateAsync();
        _rows = await TenantRows.AddAsync(_database);
    }

    [OneTimeTearDown]
    public async Task Drop() => await _database.DisposeAsync();

    [Test]
    public Task A_link_moves_as_the_database_says() => AssertSameAsync<LinkStatus>("link_move", LinkMoves.MayBecome);

    [Test]
    public Task A_payment_moves_as_the_database_says() =>
        AssertSameAsync<PaymentStatus>("payment_move", PaymentMoves.MayBecome);

    [Test]
    public Task A_message_moves_as_the_database_says() =>
        AssertSameAsync<MessageStatus>("message_move", MessageMoves.MayBecome);

    [Test]
    public Task A_refund_moves_as_the_database_says() =>
        AssertSameAsync<RefundStatus>("refund_move", RefundMoves.MayBecome);

    [Test]
    public Task A_notice_moves_as_the_database_says() =>
        AssertSameAsync<NoticeStatus>("notice_move", NoticeMoves.MayBecome);

    [Test]
    public async Task A_notice_makes_no_move_that_is_not_in_the_table()
    {
        var error = (await Assert.CatchAsync<PostgresException>(() => _database.ExecuteAsync(
            "update notice set came_from = 'dead', status = 'delivered', finished_at = now()")))!;

        Assert.That(error.ConstraintName, Is.EqualTo("legal_notice_move"));
    }

    [TestCase(typeof(LinkStatus), "link", "status")]
    [TestCase(typeof(NoticeStatus), "notice", "status")]
    [TestCase(typeof(NoticeOutcome), "notice_attempt", "outcome")]
    [TestCase(typeof(PaymentStatus), "payment", "status")]
    [TestCase(typeof(MessageStatus), "message", "status")]
    [TestCase(typeof(RefundStatus), "refund", "status")]
    [TestCase(typeof(RefundCause), "refund", "cause")]
    [TestCase(typeof(DisputeStatus), "dispute", "status")]
    [TestCase(typeof(MessageChannel), "message", "channel")]
    [TestCase(typeof(MessagePurpose), "message", "purpose")]
    public async Task The_database_knows_the_same_words(Type type, string table, string column)
    {
        var words = await _database.QueryAsync<string>(
            """
            select w[1] from pg_constraint c, regexp_matches(pg_get_constraintdef(c.oid), '''([a-z_]+)''::text', 'g') w
            where c.conrelid = @table::regclass and c.conname = format('%s_%s_check', @table::text, @column::text)
            """,
            new { table, column });

        Assert.That(words, Is.EquivalentTo(Enum.GetNames(type).Select(name => name.ToLowerInvariant())));
    }

    [TestCase("link_from, link_to", "'paid', 'open'", "legal_link_move")]
    [TestCase("payment_id, payment_from, payment_to", "gen_random_uuid(), 'paid', 'failed'", "legal_payment_move")]
    [TestCase("message_id, message_from, message_to", "gen_random_uuid(), 'delivered', 'queued'", "legal_message_move")]
    [TestCase("refund_id, refund_from, refund_to", "gen_random_uuid(), 'refunded', 'queued'", "legal_refund_move")]
    public async Task A_move_that_is_not_in_the_table_cannot_be_recorded(
        string columns, string values, string constraint)
    {
        var error = (await Assert.CatchAsync<PostgresException>(() => _database.ExecuteAsync(
            $"""
            insert into event (merchant_id, id, link_id, mode, sequence, type, actor, created_at, {columns})
            values (@Merchant, gen_random_uuid(), @Link, 'test', 1000, 'link.paid', 'worker', now(), {values})
            """,
            _rows)))!;

        Assert.That(error.ConstraintName, Is.EqualTo(constraint));
    }

    [Test]
    public async Task A_link_that_has_moved_on_is_not_moved_again()
    {
        var rows = await TenantRows.AddAsync(_database);
        var cancel = new NewEvent(rows.Link, EventTypes.LinkCanceled, "key_1")
        {
            Link = (LinkStatus.Open, LinkStatus.Canceled),
        };
        await using (var first = await _database.App.BeginAsync(rows.Merchant))
        {
            await first.RecordAsync(cancel);
            await first.CommitAsync();
        }

        await using var second = await _database.App.BeginAsync(rows.Merchant);
        Assert.That(() => second.RecordAsync(cancel), Throws.InvalidOperationException);
        Assert.That(
            () => second.RecordAsync(cancel with { Link = (LinkStatus.Paid, LinkStatus.Open) }),
            Throws.InvalidOperationException.With.Message.Contains("may not go"));
    }

    [Test]
    public async Task Sixteen_writers_at_once_number_a_links_events_without_gap_or_twin()
    {
        const int Writers = 16;
        const int EventsEach = 10;
        var rows = await TenantRows.AddAsync(_database);

        await Task.WhenAll(Enumerable.Range(0, Writers).Select(async writer =>
        {
            for (var i = 0; i < EventsEach; i++)
            {
                await using var transaction = await _database.App.BeginAsync(rows.Merchant);
                await transaction.RecordAsync(new NewEvent(rows.Link, EventTypes.LinkOpened, "customer"));
                // Every fourth is given up, and must leave no hole.
                if ((writer + i) % 4 != 0)
                {
                    await transaction.CommitAsync();
                }
            }
        }));

        var sequence = await _database.QueryAsync<int>(
            "select sequence from event where link_id = @Link order by sequence", rows);
        Assert.That(sequence, Is.EqualTo(Enumerable.Range(1, 1 + (Writers * EventsEach * 3 / 4))));
    }

    [Test]
    public async Task Twenty_payments_begun_at_once_leave_one_under_way()
    {
        var rows = await TenantRows.AddAsync(_database);
        await _database.ExecuteAsync(
            "update payment set status = 'failed', request_cipher = null where id = @Payment", rows);

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 20).Select(async _ =>
        {
            try
            {
                await _database.ExecuteAsync(
                    """
                    insert into payment
                        (merchant_id, id, link_id, mode, status, amount_minor, currency, callback_key_hash,
                            request_cipher, created_at)
                    values (@Merchant, gen_random_uuid(), @Link, 'test', 'creating', 4990, 'EUR', '\x00', '\x00', now())
                    """,
                    rows);
                return "begun";
            }
            catch (PostgresException error)
            {
                return error.ConstraintName!;
            }
        }));

        Assert.That(outcomes.CountBy(outcome => outcome),
            Is.EquivalentTo(new Dictionary<string, int>(StringComparer.Ordinal)
            {
                ["begun"] = 1,
                ["one_payment_under_way"] = 19,
            }));
    }

    private async Task AssertSameAsync<TStatus>(string table, Func<TStatus, TStatus, bool> mayBecome)
        where TStatus : struct, Enum
    {
        var inCode =
            from before in Enum.GetValues<TStatus>()
            from after in Enum.GetValues<TStatus>()
            where mayBecome(before, after)
            select $"{before.ToText()} → {after.ToText()}";
        var inDatabase = await _database.QueryAsync<string>($"select from_status || ' → ' || to_status from {table}");

        Assert.That(inDatabase, Is.EquivalentTo(inCode));
    }
}
