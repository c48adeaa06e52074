using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using PayLinks.Tests.Infrastructure;
using PayLinks.Tests.V1;

namespace PayLinks.Tests.Takings;

/// <summary>Takings as a program reads them. Each test has a year of its own.</summary>
public sealed class TakingsTests : ApiFixture
{
    private Bookings Bookings => new(Paylinks);

    [Test]
    public async Task Money_counts_on_the_day_it_moved_and_surplus_never()
    {
        var first = await Bookings.PaidAsync(At("2020-03-02T09:00:00Z"));
        var second = await Bookings.PaidAsync(At("2020-03-02T10:00:00Z"), minor: 1000);
        await Bookings.RefundAsync(first, 990, At("2020-03-03T09:00:00Z"));
        await Bookings.RefundAsync(first, 500, at: null);
        await Bookings.DisputeAsync(second, 1000, At("2020-03-04T09:00:00Z"), At("2020-03-06T09:00:00Z"));
        var surplus = await Bookings.PayAsync(
            await Bookings.LinkOfAsync(first), At("2020-03-02T11:00:00Z"), 4990, surplus: true);
        await Bookings.RefundAsync(surplus, 4990, At("2020-03-02T12:00:00Z"));
        await Bookings.PaidAsync(At("2020-03-02T09:00:00Z"), minor: 777, mode: "live");
        await Bookings.PaidAsync(At("2020-03-02T09:00:00Z"), minor: 300, currency: "JPY");

        var takings = await TakingsAsync("from=2020-03-01&to=2020-03-05");

        using (Assert.EnterMultipleScope())
        {
            Assert.That((takings.From, takings.To, takings.Mode, takings.TimeZone),
                Is.EqualTo(("2020-03-01", "2020-03-05", "test", "Europe/Rome")));
            Assert.That(takings.Totals.Select(Line), Is.EqualTo(new[]
            {
                "EUR 2: 59.90 - 9.90 - 10.00 = 40.00", "JPY 1: 300 - 0 - 0 = 300",
            }));
            Assert.That(takings.Days.Select(day => $"{day.Day} {Line(day)}"), Is.EqualTo(new[]
            {
                "2020-03-02 EUR 2: 59.90 - 0.00 - 0.00 = 59.90", "2020-03-02 JPY 1: 300 - 0 - 0 = 300",
                "2020-03-03 EUR 0: 0.00 - 9.90 - 0.00 = -9.90", "2020-03-04 EUR 0: 0.00 - 0.00 - 10.00 = -10.00",
            }));
            Assert.That(takings.Totals.Concat(takings.Days).Select(sums => sums.Fees), Is.All.Null, "not known");
        }

        Assert.That((await TakingsAsync("from=2020-03-06&to=2020-03-06")).Totals.Select(Line),
            Is.EqualTo(new[] { "EUR 0: 0.00 - 0.00 - -10.00 = 10.00" }), "the bank returned it");
        Assert.That((await TakingsAsync("from=2020-03-01&to=2020-03-05&currency=JPY")).Totals.Select(Line),
            Is.EqualTo(new[] { "JPY 1: 300 - 0 - 0 = 300" }));
        using var live = await AddKeyAsync(mode: "live");
        Assert.That((await ReadAsync(live, "from=2020-03-01&to=2020-03-05")).Totals.Select(Line),
            Is.EqualTo(new[] { "EUR 1: 7.77 - 0.00 - 0.00 = 7.77" }));
        using var other = await AddKeyAsync(isOfAnotherMerchant: true);
        Assert.That((await ReadAsync(other, "from=2020-03-01&to=2020-03-05")).Totals.Select(Line),
            Is.EqualTo(new[] { "EUR 0: 0.00 - 0.00 - 0.00 = 0.00" }));
    }

    // In Rome clocks went forward on 28 March 2021 and back on 31 October.
    [TestCase("2021-03-27T22:59:59Z", "2021-03-27")]
    [TestCase("2021-03-27T23:00:00Z", "2021-03-28")]
    [TestCase("2021-03-28T21:59:59.999999Z", "2021-03-28")]
    [TestCase("2021-03-28T22:00:00Z", "2021-03-29")]
    [TestCase("2021-10-30T22:00:00Z", "2021-10-31")]
    [TestCase("2021-10-31T22:59:59Z", "2021-10-31")]
    [TestCase("2021-10-31T23:00:00Z", "2021-11-01")]
    public async Task A_day_begins_and_ends_at_the_merchants(string paidAt, string day)
    {
        var time = At(paidAt).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        await Bookings.PaidAsync(At(paidAt));

        var around = await TakingsAsync("from=2021-01-01&to=2021-12-31");
        var before = Day(day).AddDays(-1);
        var after = before.AddDays(2);

        Assert.That(around.Days.Select(one => one.Day), Does.Contain(day));
        var that = await CsvAsync($"from={day}&to={day}");
        Assert.That(that.Column("time"), Does.Contain(time));
        Assert.That(that.Column("day"), Is.All.EqualTo(day));
        foreach (var other in new[] { before, after })
        {
            var csv = await CsvAsync($"from={other:yyyy-MM-dd}&to={other:yyyy-MM-dd}");
            Assert.That(csv.Column("time"), Does.Not.Contain(time), other.ToString(CultureInfo.InvariantCulture));
        }
    }

    [Test]
    public async Task The_rows_add_up_to_the_sums_however_many_there_are()
    {
        var paid = await Bookings.PaidAsync(At("2022-05-05T09:00:00Z"), minor: 99_999_999);
        await Bookings.RefundAsync(paid, 1, At("2022-05-06T09:00:00Z"));
        await Bookings.DisputeAsync(paid, 333, At("2022-05-07T09:00:00Z"), At("2022-05-08T09:00:00Z"));
        // Many at the same instant, and more than one page of them.
        await Paylinks.Database.ExecuteAsync(
            """
            insert into payment (merchant_id, id, link_id, mode, status, amount_minor, currency, mollie_id,
                callback_key_hash, created_at, paid_at)
            select merchant_id, gen_random_uuid(), link_id, mode, 'paid', number, currency, 'tr_many' || number, '\x00',
                paid_at, '2022-05-05T09:00:00Z'::timestamptz + (number / 400) * interval '1 hour'
            from payment, generate_series(1, 1203) number where id = @paid
            """,
            new { paid });

        var takings = await TakingsAsync("from=2022-05-01&to=2022-05-31");
        var csv = await CsvAsync("from=2022-05-01&to=2022-05-31");

        var total = takings.Totals.Single();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(csv.Rows, Has.Count.EqualTo(1203 + 4));
            Assert.That(csv.Column("id").Distinct().Count(), Is.EqualTo(1203 + 3), "none twice but the dispute");
            Assert.That(Sum(csv, "gross"), Is.EqualTo(total.Gross.Value));
            Assert.That(Sum(csv, "refunds"), Is.EqualTo(total.Refunds.Value));
            Assert.That(Sum(csv, "disputes"), Is.EqualTo(total.Disputes.Value));
            Assert.That(Sum(csv, "net"), Is.EqualTo(total.Net.Value));
            Assert.That(total.Gross.Value, Is.EqualTo("1007242.05"));
            Assert.That(csv.Column("kind").Distinct(),
                Is.EquivalentTo(new[] { "payment", "refund", "dispute", "reversal" }));
            Assert.That(csv.Column("fees"), Is.All.Empty);
            Assert.That(csv.Column("time"), Is.Ordered);
        }
    }

    [TestCase("=1+1")]
    [TestCase("+39 347")]
    [TestCase("-2")]
    [TestCase("@sum(a1)")]
    [TestCase("quotes \" and, commas")]
    [TestCase("Città, «è» €")]
    public async Task Text_of_others_is_never_a_formula_and_comes_through(string text)
    {
        var order = Merchant.Order();
        order["description"] = text;
        order["reference"] = text;
        var link = await Merchant.CreateLinkAsync(order);
        await Bookings.PayAsync(Bookings.IdOf(link), At("2023-07-07T09:00:00Z"), 100);

        var csv = await CsvAsync("from=2023-07-07&to=2023-07-07");

        var row = csv.Column("link").ToList().IndexOf(link.Id);
        var expected = "=+-@".Contains(text[0], StringComparison.Ordinal) ? "'" + text : text;
        Assert.That(csv.Cell(row, "description"), Is.EqualTo(expected));
        Assert.That(csv.Cell(row, "reference"), Is.EqualTo(expected));
    }

    [Test]
    public async Task Without_a_period_it_is_the_last_thirty_days_and_a_table_is_a_file()
    {
        var takings = await TakingsAsync("");
        var (from, to) = (Day(takings.From), Day(takings.To));

        Assert.That(to.DayNumber - from.DayNumber, Is.EqualTo(29));
        using var response = await Merchant.Http.GetAsync("v1/takings.csv?from=2019-01-01&to=2019-01-31");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(response.Content.Headers.ContentType!.ToString(), Does.StartWith("text/csv; charset=utf-8"));
            Assert.That(response.Content.Headers.ContentDisposition!.ToString(),
                Is.EqualTo("attachment; filename=takings-2019-01-01-2019-01-31.csv"));
            Assert.That(Csv.Parse(await response.Content.ReadAsByteArrayAsync()).Rows, Is.Empty);
        }
    }

    [TestCase("from=yesterday", "from", "date_invalid")]
    [TestCase("from=2026-02-30", "from", "date_invalid")]
    [TestCase("to=2026-01-01T00:00:00Z", "to", "date_invalid")]
    [TestCase("from=2020-01-02&to=2020-01-01", "to", "dates_reversed")]
    [TestCase("from=2020-01-01&to=2021-01-02", "from", "period_too_long")]
    [TestCase("from=2000-01-01", "from", "period_too_long")]
    [TestCase("by=hour", "by", "value_unknown")]
    [TestCase("currency=eur", "currency", "currency_unknown")]
    [TestCase("month=5", "month", "unknown_parameter")]
    [TestCase("from=2020-01-01&from=2020-01-02", "from", "repeated_parameter")]
    public async Task A_wrong_parameter_is_named(string query, string parameter, string code)
    {
        foreach (var path in new[] { "v1/takings?", "v1/takings.csv?" })
        {
            using var response = await Merchant.Http.GetAsync(path + query);
            Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
            var problem = await ProblemAsync(response);
            Assert.That(problem.Errors.Select(error => (error.Pointer, error.Code)),
                Is.EqualTo(new[] { ("/" + parameter, code) }));
        }
    }

    [Test]
    public async Task A_key_that_may_not_read_links_reads_no_takings()
    {
        using var caller = await AddKeyAsync(scopes: ["links:write", "refunds:write"]);
        foreach (var path in new[] { "v1/takings", "v1/takings.csv" })
        {
            using var response = await caller.Http.GetAsync(path);
            Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden), path);
        }
    }

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Line(SeenSums sums) =>
        $"{sums.Currency} {sums.Payments}: {sums.Gross.Value} - {sums.Refunds.Value} - {sums.Disputes.Value}"
        + $" = {sums.Net.Value}";

    private static string Sum(Csv csv, string heading) =>
        csv.Column(heading).Sum(cell => decimal.Parse(cell, CultureInfo.InvariantCulture))
            .ToString("0.00", CultureInfo.InvariantCulture);

    private static async Task<SeenTakings> ReadAsync(Merchant caller, string query) =>
        (await caller.Http.GetFromJsonAsync<SeenTakings>("v1/takings?" + query))!;

    private Task<SeenTakings> TakingsAsync(string query) => ReadAsync(Merchant, query);

    private async Task<Csv> CsvAsync(string query) =>
        Csv.Parse(await Merchant.Http.GetByteArrayAsync("v1/takings.csv?" + query));
}

/// <summary>The answer of <c>GET /v1/takings</c>.</summary>
public sealed record SeenTakings(
    string From, string To, string TimeZone, string Mode, IReadOnlyList<SeenSums> Totals, IReadOnlyList<SeenSums> Days);

/// <param name="Day">Null for a total.</param>
public sealed record SeenSums(
    string? Day, string Currency, int Payments, Amount Gross, Amount? Fees, Amount Refunds, Amount Disputes,
    Amount Net);
