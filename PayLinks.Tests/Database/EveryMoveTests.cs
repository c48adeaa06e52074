using Dapper;
using Npgsql;
using PayLinks.Core.Database;
using PayLinks.Core.Links;
using PayLinks.Core.Messages;
using PayLinks.Core.Payments;
using PayLinks.Core.Refunds;
using PayLinks.Tests.Infrastructure;

namespace PayLinks.Tests.Database;

/// <summary>Every pair of statuses, legal or not, is tried at the database, which decides as the code does.</summary>
public sealed class EveryMoveTests
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
    public Task Of_a_link() => TryAllAsync<LinkStatus>("link", LinkMoves.MayBecome);

    [Test]
    public Task Of_a_payment() => TryAllAsync<PaymentStatus>("payment", PaymentMoves.MayBecome);

    [Test]
    public Task Of_a_message() => TryAllAsync<MessageStatus>("message", MessageMoves.MayBecome);

    [Test]
    public Task Of_a_refund() => TryAllAsync<RefundStatus>("refund", RefundMoves.MayBecome);

    private async Task TryAllAsync<TStatus>(string noun, Func<TStatus, TStatus, bool> mayBecome)
        where TStatus : struct, Enum
    {
        foreach (var from in Enum.GetValues<TStatus>())
        {
            foreach (var to in Enum.GetValues<TStatus>())
            {
                var refusal = await RecordAsync(noun, from.ToText(), to.ToText());
                Assert.That(refusal, Is.EqualTo(mayBecome(from, to) ? null : $"legal_{noun}_move"), $"{from} → {to}");
            }
        }
    }

    /// <returns>The constraint that forbids it, or null.</returns>
    private async Task<string?> RecordAsync(string noun, string from, string to)
    {
        await using var connection = new NpgsqlConnection(_database.SuperuserConnection);
        await connection.OpenAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        var (column, value) = noun == "link" ? ("", "") : ($", {noun}_id", ", gen_random_uuid()");
        try
        {
            await connection.ExecuteAsync(
                $"""
                insert into event (merchant_id, id, link_id, mode, sequence, type, actor, created_at,
                    {noun}_from, {noun}_to{column})
                values (@Merchant, gen_random_uuid(), @Link, 'test', 1000, 'link.paid', 'worker', now(),
                    @from, @to{value})
                """,
                new { _rows.Merchant, _rows.Link, from, to });
            return null;
        }
        catch (PostgresException error)
        {
            return error.ConstraintName;
        }
    }
}
