using System.Net;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using PayLinks.Api.Brand;
using PayLinks.Api.Links;
using PayLinks.Tests.Infrastructure;
using PayLinks.Tests.SignIn;

namespace PayLinks.Tests.Brand;

/// <summary>The owner says how the page looks, and customers see it so.</summary>
public sealed partial class BrandPageTests : StaffFixture
{
    private const string Path = "/settings/brand";

    private static readonly byte[] Picture = LinkQr.Png("https://rossi.example.test");

    protected override Hosts Running => Hosts.ApiAndSandbox;

    [SetUp]
    public Task ForgetAsync() => Paylinks.Database.ExecuteAsync(
        """
        update merchant set brand_color = null, logo = null, logo_hash = null, logo_width = null, logo_height = null,
            phone = '+390612345678', address = 'Via dei Chiodi 12, 00185 Roma', privacy_url = null, desk_code = true
        """);

    [Test]
    public async Task Logo_colour_address_and_phone_are_on_the_customers_page()
    {
        using var owner = await SignedInAsync(TestSystem.Owner);
        using var customer = Paylinks.NewCustomer();
        using var http = new HttpClient();
        var url = await NewUrlAsync(owner);

        var answer = await SaveAsync(owner, "#FFD400", Picture, "Corso Italia 5, Torino", "011 1234 5678");
        var saved = await owner.OpenAsync(answer.Location!.ToString());
        var page = await customer.OpenAsync(url);

        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.SeeOther), answer.Words);
        Assert.That(saved.Words, Does.Contain("Salvato.").And.Contain("contrasto di"));
        Assert.That(page.Words, Does.Contain("Corso Italia 5, Torino").And.Contain("+39 011 1234 5678"));
        Assert.That(page.Html, Does.Contain("href=\"/brand/ffd400.css\""));
        Assert.That(
            await http.GetStringAsync(Paylinks.ApiUrl + "/brand/ffd400.css"),
            Does.Contain("--brand:#ffd400;--brand-ink:#000000;"));
        using var logo = await http.GetAsync(Paylinks.ApiUrl + LogoOf(page));
        Assert.That(await logo.Content.ReadAsByteArrayAsync(), Is.EqualTo(Picture));
        Assert.That(logo.Content.Headers.ContentType?.ToString(), Is.EqualTo("image/png"));
        Assert.That(logo.Headers.GetValues("X-Content-Type-Options"), Is.EqualTo(new[] { "nosniff" }));
        Assert.That(logo.Headers.CacheControl?.ToString(), Is.EqualTo("max-age=31536000, private, immutable"));
        using var stranger = await http.GetAsync(
            Paylinks.ApiUrl + "/p/none/logo/" + LogoOf(page).Split('/')[^1]);
        Assert.That(stranger.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));

        await SaveAsync(owner, "", null, "", "", ("removeLogo", "on"));
        var plain = await customer.OpenAsync(url);
        Assert.That(plain.Html, Does.Not.Contain("<img").And.Not.Contain("/brand/").And.Not.Contain("tel:"));
    }

    [Test]
    public async Task A_privacy_notice_is_linked_and_the_desk_proposes_no_code_if_that_is_wanted()
    {
        using var owner = await SignedInAsync(TestSystem.Owner);
        using var customer = Paylinks.NewCustomer();
        var before = await owner.OpenAsync("/desk");

        var wrong = await SaveAsync(owner, "", null, "", "", ("privacyUrl", "http://rossi.example.test/privacy"));
        await SaveAsync(owner, "", null, "", "", ("privacyUrl", " https://rossi.example.test/privacy "));
        var after = await owner.OpenAsync("/desk");
        var page = await customer.OpenAsync(await NewUrlAsync(owner));

        Assert.That(wrong.Status, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
        Assert.That(wrong.Html, Does.Contain("href=\"#privacyUrl\""));
        Assert.That(page.Html, Does.Contain("href=\"https://rossi.example.test/privacy\""));
        Assert.That(before.Html, Does.Match("name=\"code\"[^>]*checked"));
        Assert.That(after.Html, Does.Contain("name=\"code\"").And.Not.Match("name=\"code\"[^>]*checked"));
    }

    [Test]
    public async Task What_is_not_said_again_stays()
    {
        using var owner = await SignedInAsync(TestSystem.Owner);
        await SaveAsync(owner, "0b6e4f", Picture, "Corso Italia 5, Torino", "");

        await SaveAsync(owner, "0b6e4f", null, "Corso Italia 5, Torino", "");

        Assert.That(await StoredAsync(), Is.EqualTo("#0b6e4f with a logo, Corso Italia 5, Torino"));
    }

    [Test]
    public async Task Only_a_small_PNG_is_taken_whatever_it_calls_itself()
    {
        using var owner = await SignedInAsync(TestSystem.Owner);
        byte[][] wrong =
        [
            "<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>"u8.ToArray(),
            [0xff, 0xd8, 0xff, 0xe0, .. new byte[100]],
            [.. Picture, .. new byte[8193 - Picture.Length]],
            [.. Picture[..16], 0x00, 0x00, 0xff, 0xff, .. Picture[20..]],
            [.. Picture[..16], 0x00, 0x00, 0x00, 0x00, .. Picture[20..]],
            Picture[..20],
        ];

        foreach (var bytes in wrong)
        {
            var answer = await SaveAsync(owner, "#12345", bytes, "Via\u202eRoma", "123");
            Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
            Assert.That(answer.Html, Does.Contain("href=\"#logo\"").And.Contain("href=\"#color\"")
                .And.Contain("href=\"#address\"").And.Contain("href=\"#phone\""));
        }

        Assert.That(await StoredAsync(), Is.EqualTo("none without, Via dei Chiodi 12, 00185 Roma"));
    }

    [Test]
    public async Task Only_owners_set_it()
    {
        using var owner = await SignedInAsync(TestSystem.Owner);
        using var manager = await SignedInAsync(await HireAsync("manager", "marta"));
        var form = (await owner.OpenAsync(Path)).FormTo(Path).Hidden["antiforgery"];

        Assert.That((await owner.OpenAsync("/settings")).Html, Does.Contain($"href=\"{Path}\""));
        Assert.That((await manager.OpenAsync("/settings")).Html, Does.Not.Contain($"href=\"{Path}\""));
        foreach (var path in new[] { Path, Path + "/logo" })
        {
            Assert.That((await manager.OpenAsync(path)).Status, Is.EqualTo(HttpStatusCode.Forbidden), path);
        }

        Assert.That((await PostAsync(manager, Path, form)).Status, Is.EqualTo(HttpStatusCode.Forbidden));
    }

    [TestCase("de", false, "#ffd400")]
    [TestCase("en", true, "#1a1a8c")]
    public async Task A_page_with_logo_and_colour_is_light_and_can_be_read(string language, bool dark, string color)
    {
        using var owner = await SignedInAsync(TestSystem.Owner);
        var url = $"{await NewUrlAsync(owner)}?lang={language}";
        await SaveAsync(
            owner, color, Picture, "Corso Italia 5, Torino", "011 1234 5678",
            ("privacyUrl", "https://rossi.example.test/privacy"));
        await Paylinks.Database.ExecuteAsync(
            """
            update link set code = '0719';
            insert into method_list (merchant_id, mode, currency, profile_id, methods, told_at)
            select merchant_id, mode, 'EUR', profile_id, '[{"method": "applepay", "fromMinor": 1},
                {"method": "paypal", "fromMinor": 1}, {"method": "satispay", "fromMinor": 1}]', paylinks_now()
            from mollie_account
            on conflict do nothing
            """);
        await using var phone = await Browsers.OpenPhoneAsync(language, dark: dark);
        var own = new List<IRequest>();
        phone.Page.RequestFinished += (_, request) => own.Add(request);

        await phone.Page.GotoAsync(url, new() { WaitUntil = WaitUntilState.NetworkIdle });

        var sizes = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var request in own.Where(one => one.Url.StartsWith(Paylinks.ApiUrl, StringComparison.Ordinal)))
        {
            var size = await request.SizesAsync();
            sizes.Add(request.Url, size.ResponseBodySize + size.ResponseHeadersSize);
        }

        var list = string.Join('\n', sizes);
        Assert.That(sizes, Has.Count.EqualTo(5), list);
        Assert.That(
            sizes.Values.Sum() - Picture.Length + LogoFile.BytesMax, Is.InRange(LogoFile.BytesMax, 20 * 1024), list);
        await phone.KeepPictureAsync($"pay-brand-{language}-{(dark ? "dark" : "light")}-390");
        await phone.ShouldBeAccessibleAsync("a page with a colour of its own");
        Assert.That(
            await phone.Page.EvaluateAsync<string>("getComputedStyle(document.querySelector('.pay')).backgroundColor"),
            Is.EqualTo(dark ? "rgb(26, 26, 140)" : "rgb(255, 212, 0)"));
    }

    private static async Task<SeenPage> SaveAsync(
        Customer browser, string color, byte[]? logo, string address, string phone,
        params IEnumerable<(string Name, string Value)> more)
    {
        var page = await browser.OpenAsync(Path);
        var form = new MultipartFormDataContent
        {
            { new StringContent(page.FormTo(Path).Hidden["antiforgery"]), "antiforgery" },
            { new StringContent(color), "color" },
            { new StringContent(address), "address" },
            { new StringContent(phone), "phone" },
        };
        foreach (var (name, value) in more)
        {
            form.Add(new StringContent(value), name);
        }

        if (logo is not null)
        {
            var file = new ByteArrayContent(logo);
            file.Headers.ContentType = new MediaTypeHeaderValue("image/png");
            form.Add(file, "logo", "logo.png");
        }

        var request = new HttpRequestMessage(HttpMethod.Post, Path) { Content = form };
        request.Headers.Add("Sec-Fetch-Site", "same-origin");
        return await browser.SendAsync(request);
    }

    private Task<string> StoredAsync() => Paylinks.Database.ReadAsync<string>(
        """
        select coalesce(brand_color, 'none') || case when logo is null then ' without, ' else ' with a logo, ' end
            || address
        from merchant
        """);

    private static async Task<string> NewUrlAsync(Customer owner) =>
        Address().Match((await owner.OpenAsync(await NewLinkAsync(owner))).Html).Groups["url"].Value;

    private static string LogoOf(SeenPage page) => Image().Match(page.Html).Groups["url"].Value;

    [GeneratedRegex("id=\"url\" readonly value=\"(?<url>[^\"]+)\"", RegexOptions.ExplicitCapture)]
    private static partial Regex Address();

    [GeneratedRegex("<img src=\"(?<url>/p/[^\"]+/logo/[0-9a-f]{16}\\.png)\"", RegexOptions.ExplicitCapture)]
    private static partial Regex Image();
}
