using System.Net;
using PayLinks.Tests.Infrastructure;

namespace PayLinks.Tests.SignIn;

public sealed class SigningInTests : StaffFixture
{
    [Test]
    public async Task An_owner_comes_to_the_takings_and_an_agent_to_the_desk()
    {
        using var owner = await SignedInAsync(TestSystem.Owner);
        using var agent = await SignedInAsync(TestSystem.Agent);

        Assert.That((await owner.OpenAsync("/")).Location!.ToString(), Is.EqualTo("/takings"));
        Assert.That((await agent.OpenAsync("/")).Location!.ToString(), Is.EqualTo("/desk"));
    }

    [Test]
    public async Task Whoever_was_sent_to_sign_in_goes_on_to_the_page_they_wanted()
    {
        using var browser = Paylinks.NewCustomer();

        var sent = await browser.OpenAsync("/links?status=paid");
        var answer = await SignInAsync(
            browser, TestSystem.Owner.Email, TestSystem.Owner.Password, sent.Location!.ToString());

        Assert.That(sent.Status, Is.EqualTo(HttpStatusCode.SeeOther));
        Assert.That(answer.Location!.ToString(), Is.EqualTo("/links?status=paid"));
    }

    [TestCase("https://evil.example.test/")]
    [TestCase("//evil.example.test/")]
    [TestCase(@"/\evil.example.test/")]
    [TestCase("javascript:alert(1)")]
    public async Task Nobody_is_sent_to_another_site(string next)
    {
        using var browser = Paylinks.NewCustomer();

        var answer = await SignInAsync(
            browser, TestSystem.Owner.Email, TestSystem.Owner.Password, "/?next=" + Uri.EscapeDataString(next));

        Assert.That(answer.Location!.ToString(), Is.EqualTo("/"));
    }

    [Test]
    public async Task A_wrong_password_an_unknown_address_and_a_locked_account_get_the_same_answer()
    {
        var locked = await HireAsync("agent", "luca");
        for (var i = 0; i < 5; i++)
        {
            using var guesser = Paylinks.NewCustomer();
            await SignInAsync(guesser, locked.Email, "not it, number " + i);
        }

        string[] answers =
        [
            await RefusedAsync(TestSystem.Owner.Email, "not the password"),
            await RefusedAsync("nobody@example.test", "not the password"),
            await RefusedAsync(locked.Email, locked.Password),
        ];

        Assert.That(answers.Distinct().ToList(), Has.Count.EqualTo(1), string.Join('\n', answers));
        Assert.That(answers[0], Does.Contain("Email e password non corrispondono."));
    }

    [Test]
    public async Task Five_wrong_passwords_lock_the_account_for_fifteen_minutes()
    {
        var user = await HireAsync("agent", "marta");
        using var browser = Paylinks.NewCustomer();
        for (var i = 0; i < 5; i++)
        {
            await SignInAsync(browser, user.Email, "not it, number " + i);
        }

        var locked = await SignInAsync(browser, user.Email, user.Password);
        await Paylinks.Database.ExecuteAsync(
            "update app_user set locked_until = locked_until - interval '15 minutes' where email = @Email", user);
        var open = await SignInAsync(browser, user.Email, user.Password);

        Assert.That(locked.Status, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
        Assert.That(open.Status, Is.EqualTo(HttpStatusCode.SeeOther));
        Assert.That(
            await Paylinks.Database.ReadAsync<int>("select failed_sign_ins from app_user where email = @Email", user),
            Is.Zero);
    }

    [Test]
    public async Task Guesses_sent_side_by_side_do_not_outrun_the_lock()
    {
        var user = await HireAsync("agent", "piero");

        await Task.WhenAll(Enumerable.Range(0, 20).Select(async i =>
        {
            using var browser = Paylinks.NewCustomer();
            await SignInAsync(browser, user.Email, "not it, number " + i);
        }));

        Assert.That(
            await Paylinks.Database.ReadAsync<int>("select failed_sign_ins from app_user where email = @Email", user),
            Is.EqualTo(5), "the sixth was not even counted");
    }

    [Test]
    public async Task A_password_counts_exactly_as_typed()
    {
        using var browser = Paylinks.NewCustomer();

        var padded = await SignInAsync(browser, TestSystem.Owner.Email, TestSystem.Owner.Password + " ");
        var shouted = await SignInAsync(browser, TestSystem.Owner.Email, TestSystem.Owner.Password.ToUpperInvariant());
        var endless = await SignInAsync(browser, TestSystem.Owner.Email, new string('x', 5000));
        var right = await SignInAsync(browser, TestSystem.Owner.Email.ToUpperInvariant(), TestSystem.Owner.Password);

        Assert.That(
            new[] { padded, shouted, endless }.Select(answer => answer.Status),
            Is.All.EqualTo(HttpStatusCode.UnprocessableEntity));
        Assert.That(right.Status, Is.EqualTo(HttpStatusCode.SeeOther), "an address has no upper case");
    }

    [Test]
    public async Task What_was_typed_stays_except_the_password()
    {
        using var browser = Paylinks.NewCustomer("en-GB");

        var answer = await SignInAsync(browser, "anna@example.test", "not the password");

        Assert.That(answer.Html, Does.Contain("value=\"anna@example.test\"").And.Not.Contain("not the password"));
        Assert.That(answer.Html, Does.Contain("<title>Error: Sign in"));
    }

    [Test]
    public async Task Somebody_with_two_merchants_chooses_and_sees_only_that_one()
    {
        var user = await HireAsync("owner", "gemma");
        await HireAsync("viewer", "gemma", await FoundMerchantAsync("Panificio Verdi"));
        using var browser = await SignedInAsync(user);

        var choice = await browser.OpenAsync((await browser.OpenAsync("/")).Location!.ToString());
        var id = System.Text.RegularExpressions.Regex.Match(
            choice.Html, "value=\"(mer_[0-9a-z]+)\"\\s*>\\s*<strong>Panificio Verdi").Groups[1].Value;
        await browser.SubmitAsync(choice, "/merchants", ("merchant", id));

        var links = await browser.OpenAsync("/links");
        Assert.That(links.Words, Does.Contain("Panificio Verdi").And.Not.Contain("Ferramenta"));
        Assert.That(
            (await browser.OpenAsync("/links/new")).Status, Is.EqualTo(HttpStatusCode.Forbidden), "only reads there");
    }

    private async Task<string> RefusedAsync(string email, string password)
    {
        using var browser = Paylinks.NewCustomer();
        var answer = await SignInAsync(browser, email, password);
        return $"{(int)answer.Status} {answer.Words.Replace(email, "", StringComparison.Ordinal)}";
    }
}
