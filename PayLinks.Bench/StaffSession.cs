using System.Net;
using System.Text.RegularExpressions;
using Dapper;
using Microsoft.AspNetCore.Identity;
using Npgsql;

namespace PayLinks.Bench;

/// <summary>Somebody of the merchant's who has signed in to the console.</summary>
internal static class StaffSession
{
    private const string Email = "owner@example.test";
    private const string Password = "the password of the bench";

    private const string HireSql =
        """
        with person as (select add_user(@Id, @Email, @hash, 'bench') as id)
        insert into membership (merchant_id, user_id, role, display_name)
        select @Merchant::uuid, id, 'owner', 'Titolare' from person
        """;

    /// <returns>The header that a browser sends with each request from then on.</returns>
    public static async Task<string> CookieAsync(Installation installation)
    {
        await using (var connection = new NpgsqlConnection(installation.Migrations))
        {
            await connection.ExecuteAsync(HireSql, new
            {
                Id = Guid.CreateVersion7(),
                Email,
                hash = new PasswordHasher<object>().HashPassword(new object(), Password),
                installation.Merchant,
            });
        }

        // The cookies are for secure connections, and a container would not send them over this one.
        using var browser = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false })
        {
            BaseAddress = new Uri(installation.ApiUrl),
        };
        using var page = await browser.GetAsync("/");
        var html = await page.Content.ReadAsStringAsync();
        using var form = new HttpRequestMessage(HttpMethod.Post, "/")
        {
            Headers = { { "Cookie", CookiesOf(page) }, { "Sec-Fetch-Site", "same-origin" } },
            Content = new FormUrlEncodedContent(new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["antiforgery"] = Regex.Match(html, "name=\"antiforgery\"[^>]*value=\"([^\"]+)\"").Groups[1].Value,
                ["email"] = Email,
                ["password"] = Password,
            }),
        };
        using var answer = await browser.SendAsync(form);
        return answer.StatusCode == HttpStatusCode.SeeOther
            ? CookiesOf(answer)
            : throw new InvalidOperationException($"Signing in was answered by {answer.StatusCode}.");
    }

    private static string CookiesOf(HttpResponseMessage answer) =>
        string.Join("; ", answer.Headers.GetValues("Set-Cookie").Select(cookie => cookie.Split(';')[0]));
}
