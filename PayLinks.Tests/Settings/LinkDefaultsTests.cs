using System.Net;
using PayLinks.Tests.Infrastructure;
using PayLinks.Tests.SignIn;

namespace PayLinks.Tests.Settings;

/// <summary>What owner and manager say about links holds wherever nothing else is said.</summary>
public sealed class LinkDefaultsTests : StaffFixture
{
    private const string Path = "/settings/links";

    [TestCase("2", "hours", "2 ore", 120)]
    [TestCase("30", "minutes", "30 minuti", 30)]
    [TestCase("365", "days", "365 giorni", 365 * 24 * 60)]
    public async Task The_usual_expiry_holds_in_the_form_and_in_the_API(
        string number, string unit, string words, int minutes)
    {
        using var owner = await SignedInAsync(TestSystem.Owner);

        var answer = await SaveAsync(owner, ("lifetime", number), ("unit", unit), ("remind", "no"));
        var saved = await owner.OpenAsync(answer.Location!.ToString());
        var form = await owner.OpenAsync("/links/new");
        await NewLinkAsync(owner, "Dal modulo " + words);
        var link = await Paylinks.Merchant.CreateLinkAsync();

        Assert.That(saved.Words, Does.Contain("Salvato."));
        Assert.That(saved.Html, Does.Contain($"value=\"{number}\""));
        Assert.That(form.Words, Does.Contain($"Come al solito ({words})"));
        Assert.That(
            link.ExpiresAt - link.CreatedAt,
            Is.EqualTo(TimeSpan.FromMinutes(minutes)).Within(TimeSpan.FromMinutes(1)));
        Assert.That(
            await Paylinks.Database.ReadAsync<bool>(
                """
                select remind_at is null and expires_at - created_at between @Least and @Most
                from link where description = @Description
                """,
                new
                {
                    Description = "Dal modulo " + words,
                    Least = TimeSpan.FromMinutes(minutes - 1),
                    Most = TimeSpan.FromMinutes(minutes + 1),
                }));
    }

    [Test]
    public async Task Reminders_are_switched_on_and_off()
    {
        using var owner = await SignedInAsync(TestSystem.Owner);

        await SaveAsync(owner, ("lifetime", "20"), ("unit", "days"), ("remind", "yes"), ("hours", "2, 48 24"));
        var on = await StoredAsync();
        await NewLinkAsync(owner, "Con promemoria");
        await SaveAsync(owner, ("lifetime", "20"), ("unit", "days"), ("remind", "no"), ("hours", "2, 48 24"));
        var off = await StoredAsync();

        Assert.That(on, Is.EqualTo("20 days {48:00:00,24:00:00,02:00:00}"));
        Assert.That(off, Is.EqualTo("20 days {}"));
        Assert.That(await Paylinks.Database.ReadAsync<bool>(
            "select remind_at is not null from link where description = 'Con promemoria'"));
    }

    [TestCase("lifetime", "4", "minutes", "no", "")]
    [TestCase("lifetime", "367", "days", "no", "")]
    [TestCase("lifetime", "1.5", "days", "no", "")]
    [TestCase("lifetime", "3", "weeks", "no", "")]
    [TestCase("remind", "3", "days", "maybe", "24")]
    [TestCase("hours", "3", "days", "yes", "")]
    [TestCase("hours", "3", "days", "yes", "1, 2, 3, 4")]
    [TestCase("hours", "3", "days", "yes", "24.5")]
    public async Task A_mistake_is_explained_and_changes_nothing(
        string field, string lifetime, string unit, string remind, string hours)
    {
        using var owner = await SignedInAsync(TestSystem.Owner, "en-GB");
        var before = await StoredAsync();

        var answer = await SaveAsync(
            owner, ("lifetime", lifetime), ("unit", unit), ("remind", remind), ("hours", hours));

        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
        Assert.That(answer.Html, Does.Contain($"href=\"#{field}\"").And.Contain($"id=\"{field}\""));
        Assert.That(await StoredAsync(), Is.EqualTo(before));
    }

    [TestCase("manager", HttpStatusCode.OK)]
    [TestCase("agent", HttpStatusCode.Forbidden)]
    [TestCase("viewer", HttpStatusCode.Forbidden)]
    public async Task It_is_the_affair_of_owner_and_manager(string role, HttpStatusCode status)
    {
        using var somebody = await SignedInAsync(await HireAsync(role, "link-" + role));

        Assert.That((await somebody.OpenAsync(Path)).Status, Is.EqualTo(status));
    }

    private static async Task<SeenPage> SaveAsync(
        Customer owner, params IEnumerable<(string Name, string Value)> fields) =>
        await owner.SubmitAsync(await owner.OpenAsync(Path), Path, fields);

    private Task<string> StoredAsync() => Paylinks.Database.ReadAsync<string>(
        "select link_lifetime || ' ' || remind_before::text from merchant where id = @MerchantId", Paylinks);
}
