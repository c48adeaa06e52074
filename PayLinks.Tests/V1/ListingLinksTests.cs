using System.Net;
using System.Net.Http.Json;
using PayLinks.Tests.Infrastructure;

namespace PayLinks.Tests.V1;

public sealed class ListingLinksTests : ApiFixture
{
    [Test]
    public async Task Pages_neither_repeat_nor_skip_while_links_are_made()
    {
        var made = new List<string>();
        for (var i = 0; i < 9; i++)
        {
            made.Add((await CreateAsync("paging", phone: null)).Id);
        }

        var seen = new List<string>();
        string? after = null;
        do
        {
            var page = await ListAsync("reference=paging&limit=2" + (after is null ? "" : "&after=" + after));
            seen.AddRange(page.Data.Select(link => link.Id));
            after = page.NextCursor;
            Assert.That(page.HasMore, Is.EqualTo(after is not null));
            await CreateAsync("paging", phone: null);
        }
        while (after is not null);

        Assert.That(seen, Is.EqualTo(Enumerable.Reverse(made)));
    }

    [Test]
    public async Task A_list_is_read_upwards_too()
    {
        for (var i = 0; i < 5; i++)
        {
            await CreateAsync("upwards", phone: null);
        }

        var all = (await ListAsync("reference=upwards")).Data.Select(link => link.Id).ToList();
        var first = await ListAsync("reference=upwards&limit=2");
        var second = await ListAsync($"reference=upwards&limit=2&after={first.NextCursor}");
        var third = await ListAsync($"reference=upwards&limit=2&after={second.NextCursor}");
        var up = await ListAsync($"reference=upwards&limit=2&before={second.NextCursor}");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(third.Data.Select(link => link.Id), Is.EqualTo(all[4..]));
            Assert.That(third.HasMore, Is.False);
            Assert.That(up.Data.Select(link => link.Id), Is.EqualTo(all[1..3]));
            Assert.That(up.HasMore, Is.True);
        }
    }

    [Test]
    public async Task Filters_find_what_they_name()
    {
        var wanted = await CreateAsync("Filtro-7", "+39 320 555 7001", "Élodie Bianchi");
        await CreateAsync("Filtro-70", "+39 320 555 7002", "Bruno");

        foreach (var query in new[]
        {
            "reference=filtro-7", "phone=320 555 7001", "phone=%2B393205557001", "q=élodie", "q=5557001",
            "q=" + wanted.Id, "q=555 7001", "reference=Filtro-7&status=open&q=filtro",
        })
        {
            Assert.That((await ListAsync(query)).Data.Select(link => link.Id), Is.EqualTo(new[] { wanted.Id }), query);
        }

        Assert.That((await ListAsync("q=filtro-7")).Data, Has.Count.EqualTo(2));
        Assert.That((await ListAsync("q=%25")).Data, Is.Empty, "no wildcard");
        Assert.That((await ListAsync("q=_iltro")).Data, Is.Empty, "no wildcard");
    }

    [Test]
    public async Task Times_are_bounds()
    {
        var link = await CreateAsync("times", phone: null);
        var at = Uri.EscapeDataString(link.CreatedAt.ToString("O"));
        var next = Uri.EscapeDataString(link.CreatedAt.AddSeconds(1).ToString("O"));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                (await ListAsync($"reference=times&createdFrom={at}&createdTo={next}")).Data, Has.Count.EqualTo(1));
            Assert.That((await ListAsync($"reference=times&createdTo={at}")).Data, Is.Empty, "exclusive");
            Assert.That((await ListAsync($"reference=times&createdFrom={next}")).Data, Is.Empty);
        }
    }

    [Test]
    public async Task A_link_past_its_time_is_listed_among_the_expired()
    {
        var link = await CreateAsync("passing", phone: null, expiresIn: "PT5M");
        Assert.That((await ListAsync("reference=passing&status=open")).Data, Has.Count.EqualTo(1));

        await Paylinks.Database.MoveClockAsync(TimeSpan.FromMinutes(6));

        using (Assert.EnterMultipleScope())
        {
            Assert.That((await ListAsync("reference=passing&status=open")).Data, Is.Empty);
            Assert.That(
                (await ListAsync("reference=passing&status=expired")).Data.Single().Status, Is.EqualTo("expired"));
            Assert.That((await Merchant.GetLinkAsync(link.Id)).Status, Is.EqualTo("expired"));
        }
    }

    [TestCase("limit=0", "limit", "limit_invalid")]
    [TestCase("limit=251", "limit", "limit_invalid")]
    [TestCase("limit=-1", "limit", "limit_invalid")]
    [TestCase("limit=1000000000000", "limit", "limit_invalid")]
    [TestCase("limit=ten", "limit", "limit_invalid")]
    [TestCase("status=Open", "status", "value_unknown")]
    [TestCase("status=lost", "status", "value_unknown")]
    [TestCase("status=open&status=paid", "status", "repeated_parameter")]
    [TestCase("sort=amount", "sort", "unknown_parameter")]
    [TestCase("after=xyz", "after", "cursor_invalid")]
    [TestCase("after=000000000000000000000000000000000000000", "after", "cursor_invalid")]
    [TestCase("createdFrom=yesterday", "createdFrom", "time_invalid")]
    [TestCase("createdFrom=2026-01-02T00:00:00Z&createdTo=2026-01-01T00:00:00Z", "createdTo", "dates_reversed")]
    [TestCase("phone=abc", "phone", "phone_invalid")]
    [TestCase("q=a%00b", "q", "control_characters")]
    public async Task A_wrong_parameter_is_named(string query, string parameter, string code)
    {
        using var response = await Merchant.Http.GetAsync("v1/links?" + query);

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        var problem = await ProblemAsync(response);
        Assert.That(problem.Code, Is.EqualTo("invalid_query"));
        Assert.That(
            problem.Errors.Select(error => (error.Pointer, error.Code)), Is.EqualTo(new[] { ("/" + parameter, code) }));
    }

    [Test]
    public async Task A_long_search_is_refused()
    {
        using var response = await Merchant.Http.GetAsync("v1/links?q=" + new string('a', 4_000));

        Assert.That((await ProblemAsync(response)).Errors.Single().Code, Is.EqualTo("too_long"));
    }

    private async Task<Link> CreateAsync(string reference, string? phone, string? name = null, string expiresIn = "P3D")
    {
        var order = Merchant.Order();
        order["reference"] = reference;
        order["customer"] = new { name, phone };
        order["expiresIn"] = expiresIn;
        return await Merchant.CreateLinkAsync(order);
    }

    private async Task<Page<Link>> ListAsync(string query) =>
        (await Merchant.Http.GetFromJsonAsync<Page<Link>>("v1/links?" + query))!;
}
