using System.Net;
using PayLinks.Tests.Infrastructure;
using PayLinks.Tests.SignIn;

namespace PayLinks.Tests.Console;

/// <summary>Owner and manager say how messages are sent, and try it out.</summary>
public sealed class SendingPageTests : StaffFixture
{
    private const string Path = "/settings/sending";

    private static readonly (string Name, string Value)[] Good =
    [
        ("smsSender", "ROSSI & CO"), ("fromName", "Ferramenta Rossi"), ("replyTo", "info@example.test"),
        ("countries", "it, SM;ch"), ("fallbackDesk", "3"), ("fallbackOther", ""), ("smsPerDay", "500"),
        ("smsPerSecond", "20"),
    ];

    protected override Hosts Running => Hosts.All;

    [Test]
    public async Task What_is_saved_is_kept_and_shown()
    {
        var merchant = await FoundMerchantAsync("Cartoleria Verdi");
        using var owner = await SignedInAsync(await HireAsync("owner", "vera", merchant));

        var saved = await owner.SubmitAsync(await owner.OpenAsync(Path), Path, Good);
        var page = await owner.OpenAsync(saved.Location!.ToString());

        Assert.That(saved.Status, Is.EqualTo(HttpStatusCode.SeeOther), saved.Words);
        Assert.That(page.Words, Does.Contain("Salvato.").And.Contain("Oggi usati 0 su 500 (0 %)."));
        Assert.That(
            new[] { "ROSSI & CO", "info@example.test", "IT, SM, CH", "500" },
            Is.All.Matches<string>(value =>
                WebUtility.HtmlDecode(page.Html).Contains($"value=\"{value}\"", StringComparison.Ordinal)));
        Assert.That(
            await StoredAsync(merchant),
            Is.EqualTo(
                "ROSSI & CO|Ferramenta Rossi|info@example.test|{IT,SM,CH}|00:03:00|500|20"));

        await owner.SubmitAsync(
            page, Path,
            [("smsSender", "+39 347-123 4567"), ("smsPerDay", "1"), ("smsPerSecond", ""), ("fallbackDesk", "")]);
        Assert.That(await StoredAsync(merchant), Is.EqualTo("+393471234567|{}|1"));
    }

    [TestCase("smsSender", "AB", "Enter a name of 3 to 11")]
    [TestCase("smsSender", "FERRAMENTA ROSSI", "Enter a name of 3 to 11")]
    [TestCase("smsSender", "12 34", "Enter a name of 3 to 11")]
    [TestCase("smsSender", "Città", "Enter a name of 3 to 11")]
    [TestCase("smsSender", "MG123", null)]
    [TestCase("smsSender", "48484", null)]
    [TestCase("smsSender", "MG0123456789abcdef0123456789abcdef", null)]
    [TestCase("fromName", "Rossi\r\nBcc: x@example.test", "No line breaks")]
    [TestCase("fromName", "4543 4740 0224 9996", "looks like a card number")]
    [TestCase("replyTo", "Anna <a@example.test>", "Not a valid email address")]
    [TestCase("countries", "IT, XX", "Enter codes of two letters")]
    [TestCase("countries", "Italia", "Enter codes of two letters")]
    [TestCase("countries", "", null)]
    [TestCase("fallbackDesk", "0", "Enter minutes, from 1 to 1440")]
    [TestCase("fallbackOther", "two", "Enter minutes, from 1 to 1440")]
    [TestCase("smsPerDay", "0", "Enter a whole number from 1")]
    [TestCase("smsPerDay", "10000001", "Enter a whole number from 1")]
    [TestCase("smsPerDay", "", "Enter a whole number from 1")]
    [TestCase("smsPerSecond", "0", "Enter a whole number from 1 to 30000, or leave it empty")]
    [TestCase("smsPerSecond", "30001", "Enter a whole number from 1 to 30000, or leave it empty")]
    public async Task A_mistake_is_explained_and_what_was_typed_stays(string field, string typed, string? words)
    {
        var merchant = await FoundMerchantAsync("Panificio Bianchi");
        using var owner = await SignedInAsync(
            await HireAsync("owner", "b" + Guid.CreateVersion7().ToString("N"), merchant), "en-GB");
        var before = await StoredAsync(merchant);

        var answer = await owner.SubmitAsync(
            await owner.OpenAsync(Path), Path,
            [.. Good.Where(good => good.Name != field), (field, typed)]);

        if (words is null)
        {
            Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.SeeOther), answer.Words);
            return;
        }

        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
        Assert.That(answer.Html, Does.Contain($"href=\"#{field}\">").And.Contain($"id=\"{field}-problem\">"));
        Assert.That(answer.Words, Does.Contain(words));
        Assert.That(WebUtility.HtmlDecode(answer.Html), Does.Contain("value=\"it, SM;ch\"").Or.Contain(typed));
        Assert.That(await StoredAsync(merchant), Is.EqualTo(before), "nothing was saved");
    }

    [Test]
    public async Task A_trial_sends_a_small_link_in_test_mode_and_says_how_it_went()
    {
        using var owner = await SignedInAsync(TestSystem.Owner, "en-GB");
        var form = await owner.OpenAsync(Path);

        var empty = await owner.SubmitAsync(form, "/test", ("to", ""));
        var landline = await owner.SubmitAsync(form, "/test", ("to", "06 1234 5678"));
        var sent = await owner.SubmitAsync(form, "/test", ("to", "347 123 4567"));
        var twice = await owner.SubmitAsync(form, "/test", ("to", "347 123 4567"));

        Assert.That(empty.Words, Does.Contain("Enter a mobile number or an email."));
        Assert.That(landline.Words, Does.Contain("This is a landline"));
        Assert.That(landline.Html, Does.Contain("value=\"06 1234 5678\""));
        Assert.That(twice.Location, Is.EqualTo(sent.Location));
        await Eventually.IsTrueAsync(
            async () => (await owner.OpenAsync(sent.Location!.ToString())).Words
                .Contains("Trial sent to +39 347 123 4567: Delivered", StringComparison.OrdinalIgnoreCase),
            "the trial arrived");
        var text = (await Paylinks.Sandbox.MessagesAsync()).Single(message => message.Channel == "sms").Text;
        Assert.That(text, Does.Contain("1,00").And.Contain("Prova di invio"));
        Assert.That(
            await Paylinks.Database.QueryAsync<string>(
                "select concat_ws(' ', mode, amount_minor, currency) from link where description like 'Prova%'"),
            Is.EqualTo(new[] { "test 100 EUR" }));
    }

    [Test]
    public async Task A_day_nearly_used_up_is_told_on_the_page()
    {
        var merchant = await FoundMerchantAsync("Bar Neri");
        using var owner = await SignedInAsync(await HireAsync("owner", "nera", merchant), "en-GB");
        await Paylinks.Database.ExecuteAsync(
            """
            insert into sms_day (merchant_id, day, segments, alerted_at)
            select id, (paylinks_now() at time zone time_zone)::date, 812, paylinks_now()
            from merchant where id = @merchant
            """,
            new { merchant });

        using var italian = await SignedInAsync(TestSystem.Owner);
        Assert.That((await italian.OpenAsync(Path)).Words, Does.Contain("Vuoto: solo Italia."));
        Assert.That(
            (await owner.OpenAsync(Path)).Words,
            Does.Contain("Empty: Italy only.").And.Contain("Today 812 of 1000 used (81 %).")
                .And.Match("Nearly used up: at [0-9:]+ we told info@example.test"));
    }

    [Test]
    public async Task Sending_is_the_affair_of_owner_and_manager()
    {
        using var manager = await SignedInAsync(await HireAsync("manager", "marta"));
        using var agent = await SignedInAsync(TestSystem.Agent);
        using var viewer = await SignedInAsync(await HireAsync("viewer", "vito"));
        var form = (await manager.OpenAsync(Path)).FormTo(Path).Hidden["antiforgery"];

        Assert.That((await manager.OpenAsync("/settings")).Html, Does.Contain($"href=\"{Path}\""));
        foreach (var other in new[] { agent, viewer })
        {
            Assert.That((await other.OpenAsync(Path)).Status, Is.EqualTo(HttpStatusCode.Forbidden));
            var token = (await other.OpenAsync("/links")).FormTo("/sign-out").Hidden["antiforgery"];
            Assert.That((await PostAsync(other, Path, token, Good)).Status, Is.EqualTo(HttpStatusCode.Forbidden));
            Assert.That(
                (await PostAsync(other, Path + "/test", token, ("to", "347 123 4567"))).Status,
                Is.EqualTo(HttpStatusCode.Forbidden));
        }

        Assert.That(
            (await PostAsync(agent, Path, form, Good)).Status, Is.EqualTo(HttpStatusCode.Forbidden), "another's form");
    }

    private Task<string> StoredAsync(Guid merchant) => Paylinks.Database.ReadAsync<string>(
        """
        select concat_ws('|', sms_sender, email_from_name, email_reply_to, allowed_countries::text, fallback_desk,
            fallback_other, sms_segments_per_day, sms_per_second)
        from merchant where id = @merchant
        """,
        new { merchant });
}
