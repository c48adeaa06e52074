using PayLinks.Core.Database;
using PayLinks.Core.Events;
using PayLinks.Tests.Database;
using PayLinks.Tests.Infrastructure;

namespace PayLinks.Tests.Notices;

/// <summary>No event without its notice, and no notice for whoever did not ask.</summary>
public sealed class NoticeForEachEventTests
{
    private const string AddSql =
        """
        insert into webhook_endpoint (merchant_id, id, mode, url, event_types, secret_cipher, created_at, created_by)
        values (@Merchant, gen_random_uuid(), 'test', 'https://all.example/', '{}', '\x00', now(), 'key_1'),
            (@Merchant, gen_random_uuid(), 'test', 'https://some.example/', '{link.opened,link.paid}', '\x00', now(),
                'key_1'),
            (@Merchant, gen_random_uuid(), 'live', 'https://live.example/', '{}', '\x00', now(), 'key_1');
        insert into webhook_endpoint (merchant_id, id, mode, url, secret_cipher, created_at, created_by, disabled_at,
            disabled_reason)
        values (@Merchant, gen_random_uuid(), 'test', 'https://disabled.example/', '\x00', now(), 'key_1', now(),
            'gone');
        insert into webhook_endpoint (merchant_id, id, mode, url, created_at, created_by, deleted_at)
        values (@Merchant, gen_random_uuid(), 'test', 'https://deleted.example/', now(), 'key_1', now());
        """;

    // What each event should have caused, said once more and in another way than RecordEvent says it.
    private const string DifferenceSql =
        """
        select kind || ' ' || e.type || ' ' || w.url
        from event e
        cross join webhook_endpoint w
        cross join lateral (
            select case
                when wanted and not told then 'lacks'
                when told and not wanted then 'has' end as kind
            from (select
                w.merchant_id = e.merchant_id and w.mode = e.mode
                    and w.url ~ '^https://(all|shop)\.' or w.url ~ '^https://some\.'
                    and w.merchant_id = e.merchant_id and e.type in ('link.opened', 'link.paid') as wanted,
                exists (select from notice n where n.event_id = e.id and n.endpoint_id = w.id) as told) seen) difference
        where kind is not null
        """;

    [Test]
    public async Task Sixteen_writers_at_once_leave_no_event_without_its_notice()
    {
        await using var database = await TestDatabase.CreateAsync();
        TenantRows[] merchants = [await TenantRows.AddAsync(database), await TenantRows.AddAsync(database)];
        // The first event of each is older than these endpoints.
        await database.ExecuteAsync("delete from notice_attempt; delete from notice; delete from event");
        await database.ExecuteAsync("update link set last_sequence = 0");
        foreach (var merchant in merchants)
        {
            await database.ExecuteAsync(AddSql, merchant);
        }

        string[] types = [EventTypes.LinkOpened, EventTypes.LinkAsked, EventTypes.LinkExtended];
        await Task.WhenAll(Enumerable.Range(0, 16).Select(async writer =>
        {
            for (var i = 0; i < 12; i++)
            {
                var merchant = merchants[(writer + i) % 2];
                await using var transaction = await database.App.BeginAsync(merchant.Merchant);
                await transaction.RecordAsync(new NewEvent(merchant.Link, types[i % 3], "customer"));
                // Every fourth is given up, and must leave neither event nor notice.
                if ((writer + i) % 4 != 0)
                {
                    await transaction.CommitAsync();
                }
            }
        }));

        Assert.That(await database.ReadAsync<int>("select count(*)::int from event"), Is.EqualTo(16 * 12 * 3 / 4));
        Assert.That(await database.QueryAsync<string>(DifferenceSql), Is.Empty);
        Assert.That(
            await database.ReadAsync<int>("select count(*)::int from notice"), Is.GreaterThan(16 * 12 * 3 / 4));
    }
}
