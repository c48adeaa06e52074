using System.Net;
using System.Text.Json;
using PayLinks.Tests.Infrastructure;
using PayLinks.Tests.SignIn;

namespace PayLinks.Tests.OptOuts;

/// <summary>Nobody is invited where they do not want to be; program and people are offered the other way.</summary>
public sealed class RefusedTests : StaffFixture
{
    private const string Email = "anna@example.test";

    protected override Hosts Running => Hosts.ApiAndSandbox;

    [SetUp]
    public Task NobodyHasOptedOut() => Paylinks.Database.ExecuteAsync("delete from opt_out");

    [TestCase("sms", Merchant.Phone, "/customer/phone")]
    [TestCase("email", Email, "/customer/email")]
    public async Task A_new_link_is_not_sent_there_and_not_stored(string channel, string recipient, string pointer)
    {
        await OptOutAsync(channel, recipient);
        var before = await CountAsync();

        using var refused = await Paylinks.Merchant.PostAsync(
            "v1/links", Merchant.Order(send: ["email", "sms"]), "key-" + channel);
        await ShouldBeOptedOutAsync(refused, pointer);
        Assert.That(await CountAsync(), Is.EqualTo(before));

        var other = channel == "sms" ? "email" : "sms";
        using var mended = await Paylinks.Merchant.PostAsync(
            "v1/links", Merchant.Order(send: [other]), "key-" + channel);
        Assert.That(mended.StatusCode, Is.EqualTo(HttpStatusCode.Created), "the key is free for the mended request");
        Assert.That((await Paylinks.Merchant.CreateLinkAsync()).Status, Is.EqualTo("open"), "sent to nobody");
    }

    [Test]
    public async Task All_that_is_wrong_is_said_and_words_come_in_both_languages()
    {
        await OptOutAsync("sms", Merchant.Phone);
        await OptOutAsync("email", Email);
        using var request = new HttpRequestMessage(HttpMethod.Post, "v1/links")
        {
            Content = System.Net.Http.Json.JsonContent.Create(Merchant.Order(send: ["email", "sms"])),
        };
        request.Headers.Add("Accept-Language", "it");

        using var refused = await Paylinks.Merchant.Http.SendAsync(request);

        var problem = JsonElement.Parse(await refused.Content.ReadAsStringAsync());
        Assert.That(problem.GetProperty("detail").GetString(), Does.Contain("Proponi l'altro canale."));
        Assert.That(
            problem.GetProperty("errors").EnumerateArray().Select(error => error.GetProperty("pointer").GetString()),
            Is.EquivalentTo(new[] { "/customer/phone", "/customer/email" }));
        Assert.That(
            problem.GetProperty("errors")[0].GetProperty("detail").GetString(), Does.Contain("proponi l'altro canale"));
    }

    [Test]
    public async Task A_link_that_exists_is_not_sent_there_either_and_keeps_its_address()
    {
        var link = await Paylinks.Merchant.CreateLinkAsync();
        await OptOutAsync("sms", Merchant.Phone);
        await OptOutAsync("email", "bruno@example.test");

        using var usual = await SendAsync(link, new { channel = "sms" });
        await ShouldBeOptedOutAsync(usual, "/to");
        using var other = await SendAsync(link, new { channel = "email", to = "Bruno@Example.test" });
        await ShouldBeOptedOutAsync(other, "/to");
        using var offered = await SendAsync(link, new { channel = "email" });

        Assert.That(offered.StatusCode, Is.EqualTo(HttpStatusCode.Created));
        var now = await Paylinks.Merchant.GetLinkAsync(link.Id);
        Assert.That(now.Messages.Select(message => message.To), Is.EqualTo(new[] { Email }));
        Assert.That(
            (await Paylinks.Merchant.EventsAsync(link.Id)).Select(happened => happened.Type),
            Is.EqualTo(new[] { "link.created" }), "no change of recipient");
    }

    [Test]
    public async Task Another_merchants_customer_is_not_meant()
    {
        var foreign = await FoundMerchantAsync("Another");
        await Paylinks.Database.ExecuteAsync(
            """
            insert into opt_out (merchant_id, channel, recipient, source, opted_out_at)
            values (@foreign, 'sms', @Phone, 'reply', now())
            """,
            new { foreign, Merchant.Phone });

        Assert.That((await Paylinks.Merchant.CreateLinkAsync("sms")).Messages, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Who_has_come_back_is_written_to()
    {
        await OptOutAsync("sms", Merchant.Phone);
        await Paylinks.Database.ExecuteAsync("update opt_out set opted_in_at = now()");

        Assert.That((await Paylinks.Merchant.CreateLinkAsync("sms")).Messages[0].Status, Is.EqualTo("queued"));
    }

    [Test]
    public async Task The_form_says_so_and_keeps_what_was_typed()
    {
        await OptOutAsync("sms", Merchant.Phone);
        using var owner = await SignedInAsync(TestSystem.Owner);

        var refused = await PostLinkAsync(
            owner, ("amount", "49,90"), ("description", "Ordine 1"), ("to", "347 123 4567"));

        Assert.That(refused.Status, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
        Assert.That(refused.Words, Does.Contain("Qui il cliente non vuole più messaggi: proponi l'altro canale"));
        Assert.That(refused.Html, Does.Contain("value=\"347 123 4567\""));
    }

    [Test]
    public async Task The_desk_says_so_before_anything_is_made()
    {
        await OptOutAsync("sms", Merchant.Phone);
        using var agent = await SignedInAsync(TestSystem.Agent);
        var before = await CountAsync();

        var refused = await agent.SubmitAsync(
            await agent.OpenAsync("/desk"), "/desk", ("phone", "347 123 4567"), ("amount", "5"), ("reference", "77"));

        Assert.That(refused.Status, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
        Assert.That(refused.Words, Does.Contain("proponi l'altro canale"));
        Assert.That(await CountAsync(), Is.EqualTo(before));
    }

    [Test]
    public async Task Staff_see_since_when_and_cannot_change_it()
    {
        using var owner = await SignedInAsync(TestSystem.Owner);
        var link = await NewLinkAsync(owner);
        var before = await owner.OpenAsync(link);
        await OptOutAsync("sms", Merchant.Phone);

        var page = await owner.OpenAsync(link);
        var again = await owner.SubmitAsync(before, "/messages", ("channel", "sms"));

        Assert.That(before.Words, Does.Contain("Reinvia a +39 347 123 4567"));
        Assert.That(
            page.Words,
            Does.Match(@"Dal \d+ \w+ \d{4}.* il numero \+39 347 123 4567 non vuole SMS")
                .And.Contain("proponi l’email").And.Contain("può farlo solo il cliente"));
        Assert.That(page.Words, Does.Not.Contain("Reinvia a"), "there is nothing to press");
        Assert.That(again.Status, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
        Assert.That(again.Words, Does.Contain("proponi l'altro canale"));
    }

    [Test]
    public async Task An_agents_card_says_so_and_sends_to_no_address_that_is_not_wanted()
    {
        using var agent = await SignedInAsync(TestSystem.Agent, "en-GB");
        await agent.SubmitAsync(
            await agent.OpenAsync("/desk"), "/desk",
            ("phone", "347 123 4567"), ("amount", "5"), ("reference", "card"), ("email", Email));
        const string SendByEmail = "type=\"hidden\" name=\"channel\" value=\"email\"";
        Assert.That((await agent.OpenAsync("/desk")).Html, Does.Contain(SendByEmail));
        await OptOutAsync("email", Email);

        var desk = await agent.OpenAsync("/desk");

        Assert.That(desk.Words, Does.Match(@$"Since .* {Email} wants no payment requests: offer a text\."));
        Assert.That(desk.Words, Does.Contain("only the customer can"));
        Assert.That(desk.Html, Does.Not.Contain(SendByEmail));
    }

    private Task<int> OptOutAsync(string channel, string recipient) => Paylinks.Database.ExecuteAsync(
        """
        insert into opt_out (merchant_id, channel, recipient, source, opted_out_at)
        values (@MerchantId, @channel, @recipient, 'reply', now())
        """,
        new { Paylinks.MerchantId, channel, recipient });

    private Task<HttpResponseMessage> SendAsync(Link link, object body) =>
        Paylinks.Merchant.PostAsync($"v1/links/{link.Id}/messages", body);

    private static async Task ShouldBeOptedOutAsync(HttpResponseMessage response, string pointer)
    {
        var text = await response.Content.ReadAsStringAsync();
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.UnprocessableEntity), text);
        var problem = JsonElement.Parse(text);
        Assert.That(problem.GetProperty("code").GetString(), Is.EqualTo("opted_out"));
        Assert.That(problem.GetProperty("detail").GetString(), Does.Contain("Offer the other channel."));
        var error = problem.GetProperty("errors").EnumerateArray().Single();
        Assert.That(error.GetProperty("pointer").GetString(), Is.EqualTo(pointer));
        Assert.That(error.GetProperty("code").GetString(), Is.EqualTo("opted_out"));
    }

    // Everything that a refused request could have left behind.
    private Task<string> CountAsync() => Paylinks.Database.ReadAsync<string>(
        """
        select concat_ws(' ', (select count(*) from link), (select count(*) from message), (select count(*) from event),
            (select count(*) from idempotency))
        """);
}
