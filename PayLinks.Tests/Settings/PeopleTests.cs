using System.Net;
using System.Text.RegularExpressions;
using Dapper;
using Npgsql;
using PayLinks.Core;
using PayLinks.Core.Database;
using PayLinks.Tests.Infrastructure;
using PayLinks.Tests.SignIn;

namespace PayLinks.Tests.Settings;

/// <summary>Owners say who works for them, and as what.</summary>
public sealed partial class PeopleTests : StaffFixture
{
    private const string Path = "/settings/team";

    [Test]
    public async Task Whoever_is_invited_chooses_a_password_and_works_here()
    {
        using var owner = await SignedInAsync(TestSystem.Owner);
        using var invited = Paylinks.NewCustomer();

        var url = await InviteAsync(owner, "Bruna Conti", "Bruna@Example.test", "agent");
        var list = await owner.OpenAsync(Path);
        await invited.OpenAsync(url);
        var page = await invited.OpenAsync(url);
        var answer = await AcceptAsync(invited, page, "a password of hers");
        var welcome = await invited.OpenAsync(answer.Location!.ToString());
        var again = await invited.OpenAsync(url);

        Assert.That(list.Words, Does.Contain("Bruna Conti").And.Contain("bruna@example.test"));
        Assert.That(page.Words, Does.Contain("Ferramenta Rossi").And.Contain("Ruolo: Operatore"));
        Assert.That(welcome.Words, Does.Contain("Sei nel team."));
        Assert.That(again.Status, Is.EqualTo(HttpStatusCode.NotFound));
        using var agent = await SignedInAsync(new User("agent", "bruna@example.test", "a password of hers"));
        Assert.That((await agent.OpenAsync("/")).Location!.ToString(), Is.EqualTo("/desk"));
        Assert.That(await Paylinks.Database.FindTextAsync(url.Split('/')[^1]), Is.Empty, "only a hash is kept");
        Assert.That(
            await LogAsync("Bruna Conti (bruna@example.test)"),
            Is.EqualTo(new[] { "person.joined", "person.invited" }));
    }

    [Test]
    public async Task Somebody_with_an_account_signs_in_to_accept()
    {
        var known = await HireAsync("viewer", "carlo", await FoundMerchantAsync("Panificio Verdi"));
        using var owner = await SignedInAsync(TestSystem.Owner);
        using var nobody = Paylinks.NewCustomer();
        using var somebody = await SignedInAsync(TestSystem.Agent);
        using var carlo = await SignedInAsync(known);
        var url = await InviteAsync(owner, "Carlo Neri", known.Email, "manager");
        var path = new Uri(url).AbsolutePath;

        var asked = await nobody.OpenAsync(url);
        var posted = await PostAsync(
            nobody, path, asked.FormTo("/language").Hidden["antiforgery"], ("password", "a new one!"),
            ("again", "a new one!"));
        var others = await somebody.OpenAsync(url);
        var answer = await carlo.SubmitAsync(await carlo.OpenAsync(url), path);

        Assert.That(asked.Html, Does.Contain("?next=" + Uri.EscapeDataString(path)).And.Not.Contain("new-password"));
        Assert.That(posted.Words, Does.Contain("ha già un accesso"), "a link alone takes over no account");
        Assert.That(others.Words, Does.Contain("L’invito è per " + known.Email));
        Assert.That(answer.Location!.ToString(), Is.EqualTo("/merchants"));
        Assert.That(
            (await carlo.OpenAsync("/merchants")).Words, Does.Contain("Panificio Verdi").And.Contain("Ferramenta"));
    }

    [Test]
    public async Task An_invitation_ends_after_seven_days_when_withdrawn_and_when_there_is_another()
    {
        using var owner = await SignedInAsync(TestSystem.Owner);
        using var invited = Paylinks.NewCustomer("en-GB");
        var old = await InviteAsync(owner, "Dora", "dora@example.test", "viewer");
        var lost = await InviteAsync(owner, "Elio", "elio@example.test", "viewer");
        var found = await InviteAsync(owner, "Elio", "elio@example.test", "viewer");
        var withdrawn = await InviteAsync(owner, "Fabio", "fabio@example.test", "viewer");

        var days = await Paylinks.Database.ReadAsync<TimeSpan>(
            "select expires_at - created_at from invitation where email = 'dora@example.test'");
        await Paylinks.Database.ExecuteAsync(
            """
            update invitation
            set created_at = created_at - interval '7 days', expires_at = expires_at - interval '7 days'
            where email = 'dora@example.test'
            """);
        var id = await Paylinks.Database.ReadAsync<Guid>(
            "select id from invitation where email = 'fabio@example.test'");
        await owner.SubmitAsync(
            await owner.OpenAsync(Path), $"/{PublicId.Format(PublicId.Invitation, id)}/withdraw");

        Assert.That(days, Is.EqualTo(TimeSpan.FromDays(7)));
        Assert.That((await invited.OpenAsync(found)).Status, Is.EqualTo(HttpStatusCode.OK));
        foreach (var url in new[] { old, lost, withdrawn, Paylinks.ApiUrl + "/invitation/none" })
        {
            var page = await invited.OpenAsync(url);
            Assert.That(page.Status, Is.EqualTo(HttpStatusCode.NotFound));
            Assert.That(page.Words, Does.Contain("This invitation is no longer good"));
        }
    }

    [Test]
    public async Task Of_two_who_accept_at_once_one_gets_in()
    {
        using var owner = await SignedInAsync(TestSystem.Owner);
        using var first = Paylinks.NewCustomer();
        using var second = Paylinks.NewCustomer();
        var url = await InviteAsync(owner, "Gaia", "gaia@example.test", "agent");
        var pages = new[] { (first, await first.OpenAsync(url)), (second, await second.OpenAsync(url)) };

        var answers = await Task.WhenAll(
            pages.Select((one, i) => AcceptAsync(one.Item1, one.Item2, $"the password {i}")));

        Assert.That(answers.Count(answer => answer.Status == HttpStatusCode.SeeOther), Is.EqualTo(1));
        Assert.That(
            await Paylinks.Database.ReadAsync<long>("select count(*) from membership where display_name = 'Gaia'"),
            Is.EqualTo(1));
    }

    [TestCase("short", "short", "almeno 8 caratteri")]
    [TestCase("long enough", "long enough.", "non sono uguali")]
    public async Task A_password_that_will_not_do_is_explained_and_nobody_is_let_in(
        string password, string again, string words)
    {
        using var owner = await SignedInAsync(TestSystem.Owner);
        using var invited = Paylinks.NewCustomer();
        var url = await InviteAsync(owner, "Ivo", "ivo@example.test", "agent");

        var answer = await invited.SubmitAsync(
            await invited.OpenAsync(url), new Uri(url).AbsolutePath, ("password", password), ("again", again));

        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
        Assert.That(answer.Words, Does.Contain(words));
        Assert.That(answer.Html, Does.Not.Contain(password));
        Assert.That((await invited.OpenAsync(url)).Status, Is.EqualTo(HttpStatusCode.OK), "still to be accepted");
    }

    [Test]
    public async Task A_new_role_a_disabled_and_an_enabled_person_take_effect_at_once()
    {
        var user = await HireAsync("agent", "luisa");
        using var owner = await SignedInAsync(TestSystem.Owner);
        using var agent = await SignedInAsync(user);
        using var elsewhere = Paylinks.NewCustomer();
        var path = await PathOfAsync("luisa");

        await owner.SubmitAsync(await owner.OpenAsync(path), "/role", ("role", "viewer"));
        var seen = await agent.OpenAsync("/links/new");
        var disabled = await owner.SubmitAsync(await owner.OpenAsync(path), "/disable");
        var gone = await agent.OpenAsync("/links");
        await SignInAsync(elsewhere, user.Email, user.Password);
        var nowhere = await elsewhere.OpenAsync("/merchants");
        await owner.SubmitAsync(await owner.OpenAsync(path), "/enable");
        var back = await elsewhere.OpenAsync("/merchants");

        Assert.That(seen.Status, Is.EqualTo(HttpStatusCode.Forbidden), "a viewer makes no links");
        Assert.That(
            (await owner.OpenAsync(disabled.Location!.ToString())).Words,
            Does.Contain("Disattivato: non può più entrare."));
        Assert.That(gone.Status, Is.EqualTo(HttpStatusCode.SeeOther));
        Assert.That(nowhere.Words, Does.Contain("non è collegato a nessuna attività"));
        Assert.That(back.Words, Does.Contain("Ferramenta Rossi").And.Contain("Sola lettura"));
        Assert.That(
            await LogAsync("luisa (luisa@example.test)"),
            Is.EqualTo(new[] { "person.enabled", "person.disabled", "person.changed" }));
    }

    [Test]
    public async Task Whoever_is_disabled_has_invited_nobody()
    {
        var merchant = await FoundMerchantAsync("Officina Blu");
        using var first = await SignedInAsync(await HireAsync("owner", "marco", merchant));
        using var second = await SignedInAsync(await HireAsync("owner", "nadia", merchant));
        using var invited = Paylinks.NewCustomer();
        var url = await InviteAsync(second, "Olga", "olga@example.test", "owner");

        await first.SubmitAsync(await first.OpenAsync(await PathOfAsync("nadia")), "/disable");

        Assert.That((await invited.OpenAsync(url)).Status, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [Test]
    public async Task Nobody_changes_themselves()
    {
        using var owner = await SignedInAsync(TestSystem.Owner);
        var path = await PathOfAsync("owner");
        var page = await owner.OpenAsync(path);
        var secretField = page.FormTo("/language").Hidden["antiforgery"];

        Assert.That(page.Html, Does.Not.Contain(path + "/role").And.Not.Contain(path + "/disable"));
        foreach (var action in new[] { "/role", "/disable", "/enable" })
        {
            var answer = await PostAsync(owner, path + action, secretField, ("role", "viewer"));
            Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.Forbidden), action);
        }
    }

    [Test]
    public async Task Of_two_owners_who_let_each_other_out_at_once_one_remains()
    {
        var merchant = await FoundMerchantAsync("Due Soci");
        using var first = await SignedInAsync(await HireAsync("owner", "primo", merchant));
        using var second = await SignedInAsync(await HireAsync("owner", "secondo", merchant));
        var onSecond = await first.OpenAsync(await PathOfAsync("secondo"));
        var onFirst = await second.OpenAsync(await PathOfAsync("primo"));

        await Task.WhenAll(first.SubmitAsync(onSecond, "/disable"), second.SubmitAsync(onFirst, "/disable"));

        Assert.That(
            await Paylinks.Database.ReadAsync<long>(
                "select count(*) from membership where merchant_id = @merchant and disabled_at is null",
                new { merchant }),
            Is.EqualTo(1));
    }

    [Test]
    public async Task The_database_itself_lets_no_two_take_away_the_last_owners_at_once()
    {
        var merchant = await FoundMerchantAsync("Altri Soci");
        await HireAsync("owner", "terzo", merchant);
        await HireAsync("owner", "quarto", merchant);
        await using var first = await Paylinks.Database.App.BeginAsync(merchant);
        await first.Connection.ExecuteAsync("update membership set role = 'viewer' where display_name = 'terzo'");

        var second = Task.Run(async () =>
        {
            await using var transaction = await Paylinks.Database.App.BeginAsync(merchant);
            await transaction.Connection.ExecuteAsync(
                "update membership set disabled_at = now() where display_name = 'quarto'");
            await transaction.CommitAsync();
        });
        await first.CommitAsync();

        var error = (await Assert.CatchAsync<PostgresException>(() => second))!;
        Assert.That(error.ConstraintName, Is.EqualTo("the_last_owner_stays"));
    }

    [Test]
    public async Task Managers_see_the_team_and_only_owners_change_it()
    {
        var stranger = await HireAsync("owner", "pia", await FoundMerchantAsync("Cartoleria Rosa"));
        using var manager = await SignedInAsync(await HireAsync("manager", "quinto"));
        using var agent = await SignedInAsync(TestSystem.Agent);
        using var other = await SignedInAsync(stranger);
        var path = await PathOfAsync("agent");
        var list = await manager.OpenAsync(Path);
        var secretField = list.FormTo("/language").Hidden["antiforgery"];

        Assert.That(list.Words, Does.Contain("agent@example.test").And.Contain("Solo i titolari"));
        Assert.That(list.Html, Does.Not.Contain("usr_").And.Not.Contain("pia@example.test"));
        Assert.That((await agent.OpenAsync(Path)).Status, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That((await manager.OpenAsync(path)).Status, Is.EqualTo(HttpStatusCode.Forbidden));
        foreach (var action in new[] { Path, path + "/role", path + "/disable", path + "/enable" })
        {
            var answer = await PostAsync(manager, action, secretField, ("role", "owner"));
            Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.Forbidden), action);
        }

        Assert.That((await other.OpenAsync(path)).Status, Is.EqualTo(HttpStatusCode.NotFound), "another merchant’s");
    }

    [Test]
    public async Task What_is_missing_in_an_invitation_is_explained()
    {
        using var owner = await SignedInAsync(TestSystem.Owner, "en-GB");

        var empty = await owner.SubmitAsync(await owner.OpenAsync(Path), Path, ("role", "boss"));
        var here = await owner.SubmitAsync(
            await owner.OpenAsync(Path), Path, ("name", "Agent"), ("email", "AGENT@example.test"), ("role", "viewer"));

        Assert.That(empty.Status, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
        Assert.That(
            empty.Html,
            Does.Contain("href=\"#name\"").And.Contain("href=\"#email\"").And.Contain("href=\"#role\""));
        Assert.That(here.Words, Does.Contain("This address is in the team already."));
    }

    private static async Task<string> InviteAsync(Customer owner, string name, string email, string role)
    {
        var answer = await owner.SubmitAsync(
            await owner.OpenAsync(Path), Path, ("name", name), ("email", email), ("role", role));
        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.OK), answer.Words);
        return InvitationUrl().Match(answer.Html).Groups["url"].Value;
    }

    private static Task<SeenPage> AcceptAsync(Customer invited, SeenPage page, string password) =>
        invited.SubmitAsync(page, page.Url.AbsolutePath, ("password", password), ("again", password));

    private async Task<string> PathOfAsync(string name) =>
        $"{Path}/{PublicId.Format(PublicId.User, await Paylinks.Database.ReadAsync<Guid>(
            "select user_id from membership where display_name = @name", new { name }))}";

    private Task<IReadOnlyList<string>> LogAsync(string about) => Paylinks.Database.QueryAsync<string>(
        "select action from audit_entry where about = @about order by id desc", new { about });

    [GeneratedRegex("id=\"invitation\" readonly value=\"(?<url>[^\"]+)\"", RegexOptions.ExplicitCapture)]
    private static partial Regex InvitationUrl();
}
