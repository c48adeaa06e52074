using System.Net;
using PayLinks.Core;
using PayLinks.Tests.Infrastructure;
using PayLinks.Tests.SignIn;
using PayLinks.Tests.Takings;

namespace PayLinks.Tests.Console;

/// <summary>What staff find, and take with them.</summary>
public sealed class ExportTests : StaffFixture
{
    private static readonly DateTimeOffset LongAgo = new(2018, 5, 5, 10, 0, 0, TimeSpan.Zero);

    [Test]
    public async Task A_link_is_found_by_the_card_that_paid_it_and_by_the_day_it_was_paid()
    {
        var bookings = new Bookings(Paylinks);
        await bookings.PaidAsync(LongAgo, last4: "4242", description: "Con la carta");
        await bookings.PaidAsync(LongAgo.AddDays(1), last4: "1881", description: "Con un’altra");
        using var owner = await SignedInAsync(TestSystem.Owner);

        using (Assert.EnterMultipleScope())
        {
            foreach (var (query, isFound) in new[]
            {
                ("q=4242", true), ("q=1881", false), ("by=paid&from=2018-05-05&to=2018-05-05", true),
                ("by=paid&from=2018-05-06", false), ("by=paid&to=2018-05-05&q=4242&status=paid", true),
                ("by=refunded&from=2018-05-05&to=2018-05-05", false), ("from=2018-05-05&to=2018-05-05", false),
            })
            {
                var words = (await owner.OpenAsync("/links?" + query)).Words;
                Assert.That(words.Contains("Con la carta", StringComparison.Ordinal), Is.EqualTo(isFound), query);
            }

            var none = await owner.OpenAsync("/links?status=nonsense");
            Assert.That(none.Words, Does.Contain("C’è un problema"));
            Assert.That((await owner.OpenAsync("/links.csv?by=x")).Status, Is.EqualTo(HttpStatusCode.BadRequest));
        }

        var found = await Paylinks.Merchant.Http.GetStringAsync("v1/links?q=4242");
        Assert.That(found, Does.Contain("Con la carta").And.Not.Contain("Con un’altra"));
    }

    [Test]
    public async Task A_link_is_found_by_how_it_was_sent_and_by_who_made_it()
    {
        foreach (var (name, send) in new (string, string[])[]
        {
            ("solo-sms", ["sms"]), ("solo-email", ["email"]), ("tutti-e-due", ["sms", "email"]), ("nessuno", []),
        })
        {
            var order = Merchant.Order(send: send);
            order["description"] = name;
            order["reference"] = "canale";
            await Paylinks.Merchant.CreateLinkAsync(order);
        }

        using var owner = await SignedInAsync(TestSystem.Owner);
        using var agent = await SignedInAsync(TestSystem.Agent);
        await NewLinkAsync(owner, "del-titolare");
        await NewLinkAsync(agent, "dello-sportello");
        var page = await owner.OpenAsync("/links");
        var ids = await Paylinks.Database.QueryAsync<Guid>(
            "select user_id from membership order by display_name = 'owner' desc");
        var (titolare, sportello) = (PublicId.Format(PublicId.User, ids[0]), PublicId.Format(PublicId.User, ids[1]));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(page.Html, Does.Contain($"value=\"{titolare}\"").And.Contain($"value=\"{sportello}\""));
            Assert.That((await agent.OpenAsync("/links")).Html, Does.Not.Contain(titolare), "agents see their own");
            foreach (var (query, names) in new[]
            {
                ("channel=sms&q=canale", "solo-sms tutti-e-due"), ("channel=email&q=canale", "solo-email tutti-e-due"),
                ("channel=none&maker=api&q=canale", "nessuno"), ("maker=" + titolare, "del-titolare"),
                ("maker=" + sportello, "dello-sportello"), ("channel=sms&maker=" + titolare, ""),
                ("channel=none&maker=" + titolare, "del-titolare"),
            })
            {
                var seen = (await owner.OpenAsync("/links?" + query)).Html;
                var downloaded = Csv.Of(await owner.OpenAsync("/links.csv?" + query)).Column("Per cosa").ToList();
                foreach (var name in new[]
                {
                    "solo-sms", "solo-email", "tutti-e-due", "nessuno", "del-titolare", "dello-sportello",
                })
                {
                    var isWanted = names.Split(' ').Contains(name, StringComparer.Ordinal);
                    Assert.That(seen.Contains($">{name}<", StringComparison.Ordinal), Is.EqualTo(isWanted), query);
                    Assert.That(downloaded.Contains(name), Is.EqualTo(isWanted), query);
                }
            }

            foreach (var query in new[] { "channel=fax", "maker=usr_nobody", "maker=key_1" })
            {
                Assert.That((await owner.OpenAsync("/links?" + query)).Words, Does.Contain("C’è un problema"), query);
            }
        }
    }

    // The list looks for messages too; the column is what keeps it from looking at links that were sent.
    [Test]
    public async Task A_link_that_is_sent_later_is_listed_by_how_it_was_sent()
    {
        var order = Merchant.Order();
        order["reference"] = "dopo";
        var (sent, redirected) = (
            await Paylinks.Merchant.CreateLinkAsync(order), await Paylinks.Merchant.CreateLinkAsync(order));
        using var owner = await SignedInAsync(TestSystem.Owner);
        var before = await ListedAsync();

        using var message = await Paylinks.Merchant.PostAsync(
            $"v1/links/{sent.Id}/messages", new { channel = "email" });
        using var change = await Paylinks.Merchant.PostAsync(
            $"v1/links/{redirected.Id}/recipient", new { channel = "sms", to = "+393477654321", keepLink = true });

        using (Assert.EnterMultipleScope())
        {
            Assert.That(before, Is.EqualTo((2, 0, 0, "unsent, unsent")));
            Assert.That(message.IsSuccessStatusCode && change.IsSuccessStatusCode, Is.True);
            Assert.That(await ListedAsync(), Is.EqualTo((0, 1, 1, "emailed, texted")));
        }

        async Task<(int None, int Sms, int Email, string Marks)> ListedAsync() => (
            await CountAsync("none"), await CountAsync("sms"), await CountAsync("email"),
            await Paylinks.Database.ReadAsync<string>(
                """
                select string_agg(concat_ws(' ', case when unsent then 'unsent' end, case when texted then 'texted' end,
                    case when emailed then 'emailed' end), ', ' order by id)
                from link where reference = 'dopo'
                """));

        async Task<int> CountAsync(string channel) =>
            Csv.Of(await owner.OpenAsync($"/links.csv?channel={channel}&q=dopo")).Column("Per cosa").Count();
    }

    [Test]
    public async Task A_filtered_list_is_downloaded_as_it_stands_on_the_screen()
    {
        for (var i = 0; i < 30; i++)
        {
            var order = Merchant.Order($"{i + 1}.50");
            order["reference"] = $"export-{i:00}";
            order["description"] = i == 7 ? "=SUM(A1)" : "Ordine, \"urgente\"";
            await Paylinks.Merchant.CreateLinkAsync(order);
        }

        using var owner = await SignedInAsync(TestSystem.Owner);
        var csv = Csv.Of(await owner.OpenAsync("/links.csv?status=open&q=export-"));
        using var other = await SignedInAsync(TestSystem.Owner, "en-GB");
        var english = Csv.Of(await other.OpenAsync("/links.csv?q=export-07"));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(csv.Column("Riferimento"),
                Is.EqualTo(Enumerable.Range(0, 30).Reverse().Select(i => $"export-{i:00}")), "the order of the screen");
            Assert.That(csv.Column("Importo").First(), Is.EqualTo("30.50"));
            Assert.That(csv.Column("Stato"), Is.All.EqualTo("In attesa"));
            Assert.That(csv.Column("Per cosa").First(), Is.EqualTo("Ordine, \"urgente\""));
            Assert.That(csv.Column("Per cosa"), Does.Contain("'=SUM(A1)"));
            Assert.That(csv.Column("Telefono"), Is.All.EqualTo("'+393471234567"), "no formula");
            Assert.That(english.Column("Status"), Is.EqualTo(new[] { "Waiting" }));
        }
    }
}
