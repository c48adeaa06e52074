using Dapper;
using PayLinks.Core.Messages;
using PayLinks.Tests.Infrastructure;

namespace PayLinks.Tests.Sending;

/// <param name="MerchantId">Null in the row that only says when to come again.</param>
internal sealed record LeasedRow(Guid? MerchantId, Guid? Id, bool? OptedOut, TimeSpan? AgainIn);

/// <summary>The queue as its leases see it, without anybody who sends.</summary>
internal sealed class MessageQueue(TestDatabase database)
{
    /// <summary>A merchant with one open link.</summary>
    public async Task<Guid> AddMerchantAsync(
        string sender, int? perSecond = null, int budget = 10_000_000, string zone = "Europe/Rome")
    {
        var id = Guid.CreateVersion7();
        await database.ExecuteAsync(
            """
            insert into merchant (id, name, country, language, time_zone, currency, email, sms_sender, email_from,
                sms_per_second, sms_segments_per_day)
            values (@id, 'M', 'IT', 'it', @zone, 'EUR', 'm@example.test', @sender, 'm@example.test',
                @perSecond::smallint, @budget);
            insert into link (merchant_id, id, mode, token_hash, token_cipher, amount_minor, currency, description,
                locale, created_at, created_by, expires_at, expiry_due_at)
            values (@id, @id, 'test', '\x00', '\x00', 4990, 'EUR', 'x', 'it-IT', now(), 'key_1',
                now() + interval '300 days', now() + interval '300 days')
            """,
            new { id, sender, perSecond, budget, zone });
        return id;
    }

    public Task AddAsync(
        Guid merchant, int count = 1, MessageLane lane = MessageLane.Api, int segments = 1, string channel = "sms") =>
        database.ExecuteAsync(
            """
            insert into message (merchant_id, id, link_id, mode, channel, purpose, recipient, locale, lane, segments,
                callback_key_hash, callback_key_cipher, due_at, created_at)
            select @merchant, gen_random_uuid(), @merchant, 'test', @channel, 'link', '+393471234567', 'it-IT',
                @Lane::smallint, @segments::smallint, '\x00', '\x00',
                paylinks_now() - interval '1 second' + i * interval '1 microsecond', paylinks_now()
            from generate_series(1, @count) i
            """,
            new { merchant, count, Lane = (int)lane, segments, channel });

    /// <summary>What a worker does first, with the documented rates.</summary>
    /// <returns>What was leased, and the last row if there is one.</returns>
    public async Task<(IReadOnlyList<LeasedRow> Leased, TimeSpan? AgainIn)> LeaseAsync(
        string channel = "sms", int batch = 64)
    {
        await using var connection = await database.App.OpenConnectionAsync();
        var rows = (await connection.QueryAsync<LeasedRow>(
            """
            select merchant_id, id, opted_out, again_in
            from lease_messages(@channel, @batch, interval '13 seconds', 1, 10, 30, 10)
            """,
            new { channel, batch })).ToList();
        return ([.. rows.Where(row => row.Id is not null)], rows.Find(row => row.Id is null)?.AgainIn);
    }

    public Task<int> SegmentsOfDayAsync(Guid merchant) => database.ReadAsync<int>(
        "select coalesce(sum(segments), 0)::int from sms_day where merchant_id = @merchant", new { merchant });

    public Task<long> CountAsync(Guid merchant, string status) => database.ReadAsync<long>(
        "select count(*) from message where merchant_id = @merchant and status = @status", new { merchant, status });
}
