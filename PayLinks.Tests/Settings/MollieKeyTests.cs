using System.Net;
using PayLinks.Tests.Infrastructure;
using PayLinks.Tests.SignIn;
using PayLinks.Tests.Takings;

namespace PayLinks.Tests.Settings;

/// <summary>Owners set the keys to Mollie, which Mollie is shown first.</summary>
public sealed class MollieKeyTests : StaffFixture
{
    private const string Path = "/settings/mollie";

    private static readonly string Live = "live_" + TestSystem.MollieKey[5..];
    private static readonly string OtherTest = "test_" + new string([.. TestSystem.MollieKey[5..].Reverse()]);
    private static readonly string Unknown = "test_" + TestSystem.MollieKey[5..].ToUpperInvariant() + "0";

    protected override Hosts Running => Hosts.ApiAndSandbox;

    protected override IReadOnlyDictionary<string, string> Settings =>
        new Dictionary<string, string>(base.Settings, StringComparer.Ordinal)
        {
            ["Sandbox:MollieKeys:1"] = OtherTest,
            ["Sandbox:MollieKeys:2"] = Live,
        };

    [Test]
    public async Task A_key_that_Mollie_takes_is_sealed_and_shown_by_its_end()
    {
        var (merchant, owner) = await NewMerchantAsync("vera");
        using var _ = owner;

        var test = await SaveAsync(owner, "test", OtherTest);
        var inTrial = await owner.OpenAsync(test.Location!.ToString());
        var live = await SaveAsync(owner, "live", $" {Live} ");
        var inEarnest = await owner.OpenAsync(live.Location!.ToString());

        Assert.That(inTrial.Words, Does.Contain("Mollie ha accettato la chiave").And.Contain("MODALITÀ TEST"));
        Assert.That(inEarnest.Words, Does.Not.Contain("MODALITÀ TEST"));
        foreach (var key in new[] { OtherTest, Live })
        {
            Assert.That(inEarnest.Words, Does.Contain("•••• " + key[^4..]).And.Contain("Impostata il"));
            Assert.That(
                inEarnest.Html, Does.Contain(await Paylinks.Sandbox.MollieProfileAsync(key)).And.Not.Contain(key));
            Assert.That(await Paylinks.Database.FindTextAsync(key), Is.Empty);
        }

        Assert.That(
            await Paylinks.Database.QueryAsync<string>(
                "select action || ' ' || about from audit_entry where merchant_id = @merchant order by id",
                new { merchant }),
            Is.EqualTo(new[] { "mollie_key.set test", "mollie_key.set live" }));
    }

    [Test]
    public async Task A_key_that_will_not_do_is_explained_and_not_kept()
    {
        var (merchant, owner) = await NewMerchantAsync("zeno");
        using var _ = owner;

        foreach (var (mode, key, words) in new[]
        {
            ("test", "", "Incolla la chiave intera"),
            ("test", "test_short", "Incolla la chiave intera"),
            ("test", Live, "Questa chiave è dell’altra modalità"),
            ("live", OtherTest, "Questa chiave è dell’altra modalità"),
            ("test", Unknown, "Mollie non accetta questa chiave."),
        })
        {
            var answer = await SaveAsync(owner, mode, key);
            Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.UnprocessableEntity), words);
            Assert.That(answer.Words, Does.Contain(words));
            Assert.That(answer.Html, Does.Contain($"href=\"#{mode}-key\""));
            Assert.That(key.Length > 0 && answer.Html.Contains(key, StringComparison.Ordinal), Is.False);
        }

        Assert.That(await KeysAsync(merchant), Is.Zero);
    }

    [Test]
    public async Task While_Mollie_is_silent_nothing_is_kept()
    {
        var (merchant, owner) = await NewMerchantAsync("ugo");
        using var _ = owner;

        // A read is tried twice.
        await Paylinks.Sandbox.FailAsync("mollie", "getProfile", "503", count: 2);
        var answer = await SaveAsync(owner, "test", OtherTest);
        await Paylinks.Sandbox.FailAsync("mollie", "listMethods", "503", count: 2);
        var half = await SaveAsync(owner, "test", OtherTest);

        Assert.That(
            new[] { answer.Status, half.Status }, Is.All.EqualTo(HttpStatusCode.ServiceUnavailable));
        Assert.That(answer.Words, Does.Contain("Mollie non risponde, quindi non abbiamo salvato niente."));
        Assert.That(await KeysAsync(merchant), Is.Zero);
    }

    [Test]
    public async Task The_profile_is_asked_of_Mollie_and_must_be_the_one_that_was_paid_to()
    {
        var theirs = await Paylinks.Sandbox.MollieProfileAsync(OtherTest);
        var ours = await Paylinks.Sandbox.MollieProfileAsync(TestSystem.MollieKey);
        using var owner = await SignedInAsync(TestSystem.Owner);
        await new Bookings(Paylinks).PaidAsync(new DateTimeOffset(2018, 5, 5, 10, 0, 0, TimeSpan.Zero));

        var other = await SaveAsync(owner, "test", OtherTest, ours);
        var paid = await SaveAsync(owner, "test", OtherTest, theirs);
        var same = await SaveAsync(owner, "test", TestSystem.MollieKey);

        Assert.That(other.Words, Does.Contain($"Questa chiave è del profilo {theirs}"));
        Assert.That(other.Html, Does.Contain($"value=\"{theirs}\""), "filled in as Mollie says");
        Assert.That(paid.Words, Does.Contain($"Ci sono già pagamenti sul profilo {ours}"));
        Assert.That(same.Status, Is.EqualTo(HttpStatusCode.SeeOther), same.Words);
    }

    [Test]
    public async Task Only_owners_have_to_do_with_it()
    {
        using var manager = await SignedInAsync(await HireAsync("manager", "marta"));
        var secretField = (await manager.OpenAsync("/links")).FormTo("/language").Hidden["antiforgery"];

        Assert.That((await manager.OpenAsync(Path)).Status, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That(
            (await PostAsync(manager, Path, secretField, ("mode", "test"), ("test-key", OtherTest))).Status,
            Is.EqualTo(HttpStatusCode.Forbidden));
    }

    private async Task<(Guid Merchant, Customer Owner)> NewMerchantAsync(string owner)
    {
        var merchant = await FoundMerchantAsync("Negozio di " + owner);
        return (merchant, await SignedInAsync(await HireAsync("owner", owner, merchant)));
    }

    private static async Task<SeenPage> SaveAsync(Customer owner, string mode, string key, string profileId = "") =>
        await owner.SubmitAsync(
            await owner.OpenAsync(Path), Path, ("mode", mode), ($"{mode}-key", key), ($"{mode}-profileId", profileId));

    private Task<long> KeysAsync(Guid merchant) => Paylinks.Database.ReadAsync<long>(
        "select count(*) from mollie_account where merchant_id = @merchant", new { merchant });
}
