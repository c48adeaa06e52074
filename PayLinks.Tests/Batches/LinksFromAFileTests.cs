using System.Globalization;
using System.Net;
using System.Text;
using PayLinks.Tests.Infrastructure;
using PayLinks.Tests.SignIn;
using PayLinks.Tests.Takings;
using PayLinks.Worker.Batches;

namespace PayLinks.Tests.Batches;

/// <summary>A file is checked, confirmed, made into links, and comes back with what became of each row.</summary>
public sealed class LinksFromAFileTests : StaffFixture
{
    protected override IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>(
        base.Settings, StringComparer.Ordinal)
    {
        ["Limits:TextsPerNumber"] = "2",
    };

    [Test]
    public async Task A_good_file_makes_nothing_until_it_is_confirmed_and_then_a_link_for_each_row()
    {
        using var owner = await SignedInAsync(TestSystem.Owner);
        var day = TimeProvider.System.GetUtcNow().Date.AddDays(20);
        var found = await owner.CheckAsync(
            "Importo;Per cosa;Telefono;Email;Riferimento;Cliente;Lingua;Scadenza;Invio\n"
            + "1.234,56;Buono trapano;347 000 0001;;buono-1;Anna;it;7;\n"
            + $"49.90;Buono tè;347 000 0002;b@example.test;buono-2;;de;{day:dd'/'MM'/'yyyy};email\n"
            + "USD 10;=SUM(A1);;;buono-3;;;;nessuno\n");
        Assert.That(
            found.Words, Does.Contain("Da confermare").And.Contain("1.284,46").And.Contain("10,00").And.Contain("1 SMS")
                .And.Contain("1 email").And.Contain("Crea e invia 3 link"));
        Assert.That(await CountAsync("buono-%"), Is.Zero);

        var made = await owner.MakeAsync(Paylinks, found);
        var results = await ResultsAsync(owner, made);
        var links = await Task.WhenAll(results.Column("Identificativo").Select(Paylinks.Merchant.GetLinkAsync));

        Assert.That(made.Words, Does.Contain("Finito"));
        Assert.That(results.Column("Stato"), Is.EqualTo(new[] { "Creato", "Creato", "Creato" }));
        Assert.That(results.Column("Riga"), Is.EqualTo(new[] { "2", "3", "4" }));
        Assert.That(results.Column("Per cosa"), Is.EqualTo(new[] { "Buono trapano", "Buono tè", "'=SUM(A1)" }));
        Assert.That(results.Column("Link"), Is.EqualTo(links.Select(link => link.Url)));
        Assert.That(results.Column("Invio"), Is.EqualTo(new[] { "sms", "email", "" }));
        Assert.That(links.Select(link => $"{link.Amount.Value} {link.Amount.Currency} {link.Reference}"),
            Is.EqualTo(new[] { "1234.56 EUR buono-1", "49.90 EUR buono-2", "10.00 USD buono-3" }));
        Assert.That(
            links[0].ExpiresAt - links[0].CreatedAt, Is.EqualTo(TimeSpan.FromDays(7)).Within(TimeSpan.FromSeconds(5)));
        Assert.That(
            TimeZoneInfo.ConvertTimeBySystemTimeZoneId(links[1].ExpiresAt, "Europe/Rome").DateTime,
            Is.EqualTo(day + new TimeSpan(23, 59, 59)), "until the evening at the merchant's");
        Assert.That(
            await Paylinks.Database.QueryAsync<short>(
                "select lane from message m join link l on l.id = m.link_id where l.reference like 'buono-%'"),
            Is.EqualTo(new short[] { 3, 3 }), "behind what desk and programs send");
        Assert.That((await owner.OpenAsync("/desk")).Words, Does.Not.Contain("buono-1"), "there is no call about it");
    }

    [Test]
    public async Task Each_row_says_what_the_form_would_say_and_mended_it_is_taken_again_without_the_others()
    {
        using var manager = await SignedInAsync(await HireAsync("manager", "marta"), "en-GB");
        var found = await manager.CheckAsync(
            "amount,what for,phone,email,reference,expires,send\n"
            + "\"1,234.50\",Fine,347 000 0011,,fine-1,,\n"
            + "lots,,06 6982 1234,,fine-2,someday,\n"
            + "5,\"two\nlines\",,,fine-3,,\n"
            + "5,Hid\u200bden \u202eright,,anna@,fine-4,,pigeon\n"
            + "5,<script>alert(1)</script>,,,fine-5,,none\n");

        string[] said =
        [
            "Row 3", "Amount: Enter the amount, like 49.90.", "What for: Enter what the payment is for",
            "Phone: This is a landline", "Expires: Enter a number of days or a date",
            "Row 4", "What for: No line breaks", "Phone: Enter a mobile number or an email, or “none”",
            "Row 6", "What for: No invisible characters", "Email: Not a valid email address",
            "Send: Enter sms, email, both or none",
        ];
        var words = string.Join(' ', found.Words.Split(default(char[]), StringSplitOptions.RemoveEmptyEntries));
        foreach (var sentence in said)
        {
            Assert.That(words, Does.Contain(sentence));
        }

        var results = await ResultsAsync(manager, await manager.MakeAsync(Paylinks, found));
        var rest = await ResultsAsync(manager, found, "?rows=rest");
        Assert.That(results.Column("Reference"), Is.EqualTo(Enumerable.Range(1, 5).Select(i => $"fine-{i}")));
        Assert.That(results.Column("Status").Distinct(), Is.EqualTo(new[] { "Made", "To be corrected" }));
        Assert.That(rest.Column("Reference"), Is.EqualTo(new[] { "fine-2", "fine-3", "fine-4" }));
        Assert.That(rest.Column("Problem").First(), Does.Contain("Amount: Enter the amount"));
        Assert.That(rest.Column("Amount").First(), Is.EqualTo("lots"));

        var mended = (await manager.OpenAsync(found.Url.AbsolutePath + "/results.csv?rows=rest")).Html
            .Replace("lots,,,06 6982 1234", "7.50,EUR,Mended,'+39 347 000 0012", StringComparison.Ordinal)
            .Replace("someday", "3", StringComparison.Ordinal);
        var again = await manager.MakeAsync(Paylinks, await manager.CheckAsync(mended));

        Assert.That(again.Words, Does.Contain("not needed, and not used: Row, Status, Problem, Link, Id."));
        Assert.That(await CountAsync("fine-%"), Is.EqualTo(3));
        Assert.That(
            await Paylinks.Database.ReadAsync<string>("select customer_phone from link where reference = 'fine-2'"),
            Is.EqualTo("+393470000012"));
    }

    [Test]
    public async Task A_card_number_is_kept_in_no_cell_of_any_row()
    {
        using var owner = await SignedInAsync(TestSystem.Owner);

        var found = await owner.CheckAsync(
            "Importo;Per cosa;Telefono;Riferimento;Invio\n1;carta 4543 4740 0224 9996;;;nessuno\n"
            + "1;Telefono;4543474002249996;;\n1;Riferimento;;4543-4740-0224-9996;nessuno\n");
        var results = await owner.OpenAsync(found.Url.AbsolutePath + "/results.csv");

        Assert.That(found.Html.Split("Sembra un numero di carta"), Has.Length.EqualTo(4));
        Assert.That(results.Html, Does.Not.Contain("4740"));
        foreach (var number in new[] { "4543 4740 0224", "454347400224", "4543-4740-0224" })
        {
            Assert.That(await Paylinks.Database.FindTextAsync(number), Is.Empty);
        }
    }

    [Test]
    public async Task What_changes_between_checking_and_making_is_in_the_result()
    {
        using var owner = await SignedInAsync(TestSystem.Owner);
        await Paylinks.Database.ExecuteAsync(
            """
            create function refuse_it() returns trigger language plpgsql as $$
            begin
                if new.reference = 'dopo-5' then
                    raise check_violation;
                end if;
                return new;
            end $$;
            create trigger refuse_it before insert on link for each row execute function refuse_it()
            """);
        var found = await owner.CheckAsync(
            "Importo;Per cosa;Telefono;Riferimento\n1;Dopo;347 000 0021;dopo-1\n1;Dopo;347 000 0021;dopo-2\n"
            + "1;Dopo;347 000 0021;dopo-3\n1;Dopo;347 000 0022;dopo-4\n1;Dopo;347 000 0023;dopo-5\n");
        await Paylinks.Database.ExecuteAsync(
            """
            insert into opt_out (merchant_id, channel, recipient, source, opted_out_at)
            values (@MerchantId, 'sms', '+393470000022', 'reply', now())
            """,
            new { Paylinks.MerchantId });

        var made = await owner.MakeAsync(Paylinks, found);
        var results = await ResultsAsync(owner, made);
        var checkedAgain = await owner.CheckAsync("Importo;Per cosa;Telefono\n1;Dopo;+393470000022\n");

        Assert.That(
            results.Column("Stato"),
            Is.EqualTo(new[] { "Creato", "Creato", "Non creato", "Non creato", "Non creato" }));
        Assert.That(results.Column("Problema").Skip(2), Is.EqualTo(new[]
        {
            "Telefono: Troppi SMS a questo numero: usa una email, o aspetta.",
            "Telefono: Qui il cliente non vuole più messaggi: proponi l'altro canale, email o SMS. "
                + "Può cambiare idea solo il cliente.",
            "Non è stato possibile creare questo link: controlla che la riga non abbia caratteri insoliti.",
        }));
        Assert.That(await CountAsync("dopo-%"), Is.EqualTo(2), "what was not made is not there");
        Assert.That(checkedAgain.Words, Does.Contain("Qui il cliente non vuole più messaggi"));
        Assert.That(checkedAgain.Html, Does.Not.Contain("/confirm"), "nothing in it is good");
    }

    [Test]
    public async Task One_bad_row_among_10_000_is_named_and_the_others_may_be_made()
    {
        using var owner = await SignedInAsync(TestSystem.Owner);

        var found = await owner.CheckAsync(Rows(10_000).Replace("\n4321,", "\nmolto,", StringComparison.Ordinal));

        Assert.That(found.Words, Does.Contain("Crea e invia 9.999 link").And.Contain("Riga 4.322"));
        Assert.That(await Paylinks.Database.ReadAsync<string>(
            "select row_count || ' ' || wrong_count from batch where id = @Id", new { Id = BatchForm.IdOf(found) }),
            Is.EqualTo("10000 1"));
    }

    [Test]
    public async Task What_is_too_much_is_answered_with_the_form_and_the_limit()
    {
        using var owner = await SignedInAsync(TestSystem.Owner);
        var long100 = new string('x', 100);

        var rows = await owner.PostFileAsync(Encoding.UTF8.GetBytes(Rows(100_000)));
        var bytes = await owner.PostFileAsync(
            Encoding.UTF8.GetBytes(Rows(100_000).Replace("Riga", long100, StringComparison.Ordinal)));
        var nothing = await owner.PostFileAsync([]);

        Assert.That(rows.Status, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
        Assert.That(rows.Words, Does.Contain("Il file ha più di 20.000 righe"));
        Assert.That(bytes.Status, Is.EqualTo(HttpStatusCode.RequestEntityTooLarge));
        Assert.That(bytes.Words, Does.Contain("Il file è troppo grande: al massimo 8 MB."));
        Assert.That(bytes.Html, Does.Contain("href=\"#file\"").And.Contain("id=\"file-problem\""));
        Assert.That(nothing.Words, Does.Contain("Scegli un file CSV."));
        Assert.That((await owner.CheckAsync("Importo,Per cosa\n1,a\n")).Status, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task Repeated_references_and_a_file_that_was_confirmed_before_are_warned_about()
    {
        using var owner = await SignedInAsync(TestSystem.Owner);
        const string file = "Importo;Per cosa;Riferimento\n1;a;R-9\n2;b;R-8\n3;c; R-9\n4;d;\n5;e;\n";

        var first = await owner.CheckAsync(file);
        await owner.MakeAsync(Paylinks, first);
        var second = await owner.CheckAsync(file);

        Assert.That(first.Words, Does.Contain("R-9: 2 volte (righe 2, 4").And.Not.Contain("R-8:"));
        Assert.That(first.Words, Does.Not.Contain("Questo stesso file"));
        Assert.That(second.Words, Does.Contain("Questo stesso file è già stato confermato"));
    }

    [Test]
    public async Task The_example_is_right_in_both_languages()
    {
        foreach (var language in new[] { "it-IT", "en-GB" })
        {
            using var owner = await SignedInAsync(TestSystem.Owner, language);
            var found = await owner.CheckAsync((await owner.OpenAsync(BatchForm.Path + "/example.csv")).Html);
            Assert.That(found.Html, Does.Contain("/confirm").And.Not.Contain("id=\"problems\""), found.Words);
        }
    }

    [Test]
    public async Task What_rows_without_a_link_said_is_forgotten_in_time()
    {
        using var owner = await SignedInAsync(TestSystem.Owner);
        const string file = "Importo;Per cosa;Riferimento\n1;Dimenticami;\nx;Dimenticami;\n";
        var unconfirmed = await owner.CheckAsync(file);
        var ended = await owner.MakeAsync(Paylinks, await owner.CheckAsync(file));
        var job = new ClearOldBatches(Paylinks.Database.App);

        await job.RunOnceAsync(CancellationToken.None);
        Assert.That(await RowsAsync(), Is.EqualTo(3));
        await Paylinks.Database.ExecuteAsync(
            """
            update batch
            set created_at = created_at - interval '31 days', finished_at = finished_at - interval '31 days'
            where id = any (@ids)
            """,
            new { ids = new[] { BatchForm.IdOf(unconfirmed), BatchForm.IdOf(ended) } });
        await job.RunOnceAsync(CancellationToken.None);

        Assert.That(await RowsAsync(), Is.Zero);
        var late = await owner.SubmitAsync(unconfirmed, "/confirm");
        Assert.That((await owner.OpenAsync(late.Location!.ToString())).Words, Does.Contain("Non confermato"));
        Assert.That((await owner.OpenAsync(ended.Url.AbsolutePath)).Words, Does.Contain("è stato cancellato"));
        Assert.That(
            (await ResultsAsync(owner, ended)).Column("Stato"), Is.EqualTo(new[] { "Creato", "Da correggere" }));

        Task<int> RowsAsync() => Paylinks.Database.ReadAsync<int>(
            "select count(*)::int from batch_row where cells ->> 'description' = 'Dimenticami'");
    }

    private static string Rows(int count)
    {
        var file = new StringBuilder("Importo,Per cosa,Telefono,Riferimento\n");
        for (var i = 1; i <= count; i++)
        {
            file.Append(CultureInfo.InvariantCulture, $"{i},Riga {i},+39347{i:0000000},molti-{i}\n");
        }

        return file.ToString();
    }

    private static async Task<Csv> ResultsAsync(Customer browser, SeenPage batch, string query = "") =>
        Csv.Of(await browser.OpenAsync(batch.Url.AbsolutePath + "/results.csv" + query));

    private Task<int> CountAsync(string reference) => Paylinks.Database.ReadAsync<int>(
        "select count(*)::int from link where reference like @reference", new { reference });
}
