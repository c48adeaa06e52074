using System.Globalization;
using System.Net;
using Dapper;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using PayLinks.Api.Links;
using PayLinks.Core;
using PayLinks.Core.Database;
using PayLinks.Core.Hosting;
using PayLinks.Core.Links;
using PayLinks.Core.Messages;
using PayLinks.Core.Secrets;
using PayLinks.Tests.Infrastructure;
using PayLinks.Tests.Sending;
using PayLinks.Tests.SignIn;
using PayLinks.Worker;
using PayLinks.Worker.Callbacks;
using PayLinks.Worker.Reconciliation;
using PayLinks.Worker.Sending;

namespace PayLinks.Tests.Database;

/// <summary>What is asked for again and again does not get dearer with every link there is.</summary>
public sealed class PlanTests : StaffFixture
{
    // PostgreSQL counts how often it reads a table from its first row to its last; of what is kept by the month, it may
    // read a month that has next to nothing.
    private const string ReadWholeSql =
        """
        select coalesce(i.inhparent, s.relid)::regclass || ': ' || sum(s.seq_scan)
        from pg_stat_user_tables s
        join pg_class c on c.oid = s.relid
        left join pg_inherits i on i.inhrelid = s.relid
        where c.reltuples > 1000
        group by coalesce(i.inhparent, s.relid)
        order by 1
        """;

    // A session hands in its counts at the latest when it ends.
    private const string EndSessionsSql =
        """
        select bool_and(pg_terminate_backend(pid, 5000)) from pg_stat_activity
        where datname = current_database() and usename <> current_user
        """;

    private const string ReadSoFarSql =
        """
        select sum(coalesce(idx_tup_fetch, 0) + seq_tup_read)::int from pg_stat_xact_user_tables
        where relname = 'link'
        """;

    private WebApplication _worker = null!;

    protected override Hosts Running => Hosts.ApiAndSandbox;

    protected override IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>(
        TestSystem.WideOpen, StringComparer.Ordinal)
    {
        ["Notices:AllowAddresses:0"] = "127.0.0.0/8",
    };

    [OneTimeSetUp]
    public async Task FillAsync()
    {
        // That nobody answers there does not matter.
        await Paylinks.Merchant.AddEndpointAsync(Paylinks.ApiUrl + "/hook");
        await TwoYears.FillAsync(Paylinks.Database);
    }

    // Of three links two were sent by SMS and one by email; to see whether there are more, one is read beyond the page.
    [TestCase(SentBy.Sms, 50, 51)]
    [TestCase(SentBy.Email, 50, 51)]
    [TestCase(SentBy.None, 0, 0)]
    public async Task A_list_of_links_by_how_they_were_sent_looks_at_no_other(SentBy sent, int listed, int read)
    {
        var list = new ListLinks(new ReadLinks(
            new Vault(TestSystem.MasterKey),
            new PayLinksOptions { PublicUrl = Paylinks.ApiUrl, MasterKey = TestSystem.MasterKey }));
        await using var transaction = await Paylinks.Database.App.BeginAsync(Paylinks.MerchantId);
        var before = await ReadSoFarAsync();

        var page = await list.ReadAsync(
            transaction, new Actor(Paylinks.MerchantId, "test", "usr_1"), new LinkFilter(Sent: sent),
            new PageRequest(50));

        Assert.That(page.Links, Has.Count.EqualTo(listed));
        Assert.That(await ReadSoFarAsync() - before, Is.EqualTo(read), "rows read");

        Task<int> ReadSoFarAsync() => transaction.Connection.ExecuteScalarAsync<int>(ReadSoFarSql);
    }

    [Test]
    public async Task Nobody_reads_a_large_table_from_end_to_end()
    {
        var before = await Paylinks.Database.QueryAsync<string>(ReadWholeSql);
        Assert.That(before, Has.Count.EqualTo(8), "the tables that grow with the links are large");
        await using var worker = Worker.Program.Build([.. Paylinks.WorkerArguments()]);
        _worker = worker;

        var link = await PayAsync();
        await AskAsProgramAsync(link);
        await LookAsStaffAsync(link);
        await WorkAsync();

        await Paylinks.Database.ExecuteAsync(EndSessionsSql);
        Assert.That(
            await Paylinks.Database.QueryAsync<string>(ReadWholeSql), Is.EqualTo(before),
            "how often a large table was read from end to end; auto_explain says by which statement");
    }

    // A link from its making to its refund.
    private async Task<Link> PayAsync()
    {
        var link = await Paylinks.Merchant.CreateLinkAsync("sms");
        await RunAsync<DeliverMessages>();
        await Eventually.IsTrueAsync(
            async () =>
            {
                await RunAsync<ApplyCallbacks>();
                return (await Paylinks.Merchant.GetLinkAsync(link.Id)).Messages.Single().Status == "delivered";
            },
            "the message is delivered");
        using var customer = Paylinks.NewCustomer();
        await customer.PayAsync(link.Url, await Paylinks.Sandbox.CardTokenAsync());
        await Paylinks.Sandbox.CompleteAsync(
            (await Paylinks.Sandbox.PaymentsAsync()).Single(payment => payment.IsOf(link.Id)), "paid");
        await Eventually.IsTrueAsync(
            async () =>
            {
                await RunAsync<PollPayments>();
                return (await customer.StatusAsync(link.Url)).Status == "paid";
            },
            "the link is paid");
        using var refund = await Paylinks.Merchant.PostAsync($"v1/links/{link.Id}/refunds", null, "refund");
        Assert.That(refund.StatusCode, Is.EqualTo(HttpStatusCode.Created));
        return link;
    }

    private async Task AskAsProgramAsync(Link link)
    {
        var recent = Uri.EscapeDataString(link.CreatedAt.AddDays(-3).ToString("O"));
        foreach (var path in new[]
        {
            "links", "links?status=open", "links?status=processing", "links?status=paid", "links?status=expired",
            "links?status=canceled", "links?reference=R7002", "links?phone=%2B393470007002", "links?q=R700",
            "links?q=7002", $"links?createdFrom={recent}", $"links?createdTo={recent}",
            $"links/{link.Id}", $"links/{link.Id}/events", "events", "takings", "takings.csv",
        })
        {
            // Often enough for PostgreSQL to keep one plan of a prepared statement for whatever is asked for.
            for (var i = 0; i < 12; i++)
            {
                using var answer = await Paylinks.Merchant.Http.GetAsync("v1/" + path);
                Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK), path);
            }
        }

        using var again = await Paylinks.Merchant.PostAsync(
            $"v1/events/{(await Paylinks.Merchant.EventsAsync(link.Id))[0].Id}/redeliver");
        Assert.That(again.IsSuccessStatusCode, Is.True);
    }

    private async Task LookAsStaffAsync(Link link)
    {
        using var owner = await SignedInAsync(TestSystem.Owner);
        var lately = string.Create(
            CultureInfo.InvariantCulture,
            $"from={link.CreatedAt.AddDays(-30):yyyy-MM-dd}&to={link.CreatedAt:yyyy-MM-dd}");
        var endpoint = await Paylinks.Database.ReadAsync<Guid>("select id from webhook_endpoint");
        foreach (var path in new[]
        {
            "/takings", "/links", "/links?status=undelivered", "/links?status=unpaid", "/links?status=refused",
            "/links?status=refundfailed", "/links?status=disputed", $"/links?by=paid&{lately}",
            $"/links?by=refunded&{lately}", $"/links?by=disputed&{lately}", "/links?channel=email",
            "/links?channel=none", "/links?maker=api", "/links?q=4567", $"/links/{link.Id}", "/desk", "/desk/team",
            $"/settings/webhooks/{PublicId.Format(PublicId.Endpoint, endpoint)}",
        })
        {
            Assert.That((await owner.OpenAsync(path)).Status, Is.EqualTo(HttpStatusCode.OK), path);
        }
    }

    // Twice, because what one job has done is due for another.
    private async Task WorkAsync()
    {
        await Paylinks.Database.ExecuteAsync("select request_reconciliations()");
        var jobs = typeof(IJob).Assembly.GetTypes()
            .Where(type => type is { IsClass: true } && type.IsAssignableTo(typeof(IJob))).ToList();
        foreach (var job in jobs.Concat(jobs))
        {
            await RunAsync(job);
        }
    }

    private Task RunAsync<TJob>()
        where TJob : IJob => RunAsync(typeof(TJob));

    // One of each channel sends.
    private async Task RunAsync(Type job)
    {
        object[] found = job == typeof(DeliverMessages)
            ? [.. Enum.GetValues<MessageChannel>()
                .Select(channel => _worker.Services.GetRequiredKeyedService<DeliverMessages>(channel))]
            : [_worker.Services.GetRequiredService(job)];
        foreach (var one in found.Cast<IJob>())
        {
            await Bench.RunAsync(one);
        }
    }
}
