using System.Net;
using System.Text;
using PayLinks.Tests.Infrastructure;

namespace PayLinks.Tests.Account;

/// <summary>A code from an app, after the password.</summary>
public sealed class SecondFactorTests : AccountFixture
{
    [Test]
    public async Task Whoever_has_turned_it_on_signs_in_with_password_and_code()
    {
        var user = await HireAsync("owner", "tina");
        using var first = await SignedInAsync(user);
        var (app, codes) = await TurnOnAsync(first, user);

        using var browser = await HalfSignedInAsync(user, "/?next=%2Flinks%3Fstatus%3Dpaid");
        var asked = await browser.OpenAsync(CodeStep);
        Assert.That(await IsSignedInAsync(browser), Is.False, "half signed in opens nothing");
        // People type a space in the middle, or paste one at the end.
        var answer = await GiveCodeAsync(browser, $" {app.Code(1)[..3]} {app.Code(1)[3..]} ");

        Assert.That(codes, Has.Count.EqualTo(10).And.Unique.And.All.Matches("^[0-9a-z]{5}-[0-9a-z]{5}$"));
        Assert.That(
            asked.Html,
            Does.Contain("inputmode=\"numeric\"").And.Contain("autocomplete=\"one-time-code\"")
                .And.Contain("name=\"code\""));
        Assert.That(answer.Location?.ToString(), Is.EqualTo("/links?status=paid"), answer.Words);
        Assert.That(await IsSignedInAsync(browser));
        Assert.That(await FailuresAsync(user), Is.Zero);
        Assert.That((await first.OpenAsync(Account)).Words, Does.Contain("Codici di recupero rimasti: 10."));
    }

    [Test]
    public async Task A_code_is_good_once_also_the_one_that_turned_it_on()
    {
        var user = await HireAsync("agent", "ugo");
        using var first = await SignedInAsync(user);
        var page = await first.OpenAsync(Authenticator);
        var app = AppFor(page);
        var code = app.Code();
        await first.SubmitAsync(page, Authenticator, ("code", code), ("password", user.Password));
        using var one = await HalfSignedInAsync(user);
        using var other = await HalfSignedInAsync(user);

        var turnedOnWith = await GiveCodeAsync(one, code);
        var next = app.Code(1);
        var used = await GiveCodeAsync(one, next);
        var again = await GiveCodeAsync(other, next);

        Assert.That(turnedOnWith.Status, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
        Assert.That(used.Status, Is.EqualTo(HttpStatusCode.SeeOther), used.Words);
        Assert.That(again.Status, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
        Assert.That(again.Words, Does.Contain("Il codice non vale: è sbagliato, vecchio o già usato."));
        Assert.That(await IsSignedInAsync(other), Is.False);
    }

    [Test]
    public async Task What_can_be_no_code_is_explained_and_counts_as_no_guess()
    {
        var user = await HireAsync("agent", "vera");
        using var first = await SignedInAsync(user);
        await TurnOnAsync(first, user);
        using var browser = await HalfSignedInAsync(user);
        var failures = await FailuresAsync(user);

        foreach (var typed in new[] { "", "12345", "1234567", "abcdef", "１２３４５６", "12 34 5", new string('9', 5000) })
        {
            var answer = await GiveCodeAsync(browser, typed);
            Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.UnprocessableEntity), typed);
            Assert.That(answer.Html, Does.Contain("<title>Errore: Codice di accesso").And.Contain("href=\"#code\""));
            Assert.That(answer.Words, Does.Contain("Scrivi le 6 cifre dell’app"), typed);
        }

        Assert.That(await FailuresAsync(user), Is.EqualTo(failures));
        Assert.That(await IsSignedInAsync(browser), Is.False);
    }

    [Test]
    public async Task Wrong_codes_lock_like_wrong_passwords()
    {
        var user = await HireAsync("agent", "zeno");
        using var first = await SignedInAsync(user);
        var (app, codes) = await TurnOnAsync(first, user);
        using var browser = await HalfSignedInAsync(user);
        // The password was the first attempt.
        for (var i = 0; i < 4; i++)
        {
            await GiveCodeAsync(browser, app.WrongCode());
        }

        var locked = await GiveCodeAsync(browser, app.Code(1));
        var recovery = await GiveCodeAsync(browser, codes[0]);
        using var another = Paylinks.NewCustomer();
        var password = await SignInAsync(another, user.Email, user.Password);
        await Paylinks.Database.ExecuteAsync(
            "update app_user set locked_until = locked_until - interval '15 minutes' where email = @Email", user);
        var open = await GiveCodeAsync(browser, codes[0]);

        Assert.That(
            new[] { locked.Status, recovery.Status, password.Status },
            Is.All.EqualTo(HttpStatusCode.UnprocessableEntity));
        Assert.That(open.Status, Is.EqualTo(HttpStatusCode.SeeOther), "no code was used up while locked");
    }

    [Test]
    public async Task A_recovery_code_stands_in_for_the_app_once()
    {
        var user = await HireAsync("manager", "ivo");
        using var first = await SignedInAsync(user);
        var (_, codes) = await TurnOnAsync(first, user);
        using var one = await HalfSignedInAsync(user);
        using var other = await HalfSignedInAsync(user);
        var page = await one.OpenAsync(CodeStep + "?recovery=yes");

        var used = await one.SubmitAsync(page, CodeStep, ("code", codes[3].ToUpperInvariant()));
        var again = await GiveCodeAsync(other, codes[3]);

        Assert.That(page.Html, Does.Contain("inputmode=\"text\""), "letters can be typed on a phone");
        Assert.That(used.Status, Is.EqualTo(HttpStatusCode.SeeOther), used.Words);
        Assert.That(again.Status, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
        Assert.That((await one.OpenAsync(Account)).Words, Does.Contain("Codici di recupero rimasti: 9."));
    }

    [Test]
    public async Task New_recovery_codes_take_the_password_and_void_the_old()
    {
        var user = await HireAsync("manager", "lia");
        using var browser = await SignedInAsync(user);
        var (_, old) = await TurnOnAsync(browser, user);
        var page = await browser.OpenAsync(Authenticator);

        var refused = await browser.SubmitAsync(page, "/codes", ("password", "not it"));
        var made = CodesOn(await browser.SubmitAsync(page, "/codes", ("password", user.Password)));
        using var other = await HalfSignedInAsync(user);

        Assert.That(refused.Status, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
        Assert.That(made, Has.Count.EqualTo(10));
        Assert.That((await GiveCodeAsync(other, old[0])).Status, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
        Assert.That((await GiveCodeAsync(other, made[0])).Status, Is.EqualTo(HttpStatusCode.SeeOther));
    }

    [Test]
    public async Task Turning_it_off_takes_the_password()
    {
        var user = await HireAsync("agent", "remo");
        using var browser = await SignedInAsync(user);
        await TurnOnAsync(browser, user);
        var secretField = (await browser.OpenAsync(Authenticator)).FormTo("/codes").Hidden["antiforgery"];

        var refused = await PostAsync(browser, Authenticator + "/off", secretField, ("password", "not it"));
        using var half = await HalfSignedInAsync(user);
        var off = await PostAsync(browser, Authenticator + "/off", secretField, ("password", user.Password));
        using var other = await SignedInAsync(user);

        Assert.That(refused.Status, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
        Assert.That(refused.Words, Does.Contain("La password non è questa."));
        Assert.That(off.Location?.ToString(), Is.EqualTo("/account?done=off"));
        Assert.That(await IsSignedInAsync(other), "the password alone is enough again");
        Assert.That(await Paylinks.Database.ReadAsync<int>(
            """
            select count(*)::int from app_user u left join authenticator a on a.user_id = u.id
            left join recovery_code c on c.user_id = u.id
            where u.email = @Email and (a.user_id is not null or c.user_id is not null)
            """,
            user), Is.Zero);
    }

    [Test]
    public async Task Nothing_is_on_before_code_and_password_are_right()
    {
        var user = await HireAsync("agent", "nora");
        using var browser = await SignedInAsync(user);
        using var stranger = await SignedInAsync(TestSystem.Agent);
        var page = await browser.OpenAsync(Authenticator);
        var foreign = (await stranger.OpenAsync(Authenticator)).FormTo(Authenticator).Hidden["secret"];
        var app = AppFor(page);

        (string Field, string Value, string Problem)[] wrong =
        [
            ("code", "", "#code"), ("code", "12345", "#code"), ("code", "1234567", "#code"),
            ("code", "abcdef", "#code"), ("code", "abcde-fghjk", "#code"),
            ("code", app.WrongCode(), "#code"), ("password", "", "#password"),
            ("password", "not it", "#password"), ("password", new string('x', 500), "#password"),
            ("secret", "", "#code"), ("secret", "forged", "#code"), ("secret", foreign, "#code"),
        ];
        foreach (var (field, value, problem) in wrong)
        {
            var form = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["code"] = app.Code(),
                ["password"] = user.Password,
                ["secret"] = page.FormTo(Authenticator).Hidden["secret"],
                [field] = value,
            };
            var answer = await browser.SubmitAsync(
                page, Authenticator, form.Select(pair => (pair.Key, pair.Value)));
            Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.UnprocessableEntity), $"{field}={value}");
            Assert.That(answer.Html, Does.Contain($"href=\"{problem}\""), $"{field}={value}");
            Assert.That(
                SecretOn(answer) == SecretOn(page), Is.EqualTo(field != "secret"), "the key that was scanned stays");
        }

        using var other = await SignedInAsync(user);
        Assert.That(await IsSignedInAsync(other), "the password alone is still enough");
    }

    [Test]
    public async Task Turning_it_on_signs_out_elsewhere_and_is_done_once()
    {
        var user = await HireAsync("agent", "olga");
        using var here = await SignedInAsync(user);
        using var elsewhere = await SignedInAsync(user);
        var secondTab = await here.OpenAsync(Authenticator);
        var (app, _) = await TurnOnAsync(here, user);

        var again = await here.SubmitAsync(
            secondTab, Authenticator, ("code", AppFor(secondTab).Code()), ("password", user.Password));

        Assert.That(await IsSignedInAsync(elsewhere), Is.False);
        Assert.That(again.Location?.ToString(), Is.EqualTo(Authenticator));
        Assert.That((await here.OpenAsync(Authenticator)).Words, Does.Contain("Attivo"));
        using var other = await HalfSignedInAsync(user);
        Assert.That((await GiveCodeAsync(other, app.Code(1))).Status, Is.EqualTo(HttpStatusCode.SeeOther));
    }

    [Test]
    public async Task A_new_password_voids_a_sign_in_that_is_half_done()
    {
        var user = await HireAsync("agent", "pia");
        using var first = await SignedInAsync(user);
        var (app, _) = await TurnOnAsync(first, user);
        using var half = await HalfSignedInAsync(user);
        var page = await half.OpenAsync(CodeStep);
        await Paylinks.Database.ExecuteAsync(
            "update app_user set security_stamp = 'another' where email = @Email", user);

        var answer = await half.SubmitAsync(page, CodeStep, ("code", app.Code(1)));

        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
        Assert.That(answer.Words, Does.Contain("È passato troppo tempo dalla password."));
        Assert.That(await IsSignedInAsync(half), Is.False);
    }

    [Test]
    public async Task Without_a_password_no_code_is_asked_for()
    {
        using var nobody = Paylinks.NewCustomer();
        var secretField = (await nobody.OpenAsync("/")).FormTo("/").Hidden["antiforgery"];

        var shown = await nobody.OpenAsync(CodeStep);
        var answer = await PostAsync(nobody, CodeStep, secretField, ("code", "123456"));

        Assert.That(shown.Location?.ToString(), Is.EqualTo("/"));
        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
        Assert.That(answer.Html, Does.Contain("name=\"password\""), "from the start");
    }

    [Test]
    public async Task The_database_starts_no_session_without_the_second_factor()
    {
        var user = await HireAsync("agent", "sveva");
        using var browser = await SignedInAsync(user);
        await TurnOnAsync(browser, user);

        var started = await Paylinks.Database.ReadAsync<bool>(
            """
            select start_session(u.id, '\x01', u.security_stamp, '1 hour', false, null) from app_user u
            where u.email = @Email
            """,
            user);

        Assert.That(started, Is.False);
    }

    [Test]
    public async Task Neither_secret_nor_recovery_code_stands_in_the_database_or_the_logs()
    {
        var user = await HireAsync("agent", "cleo");
        using var browser = await SignedInAsync(user);
        var page = await browser.OpenAsync(Authenticator);
        var secret = SecretOn(page).Replace(" ", "", StringComparison.Ordinal);
        var codes = CodesOn(await browser.SubmitAsync(
            page, Authenticator, ("code", AppFor(page).Code()), ("password", user.Password)));

        foreach (var text in new[] { secret, codes[0], codes[0].Replace("-", "", StringComparison.Ordinal) })
        {
            var inHex = Convert.ToHexStringLower(Encoding.UTF8.GetBytes(text));
            Assert.That(await Paylinks.Database.FindTextAsync(text), Is.Empty);
            Assert.That(await Paylinks.Database.FindTextAsync(inHex), Is.Empty);
            Assert.That(string.Join('\n', Paylinks.Logs.Lines), Does.Not.Contain(text));
        }
    }
}
