using System.Net;
using System.Text.RegularExpressions;
using Dapper;
using PayLinks.Core.Secrets;
using PayLinks.Tests.Infrastructure;
using PayLinks.Tests.SignIn;

namespace PayLinks.Tests.Settings;

/// <summary>Owners make and revoke the keys of their programs.</summary>
public sealed partial class KeysPageTests : StaffFixture
{
    private const string Path = "/settings/api-keys";

    [Test]
    public async Task A_key_is_shown_once_works_within_its_permissions_and_is_kept_as_a_hash()
    {
        using var owner = await SignedInAsync(TestSystem.Owner);

        var key = await CreateAsync(owner, "negozio", "test", "links:read", "events:read");
        using var program = new Merchant(Paylinks.ApiUrl, key);
        using var read = await program.Http.GetAsync("v1/links");
        using var write = await program.PostAsync("v1/links", Merchant.Order());
        var list = await owner.OpenAsync(Path);

        Assert.That(key, Does.StartWith("plk_test_"));
        Assert.That(read.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(write.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That(list.Words, Does.Contain("negozio").And.Contain("links:read, events:read").And.Contain("usata:"));
        Assert.That(list.Html, Does.Not.Contain(key));
        Assert.That(await Paylinks.Database.FindTextAsync(key), Is.Empty);
        Assert.That(
            await Paylinks.Database.QueryAsync<string>(
                """
                select concat_ws(' ', action, change ->> 'field', change ->> 'new')
                from audit_entry, jsonb_array_elements(changes) change
                where about = 'negozio'
                """),
            Is.EqualTo(new[] { "api_key.created mode test", "api_key.created scope links:read events:read" }));
    }

    [Test]
    public async Task A_key_is_revoked_after_asking()
    {
        using var owner = await SignedInAsync(TestSystem.Owner, "en-GB");
        var key = await CreateAsync(owner, "old till", "live", "links:read");
        var asks = RevokePath().Match((await owner.OpenAsync(Path)).Html).Groups["path"].Value;

        var question = await owner.OpenAsync(asks);
        var answer = await owner.SubmitAsync(question, asks);
        using var program = new Merchant(Paylinks.ApiUrl, key);
        using var refused = await program.Http.GetAsync("v1/links");

        Assert.That(question.Words, Does.Contain("Revoke the key?").And.Contain("old till"));
        Assert.That((await owner.OpenAsync(answer.Location!.ToString())).Words, Does.Contain("The key is revoked"));
        Assert.That(refused.StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
        Assert.That((await owner.OpenAsync(asks)).Status, Is.EqualTo(HttpStatusCode.NotFound), "once");
    }

    [Test]
    public async Task The_last_use_is_written_down_at_most_once_a_minute()
    {
        using var owner = await SignedInAsync(TestSystem.Owner);
        var hashes = new Vault(TestSystem.MasterKey).Hashes(await CreateAsync(owner, "cassa", "test", "links:read"));

        Assert.That(await LastUseAsync(), Is.Null);
        await FindAsync();
        var first = await LastUseAsync();
        // However slow this machine is, the minute has not gone by.
        await Paylinks.Database.ExecuteAsync(
            "update api_key set last_used_at = paylinks_now() + interval '1 hour' where name = 'cassa'");
        var ahead = await LastUseAsync();
        await FindAsync();
        Assert.That(first, Is.Not.Null);
        Assert.That(await LastUseAsync(), Is.EqualTo(ahead), "not again");

        await Paylinks.Database.ExecuteAsync(
            "update api_key set last_used_at = paylinks_now() - interval '61 seconds' where name = 'cassa'");
        var before = await LastUseAsync();
        await FindAsync();
        Assert.That(await LastUseAsync(), Is.GreaterThan(before));

        async Task FindAsync()
        {
            await using var connection = await Paylinks.Database.App.OpenConnectionAsync();
            Assert.That(
                await connection.ExecuteScalarAsync<Guid>("select id from find_api_key(@hashes)", new { hashes }),
                Is.Not.EqualTo(Guid.Empty));
        }

        Task<DateTime?> LastUseAsync() => Paylinks.Database.ReadAsync<DateTime?>(
            "select last_used_at from api_key where name = 'cassa'");
    }

    [Test]
    public async Task What_is_missing_is_explained_and_no_key_is_made()
    {
        using var owner = await SignedInAsync(TestSystem.Owner);

        var answer = await owner.SubmitAsync(await owner.OpenAsync(Path), Path, ("mode", "both"));
        var unknown = await owner.SubmitAsync(
            await owner.OpenAsync(Path), Path, ("name", "x"), ("mode", "test"), ("scope", "everything"));

        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
        Assert.That(
            answer.Html,
            Does.Contain("href=\"#name\"").And.Contain("href=\"#mode\"").And.Contain("href=\"#scope\"")
                .And.Contain("id=\"scope\""));
        Assert.That(unknown.Words, Does.Contain("Scegli almeno un permesso."));
    }

    [Test]
    public async Task Only_owners_have_to_do_with_keys()
    {
        using var owner = await SignedInAsync(TestSystem.Owner);
        using var manager = await SignedInAsync(await HireAsync("manager", "marta"));
        var secretField = (await manager.OpenAsync("/links")).FormTo("/language").Hidden["antiforgery"];

        Assert.That((await owner.OpenAsync("/settings")).Html, Does.Contain($"href=\"{Path}\""));
        Assert.That((await manager.OpenAsync("/settings")).Html, Does.Not.Contain($"href=\"{Path}\""));
        Assert.That((await manager.OpenAsync(Path)).Status, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That(
            (await PostAsync(
                manager, Path, secretField, ("name", "x"), ("mode", "test"), ("scope", "links:read"))).Status,
            Is.EqualTo(HttpStatusCode.Forbidden));
    }

    private static async Task<string> CreateAsync(
        Customer owner, string name, string mode, params IEnumerable<string> scopes)
    {
        var answer = await owner.SubmitAsync(
            await owner.OpenAsync(Path), Path,
            [("name", name), ("mode", mode), .. scopes.Select(scope => ("scope", scope))]);
        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.OK), answer.Words);
        return NewKey().Match(answer.Html).Groups["key"].Value;
    }

    [GeneratedRegex("id=\"key\" readonly value=\"(?<key>[^\"]+)\"", RegexOptions.ExplicitCapture)]
    private static partial Regex NewKey();

    [GeneratedRegex(
        "href=\"(?<path>/settings/api-keys/[^\"]+)\" aria-label=\"Revoke old till\"", RegexOptions.ExplicitCapture)]
    private static partial Regex RevokePath();
}
