using System.Globalization;
using System.Net;
using System.Text;
using Dapper;
using Npgsql;
using PayLinks.Tests.Infrastructure;
using PayLinks.Tests.SignIn;

namespace PayLinks.Tests.Batches;

/// <summary>However often, by whomever and wherever a batch is posted, confirmed or stopped.</summary>
public sealed class ConfirmingAFileTests : StaffFixture
{
    protected override IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>(
        base.Settings, StringComparer.Ordinal)
    {
        ["Limits:TextsPerNumber"] = "1",
    };

    [Test]
    public async Task A_file_posted_five_times_at_once_makes_one_batch_and_another_file_another()
    {
        using var owner = await SignedInAsync(TestSystem.Owner);
        var form = await owner.OpenAsync(BatchForm.Path);
        var file = Encoding.UTF8.GetBytes(Small("gemelli"));

        var twins = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => owner.PostFileAsync(form, file)));
        var other = await owner.PostFileAsync(form, [.. file, .. "4;Quattro;\n"u8]);

        Assert.That(twins.Select(answer => answer.Location?.ToString()).Distinct().ToList(), Has.Count.EqualTo(1));
        Assert.That(other.Location, Is.Not.Null.And.Not.EqualTo(twins[0].Location));
    }

    [Test]
    public async Task Confirmed_five_times_at_once_each_row_becomes_one_link()
    {
        using var owner = await SignedInAsync(TestSystem.Owner);
        var found = await owner.CheckAsync(Small("cinque"));

        var answers = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => owner.SubmitAsync(found, "/confirm")));
        await Paylinks.FinishedAsync(BatchForm.IdOf(found));
        await owner.ConfirmAsync(found);

        Assert.That(answers.Select(answer => answer.Status), Is.All.EqualTo(HttpStatusCode.SeeOther));
        Assert.That(await CountAsync("cinque"), Is.EqualTo(3));
    }

    // Somebody else who sends to the same block of numbers holds its count, so the batch stands still in its first row.
    [Test]
    public async Task A_running_batch_shows_how_far_it_is_and_stops_when_told_to()
    {
        using var owner = await SignedInAsync(TestSystem.Owner);
        var file = new StringBuilder("Importo;Per cosa;Telefono;Riferimento\n");
        for (var i = 0; i < 120; i++)
        {
            file.Append(CultureInfo.InvariantCulture, $"1;Fermata;+39347555{i:0000};ferma\n");
        }

        var found = await owner.CheckAsync(file.ToString());
        Task<SeenPage> canceling;
        SeenPage running;
        await using (var connection = new NpgsqlConnection(Paylinks.Database.SuperuserConnection))
        {
            await connection.OpenAsync();
            await using var holding = await connection.BeginTransactionAsync();
            await connection.ExecuteAsync("select pg_advisory_xact_lock(hashtextextended('texts to +39347555', 0))");
            await owner.ConfirmAsync(found);
            await WaitingAsync(1);
            running = await owner.OpenAsync(found.Url.AbsolutePath);
            canceling = owner.SubmitAsync(running, "/cancel");
            await WaitingAsync(2);
        }

        Assert.That((await canceling).Status, Is.EqualTo(HttpStatusCode.SeeOther));
        var stopped = await owner.OpenAsync(found.Url.AbsolutePath);
        var made = await CountAsync("ferma");

        Assert.That(running.Words, Does.Contain("In corso").And.Contain("0 di 120"));
        Assert.That(running.Html, Does.Contain("<noscript><meta http-equiv=\"refresh\" content=\"5\""));
        Assert.That(stopped.Words, Does.Contain("Fermato").And.Not.Contain("Ferma qui"));
        Assert.That(stopped.Html, Does.Not.Contain("http-equiv"));
        Assert.That(made, Is.LessThan(120));
        var left = (await owner.OpenAsync(found.Url.AbsolutePath + "/results.csv?rows=rest")).Html;
        Assert.That(left.Split("Fermato prima"), Has.Length.EqualTo(121 - made));

        Task WaitingAsync(int count) => Eventually.IsTrueAsync(
            async () => await Paylinks.Database.ReadAsync<int>(
                """
                select count(*)::int from pg_stat_activity
                where datname = current_database() and wait_event_type = 'Lock'
                """) == count,
            $"{count} wait");
    }

    [Test]
    public async Task A_batch_is_nobodys_affair_but_of_owners_and_managers_of_its_merchant()
    {
        using var owner = await SignedInAsync(TestSystem.Owner);
        var found = await owner.CheckAsync(Small("segreto"));
        var path = found.Url.AbsolutePath;
        using var stranger = await SignedInAsync(
            await HireAsync("owner", "bianca", await FoundMerchantAsync("Bianchi")));
        var field = (await stranger.OpenAsync(BatchForm.Path)).FormTo(BatchForm.Path).Hidden["antiforgery"];

        foreach (var address in new[] { path, path + "/results.csv", BatchForm.Path + "/bat_none" })
        {
            Assert.That((await stranger.OpenAsync(address)).Status, Is.EqualTo(HttpStatusCode.NotFound), address);
        }

        foreach (var action in new[] { "/confirm", "/cancel" })
        {
            Assert.That((await PostAsync(stranger, path + action, field)).Status, Is.EqualTo(HttpStatusCode.NotFound));
        }

        Assert.That((await stranger.OpenAsync(BatchForm.Path)).Words, Does.Not.Contain("ordini.csv"));
        foreach (var role in new[] { "agent", "viewer" })
        {
            using var other = await SignedInAsync(await HireAsync(role, "altra-" + role));
            var own = (await other.OpenAsync("/links")).FormTo("/language").Hidden["antiforgery"];
            Assert.That((await other.OpenAsync("/links")).Html, Does.Not.Contain(BatchForm.Path));
            foreach (var address in new[] { BatchForm.Path, path, path + "/results.csv" })
            {
                Assert.That((await other.OpenAsync(address)).Status, Is.EqualTo(HttpStatusCode.Forbidden), address);
            }

            Assert.That(
                (await PostAsync(other, path + "/confirm", own)).Status, Is.EqualTo(HttpStatusCode.Forbidden));
        }

        Assert.That(await CountAsync("segreto"), Is.Zero);
    }

    [Test]
    public async Task A_form_without_its_secret_field_or_its_session_stores_nothing()
    {
        using var owner = await SignedInAsync(TestSystem.Owner);
        using var left = await SignedInAsync(TestSystem.Owner);
        var form = await left.OpenAsync(BatchForm.Path);
        await left.SubmitAsync(form, "/sign-out");
        var file = Encoding.UTF8.GetBytes("Importo;Per cosa\n1;Niente di tutto ciò\n");
        var stale = form with
        {
            Html = form.Html.Replace(form.FormTo(BatchForm.Path).Hidden["antiforgery"], "x", StringComparison.Ordinal),
        };

        var forged = await owner.PostFileAsync(stale, file);
        var signedOut = await left.PostFileAsync(form, file);

        Assert.That(forged.Status, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That(signedOut.Status, Is.EqualTo(HttpStatusCode.SeeOther));
        Assert.That(await Paylinks.Database.FindTextAsync("Niente di tutto"), Is.Empty);
    }

    private static string Small(string reference) =>
        $"Importo;Per cosa;Riferimento\n1;Uno;{reference}\n2;Due;{reference}\n3;Tre;{reference}\n";

    private Task<int> CountAsync(string reference) => Paylinks.Database.ReadAsync<int>(
        "select count(*)::int from link where reference = @reference", new { reference });
}
