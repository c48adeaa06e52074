using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using PayLinks.Api.Links;
using PayLinks.Core;
using PayLinks.Core.Database;
using PayLinks.Core.Hosting;
using PayLinks.Core.Messages;
using PayLinks.Core.Secrets;
using PayLinks.Tests.Infrastructure;

namespace PayLinks.Tests.V1;

/// <summary>Links that are asked for at one moment are stored together, and are what they would be alone.</summary>
public sealed class MakingLinksTogetherTests : ApiFixture
{
    private const int Crowd = 60;

    // What they are sent by, in turn, and what is stored then.
    private static readonly (string[] Send, string Stored)[] Ways =
    [
        ([], "unsent"),
        (["sms"], "texted, sms queued may fall back"),
        (["email"], "emailed, email queued may fall back"),
        (["sms", "email"], "texted emailed, sms queued, email queued"),
    ];

    [Test]
    public async Task Sixty_at_once_are_made_in_fewer_transactions_and_each_is_whole()
    {
        await Merchant.AddEndpointAsync("https://shop.example.test/paylinks");

        var links = await Task.WhenAll(Enumerable.Range(0, Crowd).Select(async i =>
        {
            using var response = await Merchant.PostAsync("v1/links", CrowdOrder(i), $"crowd-{i}");
            return await ReadAsync(response);
        }));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(links.Select(link => link.Reference), Is.EqualTo(Enumerable.Range(0, Crowd).Select(Reference)));
            Assert.That(links.Select(link => link.Url).Distinct().Count(), Is.EqualTo(Crowd));
            Assert.That(
                await CountAsync("distinct created_at", "link where reference::int < 100"), Is.LessThan(Crowd),
                "moments at which they were stored");
            Assert.That(
                await Paylinks.Database.QueryAsync<string>(
                    """
                    select concat_ws(' ', case when l.unsent then 'unsent' end, case when l.texted then 'texted' end,
                        case when l.emailed then 'emailed' end) || coalesce(string_agg(
                        ', ' || m.channel || ' ' || m.status
                            || case when m.fallback_at > m.created_at then ' may fall back' else '' end,
                        '' order by m.id), '')
                    from link l
                    left join message m on m.merchant_id = l.merchant_id and m.link_id = l.id
                        and m.recipient in (l.customer_phone, l.customer_email)
                    where l.reference::int < 100
                    group by l.reference, l.unsent, l.texted, l.emailed
                    order by l.reference::int
                    """),
                Is.EqualTo(Enumerable.Range(0, Crowd).Select(i => Ways[i % Ways.Length].Stored)));
            Assert.That(
                await CountAsync(
                    "*",
                    """
                    link l
                    join event e on e.merchant_id = l.merchant_id and e.link_id = l.id and e.type = 'link.created'
                        and e.sequence = 1 and e.actor = l.created_by and e.created_at = l.created_at
                    join notice n on n.merchant_id = e.merchant_id and n.event_id = e.id
                    join idempotency k on k.key = 'crowd-' || l.reference
                    """),
                Is.EqualTo(Crowd), "links with event, notice and kept answer");
        }

        foreach (var link in links)
        {
            var i = int.Parse(link.Reference!, CultureInfo.InvariantCulture);
            using var again = await Merchant.PostAsync("v1/links", CrowdOrder(i), $"crowd-{i}");
            Assert.That((await ReadAsync(again)).Id, Is.EqualTo(link.Id));
            Assert.That(again.Headers.Contains("Idempotent-Replayed"), Is.True);
            Assert.That($"{await Merchant.GetLinkAsync(link.Id)}", Is.EqualTo($"{link}"));
        }
    }

    [Test]
    public async Task Who_must_be_refused_is_and_nobody_else_of_the_crowd()
    {
        await Paylinks.Database.ExecuteAsync(
            """
            insert into opt_out (merchant_id, channel, recipient, source, opted_out_at)
            values (@MerchantId, 'sms', '+393401239999', 'reply', now())
            """,
            new { Paylinks.MerchantId });
        var before = await CountAsync("*", "link");
        var wrong = OrderOf(0);
        wrong["amount"] = new { value = "0.00", currency = "EUR" };
        var optedOut = OrderOf(0, "+393401239999");

        var codes = await Task.WhenAll(Enumerable.Range(0, Crowd).Select(async i =>
        {
            // Every sixth is wrong, every sixth unwanted, two of six are one and the same.
            var (body, key) = (i % 6) switch
            {
                0 => (wrong, $"wrong-{i}"),
                1 => (optedOut, $"unwanted-{i}"),
                2 or 3 => (OrderOf(100 + (i / 6)), $"twin-{i / 6}"),
                _ => (OrderOf(200 + i), $"good-{i}"),
            };
            using var response = await Merchant.PostAsync("v1/links", body, key);
            return (Kind: key[..key.IndexOf('-')], response.StatusCode,
                Replayed: response.Headers.Contains("Idempotent-Replayed"));
        }));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                codes.CountBy(one => one).ToDictionary(),
                Is.EquivalentTo(new Dictionary<(string, HttpStatusCode, bool), int>
                {
                    [("wrong", HttpStatusCode.UnprocessableEntity, false)] = Crowd / 6,
                    [("unwanted", HttpStatusCode.UnprocessableEntity, false)] = Crowd / 6,
                    [("twin", HttpStatusCode.Created, false)] = Crowd / 6,
                    [("twin", HttpStatusCode.Created, true)] = Crowd / 6,
                    [("good", HttpStatusCode.Created, false)] = Crowd / 3,
                }));
            Assert.That(await CountAsync("*", "link") - before, Is.EqualTo(Crowd / 2), "links");
        }
    }

    [Test]
    public async Task Who_opts_out_while_links_are_being_stored_is_not_written_to()
    {
        await Paylinks.Database.ExecuteAsync(
            """
            insert into opt_out (merchant_id, channel, recipient, source, opted_out_at)
            values (@MerchantId, 'email', 'late@example.test', 'page', now())
            """,
            new { Paylinks.MerchantId });
        var create = new CreateLinks(
            new Vault(TestSystem.MasterKey),
            new PayLinksOptions { PublicUrl = Paylinks.ApiUrl, MasterKey = TestSystem.MasterKey }, new SendLimits());
        var actor = new Actor(Paylinks.MerchantId, "test", "key_1");
        await using var transaction = await Paylinks.Database.App.BeginAsync(Paylinks.MerchantId);
        var merchant = await MerchantFacts.ReadAsync(transaction);

        var links = await create.ExecuteAsync(
            transaction, merchant, [(actor, LinkTo("Late@example.test")), (actor, LinkTo("bea@example.test"))],
            MessageLane.Api);

        Assert.That(
            links.Select(link => link.Messages.Single().Status),
            Is.EqualTo(new[] { MessageStatus.Suppressed, MessageStatus.Queued }));

        NewLink LinkTo(string email) => new(
            new Money(4990, Currency.Get("EUR")), "Ordine 1042: trapano", "300", "Anna", Phone: null, email, "it-IT",
            [MessageChannel.Email], merchant.Now.AddDays(3), RemindAt: null, ReturnUrl: null,
            new Dictionary<string, string>(StringComparer.Ordinal), WithCode: false);
    }

    private Task<int> CountAsync(string what, string from) =>
        Paylinks.Database.ReadAsync<int>($"select count({what})::int from {from}");

    private static string Reference(int i) => $"{i}";

    private static async Task<Link> ReadAsync(HttpResponseMessage response)
    {
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.Created));
        return (await response.Content.ReadFromJsonAsync<Link>(JsonSerializerOptions.Web))!;
    }

    private static Dictionary<string, object?> CrowdOrder(int i)
    {
        var order = OrderOf(i);
        order["send"] = Ways[i % Ways.Length].Send;
        return order;
    }

    // Each number in a block of its own, so that no limit is met.
    private static Dictionary<string, object?> OrderOf(int i, string? phone = null)
    {
        var order = Merchant.Order(send: "sms");
        order["reference"] = Reference(i);
        order["customer"] = new
        {
            name = "Anna",
            phone = phone ?? $"+39340{i:000}0001",
            email = "anna@example.test",
            locale = "it-IT",
        };
        return order;
    }
}
