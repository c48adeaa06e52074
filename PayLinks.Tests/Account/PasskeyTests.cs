using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using PayLinks.Tests.Infrastructure;

namespace PayLinks.Tests.Account;

/// <summary>Keys that sign in alone; a device of ours stands for the browser's.</summary>
public sealed partial class PasskeyTests : AccountFixture
{
    private const string New = "/account/passkeys/new";
    private const string Passkey = "/sign-in/passkey";

    [Test]
    public async Task A_passkey_signs_in_alone_also_where_a_code_is_asked_for_and_while_guesses_lock_the_password()
    {
        var user = await HireAsync("owner", "alba");
        using var browser = await SignedInAsync(user);
        using var key = NewKey();
        await AddAsync(browser, user, key, "Telefono di Alba");
        await TurnOnAsync(browser, user);
        await Paylinks.Database.ExecuteAsync(
            "update app_user set failed_sign_ins = 5, locked_until = now() + interval '1 hour' where email = @Email",
            user);
        using var other = Paylinks.NewCustomer();

        var answer = await SignInWithAsync(other, key, "/?next=%2Flinks");

        Assert.That(answer.Location?.ToString(), Is.EqualTo("/links"), answer.Words);
        Assert.That(await IsSignedInAsync(other));
        var page = await other.OpenAsync(Account);
        Assert.That(page.Words, Does.Contain("Telefono di Alba").And.Contain("Usata l’ultima volta il"));
    }

    [Test]
    public async Task An_answer_counts_once()
    {
        var user = await HireAsync("agent", "edo");
        using var browser = await SignedInAsync(user);
        using var key = NewKey();
        await AddAsync(browser, user, key, "Chiave");
        using var other = Paylinks.NewCustomer();
        using var thief = Paylinks.NewCustomer();
        var (options, state) = await AskAsync(other);
        var credential = key.Answer(options);

        var first = await GiveAsync(other, state, credential);
        var again = await GiveAsync(thief, state, credential);

        Assert.That(first.Status, Is.EqualTo(HttpStatusCode.SeeOther), first.Words);
        Assert.That(again.Status, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
        Assert.That(again.Words, Does.Contain("Questa passkey non vale qui, o è passato troppo tempo."));
        Assert.That(await IsSignedInAsync(thief), Is.False);
    }

    [Test]
    public async Task What_is_no_good_answer_signs_nobody_in()
    {
        var user = await HireAsync("agent", "ezio");
        using var browser = await SignedInAsync(user);
        using var key = NewKey();
        using var strange = new SoftwareKey(Origin()) { Id = key.Id };
        strange.Make(await AddAsync(browser, user, key, "Chiave"));
        using var other = Paylinks.NewCustomer();
        var (options, state) = await AskAsync(other);
        var (_, younger) = await AskAsync(other);
        var good = key.Answer(options);
        key.Verifies = false;
        var unverified = key.Answer(options);
        (key.Verifies, key.Origin) = (true, "https://evil.example.test");
        var phished = key.Answer(options);

        (string State, string Credential)[] wrong =
        [
            (state, ""), (state, "nonsense"), (state, "{}"), (state, "null"), (state, new string('x', 20_000)),
            ("", good), ("forged", good), (younger, good), (state, unverified), (state, phished),
            (state, strange.Answer(options)),
        ];
        foreach (var (sealedState, credential) in wrong)
        {
            var answer = await GiveAsync(other, sealedState, credential);
            Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.UnprocessableEntity), credential);
            Assert.That(answer.Html, Does.Contain("<title>Errore: Accedi"));
        }

        Assert.That(await IsSignedInAsync(other), Is.False);
        Assert.That(
            (await GiveAsync(other, state, good)).Status, Is.EqualTo(HttpStatusCode.SeeOther), "the good one is good");
    }

    [Test]
    public async Task A_copied_key_is_found_out_by_its_count()
    {
        var user = await HireAsync("agent", "gigi");
        using var browser = await SignedInAsync(user);
        using var key = NewKey();
        key.SignCount = 7;
        await AddAsync(browser, user, key, "Chiave");
        using var own = Paylinks.NewCustomer();
        using var thief = Paylinks.NewCustomer();

        key.SignCount = 9;
        Assert.That((await SignInWithAsync(own, key)).Status, Is.EqualTo(HttpStatusCode.SeeOther));
        key.SignCount = 8;
        Assert.That((await SignInWithAsync(thief, key)).Status, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
    }

    [Test]
    public async Task A_removed_passkey_signs_in_no_more_and_only_its_owner_removes_it()
    {
        var user = await HireAsync("agent", "nino");
        using var browser = await SignedInAsync(user);
        using var key = NewKey();
        await AddAsync(browser, user, key, "Chiave");
        var name = Convert.ToHexStringLower(key.Id);
        using var stranger = await SignedInAsync(TestSystem.Owner);
        var secretField = (await stranger.OpenAsync(Account)).FormTo(New).Hidden["antiforgery"];

        await PostAsync(stranger, "/account/passkeys/remove", secretField, ("passkey", name));
        var page = await browser.OpenAsync(Account);
        Assert.That(page.FormTo("/passkeys/remove").Hidden["passkey"], Is.EqualTo(name), "still there");
        var removed = await browser.SubmitAsync(page, "/passkeys/remove");

        Assert.That(removed.Location?.ToString(), Is.EqualTo("/account?done=removed"));
        Assert.That(await CountAsync(user), Is.Zero);
        using var other = Paylinks.NewCustomer();
        Assert.That((await SignInWithAsync(other, key)).Status, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
    }

    [Test]
    public async Task Adding_one_takes_a_name_and_the_password()
    {
        var user = await HireAsync("agent", "irma");
        using var browser = await SignedInAsync(user);

        (string Name, string Password, string Field)[] wrong =
        [
            ("", user.Password, "passkeyName"), ("   ", user.Password, "passkeyName"),
            (new string('x', 61), user.Password, "passkeyName"), ("a\tb", user.Password, "passkeyName"),
            ("Chiave", "", "passkeyPassword"), ("Chiave", "not it", "passkeyPassword"),
        ];
        foreach (var (name, password, field) in wrong)
        {
            var answer = await browser.SubmitAsync(
                await browser.OpenAsync(Account), New, ("passkeyName", name), ("passkeyPassword", password));
            Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.UnprocessableEntity), name);
            Assert.That(answer.Html, Does.Contain($"href=\"#{field}\""), name);
        }
    }

    [Test]
    public async Task What_no_device_has_made_is_not_stored()
    {
        var user = await HireAsync("agent", "ida");
        using var browser = await SignedInAsync(user);
        using var stranger = await SignedInAsync(TestSystem.Agent);
        using var key = NewKey();
        using var unverified = NewKey();
        unverified.Verifies = false;
        using var elsewhere = new SoftwareKey(Origin(), "evil.example.test");
        var page = await NewAsync(browser, user, "Chiave");
        var foreign = (await NewAsync(stranger, TestSystem.Agent, "Chiave")).FormTo("/passkeys").Hidden["state"];
        var options = OptionsOn(page);
        var good = key.Make(options);

        (string? State, string Credential)[] wrong =
        [
            (null, ""), (null, "nonsense"), (null, unverified.Make(options)), (null, elsewhere.Make(options)),
            ("", good), ("forged", good), (foreign, good),
        ];
        foreach (var (state, credential) in wrong)
        {
            var answer = await browser.SubmitAsync(
                page, "/passkeys", ("credential", credential),
                ("state", state ?? page.FormTo("/passkeys").Hidden["state"]));
            Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.UnprocessableEntity), credential);
            Assert.That(answer.Words, Does.Contain("La passkey non è stata aggiunta"));
        }

        Assert.That(await CountAsync(user), Is.Zero);
        await browser.SubmitAsync(page, "/passkeys", ("credential", good));
        var twice = await browser.SubmitAsync(page, "/passkeys", ("credential", good));
        Assert.That(twice.Status, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
        Assert.That(await CountAsync(user), Is.EqualTo(1));
    }

    private SoftwareKey NewKey() => new(Origin());

    // Passkeys are made for names, and the tests' address is a number.
    private string Origin() => $"http://localhost:{new Uri(Paylinks.ApiUrl).Port}";

    private static async Task<SeenPage> NewAsync(Customer browser, User user, string name) =>
        await browser.SubmitAsync(
            await browser.OpenAsync(Account), New, ("passkeyName", name), ("passkeyPassword", user.Password));

    private static string OptionsOn(SeenPage page) =>
        WebUtility.HtmlDecode(Options().Match(page.Html).Groups["options"].Value);

    /// <returns>What the device was asked to make.</returns>
    private static async Task<string> AddAsync(Customer browser, User user, SoftwareKey key, string name)
    {
        var page = await NewAsync(browser, user, name);
        var options = OptionsOn(page);
        var answer = await browser.SubmitAsync(page, "/passkeys", ("credential", key.Make(options)));
        Assert.That(answer.Location?.ToString(), Is.EqualTo("/account?done=added"), answer.Words);
        return options;
    }

    private static async Task<(string Options, string State)> AskAsync(Customer browser)
    {
        var answer = JsonNode.Parse((await browser.OpenAsync(Passkey)).Html)!;
        return (answer["options"]!.ToJsonString(), answer["state"]!.GetValue<string>());
    }

    private static async Task<SeenPage> SignInWithAsync(Customer browser, SoftwareKey key, string path = "/")
    {
        var (options, state) = await AskAsync(browser);
        return await GiveAsync(browser, state, key.Answer(options), path);
    }

    private static async Task<SeenPage> GiveAsync(
        Customer browser, string state, string credential, string path = "/?next=%2Flinks") =>
        await browser.SubmitAsync(
            await browser.OpenAsync(path), Passkey, ("state", state), ("credential", credential));

    private Task<int> CountAsync(User user) => Paylinks.Database.ReadAsync<int>(
        "select count(*)::int from passkey p join app_user u on u.id = p.user_id where u.email = @Email", user);

    [GeneratedRegex("data-passkey-options=\"(?<options>[^\"]+)\"", RegexOptions.ExplicitCapture)]
    private static partial Regex Options();
}
