using System.Net;
using System.Text.RegularExpressions;
using PayLinks.Tests.Infrastructure;
using PayLinks.Tests.SignIn;

namespace PayLinks.Tests.Account;

/// <summary>People who set how they sign in.</summary>
public abstract partial class AccountFixture : StaffFixture
{
    protected const string Account = "/account";
    protected const string Authenticator = Account + "/authenticator";
    protected const string CodeStep = "/sign-in/code";

    /// <summary>Turns codes on, in a browser where this person is signed in.</summary>
    /// <returns>The app and the ten recovery codes.</returns>
    private protected static async Task<(AuthenticatorApp App, IReadOnlyList<string> RecoveryCodes)> TurnOnAsync(
        Customer browser, User user)
    {
        var page = await browser.OpenAsync(Authenticator);
        var app = AppFor(page);
        var answer = await browser.SubmitAsync(
            page, Authenticator, ("code", app.Code()), ("password", user.Password));
        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.OK), answer.Words);
        return (app, CodesOn(answer));
    }

    private protected static AuthenticatorApp AppFor(SeenPage page) => new(SecretOn(page));

    /// <summary>The key as it is shown, in groups.</summary>
    protected static string SecretOn(SeenPage page) => Secret().Match(page.Html).Groups["secret"].Value;

    protected static IReadOnlyList<string> CodesOn(SeenPage page) =>
        [.. WebUtility.HtmlDecode(Codes().Match(page.Html).Groups["codes"].Value).Split('\n')];

    /// <summary>Another browser in which the password has been given and the code is asked for.</summary>
    protected async Task<Customer> HalfSignedInAsync(User user, string path = "/")
    {
        var browser = Paylinks.NewCustomer();
        var answer = await SignInAsync(browser, user.Email, user.Password, path);
        Assert.That(answer.Location?.ToString(), Is.EqualTo(CodeStep), answer.Words);
        return browser;
    }

    protected static async Task<SeenPage> GiveCodeAsync(Customer browser, string code) =>
        await browser.SubmitAsync(await browser.OpenAsync(CodeStep), CodeStep, ("code", code));

    protected static async Task<bool> IsSignedInAsync(Customer browser) =>
        (await browser.OpenAsync("/links")).Status == HttpStatusCode.OK;

    protected Task<int> FailuresAsync(User user) => Paylinks.Database.ReadAsync<int>(
        "select failed_sign_ins from app_user where email = @Email", user);

    [GeneratedRegex("read-back\">(?<secret>[A-Z2-7 ]+)<", RegexOptions.ExplicitCapture)]
    private static partial Regex Secret();

    [GeneratedRegex("<textarea id=\"codes\"[^>]*>(?<codes>[^<]+)<", RegexOptions.ExplicitCapture)]
    private static partial Regex Codes();
}
