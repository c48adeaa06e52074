using System.Net;
using PayLinks.Core;
using PayLinks.Tests.Infrastructure;
using PayLinks.Tests.SignIn;

namespace PayLinks.Tests.Settings;

/// <summary>Who has changed what of the settings is written down, and read by owner and manager.</summary>
public sealed class AuditTests : StaffFixture
{
    private const string Path = "/settings/log";

    [Test]
    public async Task Each_page_of_settings_leaves_who_did_what_with_before_and_after()
    {
        using var owner = await SignedInAsync(TestSystem.Owner);
        await SaveAsync(owner, "/settings/payments", ("afterExpiry", "refund"), ("afterCancel", "refund"));
        await SaveAsync(
            owner, "/settings/sending", ("smsSender", "ROSSI"), ("smsPerDay", "77"), ("fallbackDesk", "2"),
            ("fallbackOther", "15"));
        await SaveAsync(
            owner, "/settings/brand", ("color", "#112233"), ("address", "Corso Italia 5"), ("phone", ""),
            ("privacyUrl", "https://shop.example.com/privacy"), ("deskCode", ""));
        await PostAsync(
            owner, "/settings/texts", (await owner.OpenAsync(Path)).FormTo("/language").Hidden["antiforgery"],
            ("message", "sms-link"), ("language", "it"), ("body", "Paga qui: {url}"));
        await SaveAsync(owner, "/settings/links", ("lifetime", "2"), ("unit", "hours"), ("remind", "no"));
        await owner.SubmitAsync(
            await owner.OpenAsync("/settings/webhooks"), "/settings/webhooks", ("url", "https://shop.example.com/hook"),
            ("events", "all"));
        using var made = await Paylinks.Merchant.PostAsync(
            "v1/webhook-endpoints", new { url = "https://shop.example.com/other" });

        var log = System.Text.RegularExpressions.Regex.Replace((await owner.OpenAsync(Path)).Words, @"\s+", " ")
            .Replace(" :", ":", StringComparison.Ordinal);

        foreach (var words in new[]
        {
            "Se il link era scaduto Tieni il denaro → Rimborsa tutto subito",
            "Mittente degli SMS FERRAMENTA → ROSSI",
            "SMS al giorno, al massimo 10000000 → 77", "#112233",
            "Via dei Chiodi 12, 00185 Roma → Corso Italia 5",
            "Telefono per chi ha dubbi +390612345678 → niente",
            "Informativa sulla privacy https://shop.example.com/privacy",
            "che l’operatore legge e la pagina mostra sì → no",
            "Testo modificato: SMS: link (it)",
            "Paga qui: {url}", "Un link scade dopo 3 giorni → 2 ore",
            "Webhook creato: https://shop.example.com/hook · owner ·",
            "Webhook creato: https://shop.example.com/other · programma ·",
        })
        {
            Assert.That(log, Does.Contain(words));
        }
    }

    [Test]
    public async Task What_is_saved_as_it_was_is_no_change()
    {
        using var manager = await SignedInAsync(await HireAsync("manager", "nora"));
        var form = await manager.OpenAsync("/settings/payments");
        await manager.SubmitAsync(form, "/settings/payments", ("afterExpiry", "keep"), ("afterCancel", "keep"));

        await manager.SubmitAsync(form, "/settings/payments", ("afterExpiry", "keep"), ("afterCancel", "keep"));

        Assert.That(
            await Paylinks.Database.ReadAsync<long>(
                """
                select count(*) from audit_entry
                where actor = (
                    select 'usr_' || @Id from membership where display_name = 'nora')
                """,
                new { Id = (await IdAsync("nora"))[4..] }),
            Is.EqualTo(1));
    }

    [Test]
    public async Task The_log_is_read_page_by_page_and_by_person()
    {
        var merchant = await FoundMerchantAsync("Ferramenta Blu");
        using var owner = await SignedInAsync(await HireAsync("owner", "rosa", merchant));
        await HireAsync("manager", "sergio", merchant);
        await Paylinks.Database.ExecuteAsync(
            """
            insert into audit_entry (merchant_id, id, actor, action, about)
            select @merchant, ('00000000-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid,
                case when n % 2 = 0 then @Even else @Odd end, 'api_key.created', 'chiave-' || n || '.'
            from generate_series(1, 60) n
            """,
            new { merchant, Even = await IdAsync("rosa"), Odd = await IdAsync("sergio") });

        var first = await owner.OpenAsync(Path);
        var second = await owner.OpenAsync(LinkTo(first, "next"));
        var third = await owner.OpenAsync(LinkTo(second, "next"));
        var back = await owner.OpenAsync(LinkTo(third, "prev"));
        var sergios = await owner.OpenAsync($"{Path}?by={await IdAsync("sergio")}");

        Assert.That(first.Words, Does.Contain("chiave-60.").And.Contain("chiave-36.").And.Not.Contain("chiave-35."));
        Assert.That(second.Words, Does.Contain("chiave-35.").And.Contain("chiave-11.").And.Not.Contain("chiave-36."));
        Assert.That(third.Words, Does.Contain("chiave-10.").And.Contain("chiave-1."));
        Assert.That(third.Html, Does.Not.Contain("rel=\"next\""));
        Assert.That(back.Words, Is.EqualTo(second.Words));
        Assert.That(sergios.Words, Does.Contain("chiave-59.").And.Contain("chiave-11.").And.Not.Contain("chiave-60."));
    }

    [TestCase("manager", HttpStatusCode.OK)]
    [TestCase("agent", HttpStatusCode.Forbidden)]
    [TestCase("viewer", HttpStatusCode.Forbidden)]
    public async Task It_is_the_affair_of_owner_and_manager(string role, HttpStatusCode status)
    {
        using var somebody = await SignedInAsync(await HireAsync(role, "log-" + role));

        Assert.That((await somebody.OpenAsync(Path)).Status, Is.EqualTo(status));
    }

    private static async Task SaveAsync(
        Customer owner, string path, params IEnumerable<(string Name, string Value)> fields)
    {
        var answer = await owner.SubmitAsync(await owner.OpenAsync(path), path, fields);
        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.SeeOther), answer.Words);
    }

    private async Task<string> IdAsync(string name) => PublicId.Format(
        PublicId.User,
        await Paylinks.Database.ReadAsync<Guid>(
            "select user_id from membership where display_name = @name", new { name }));

    private static string LinkTo(SeenPage page, string relation) => WebUtility.HtmlDecode(
        System.Text.RegularExpressions.Regex.Match(page.Html, $"href=\"([^\"]+)\" rel=\"{relation}\"").Groups[1].Value);
}
