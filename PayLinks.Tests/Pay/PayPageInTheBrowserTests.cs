using System.Text.RegularExpressions;
using Microsoft.Playwright;
using PayLinks.Tests.Infrastructure;

namespace PayLinks.Tests.Pay;

public sealed partial class PayPageInTheBrowserTests : PayFixture
{
    [Test]
    public async Task A_card_typed_on_a_phone_pays_by_way_of_the_bank()
    {
        var link = await NewLinkAsync();
        await using var phone = await Browsers.OpenPhoneAsync();

        await phone.Page.GotoAsync(link.Url);
        await TypeCardAsync(phone.Page, SandboxBooks.GoodCard);
        await phone.Page.ClickAsync("#by-card");
        await phone.Page.ArriveAtAsync(Paylinks.SandboxUrl + "/**");
        await phone.Page.GetByRole(AriaRole.Button, new() { NameRegex = Approve() }).ClickAsync();
        await phone.Page.ArriveAtAsync(link.Url + "/result");
        Assert.That(await phone.Page.TextContentAsync("main"), Does.Contain("Non pagare di nuovo."));

        // As the worker does on Mollie's callback.
        using var other = Paylinks.NewCustomer();
        await ContinueAsync(other, link);
        await phone.Page.WaitForSelectorAsync(".done");

        var thanks = await phone.Page.TextContentAsync("main");
        Assert.That(thanks, Does.Contain("Pagato. Grazie!").And.Contain("•••• 9996"));
        Assert.That(await EventsOfAsync(link), Does.Contain("link.opened").And.Contain("link.typing"));
        var toUs = phone.Sent.Where(sent => sent.Split('\n')[0].Contains(Paylinks.ApiUrl, StringComparison.Ordinal));
        Assert.That(toUs, Is.Not.Empty.And.None.Contains(SandboxBooks.GoodCard));
        await phone.KeepPictureAsync("pay-thanks-payer-it-light-390");
        await phone.ShouldBeAccessibleAsync("the receipt of who paid");

        await phone.Page.EmulateMediaAsync(new() { Media = Media.Print });
        var paper = await phone.Page.InnerTextAsync("body");
        await phone.KeepPictureAsync("pay-thanks-paper");
        Assert.That(paper, Does.Contain("Ricevuta di pagamento").And.Contain("Ferramenta Rossi")
            .And.Contain("IT01234567897").And.Contain("49,90").And.Match(@"\(UTC\+0[12]:00\)")
            .And.Contain("•••• 9996").And.Contain("non è una fattura"));
        Assert.That(await phone.Page.Locator("button:visible, input:visible").CountAsync(), Is.Zero);
    }

    [Test]
    public async Task Waiting_says_more_after_10_and_30_seconds_and_turns_within_one()
    {
        var link = await NewLinkAsync();
        using var customer = Paylinks.NewCustomer();
        await PayAsync(customer, link);
        await AtTheBankAsync(link, "paid");
        await using var phone = await Browsers.OpenPhoneAsync();
        await phone.Page.Clock.InstallAsync();
        await phone.Page.GotoAsync(link.Url + "/result");
        Assert.That(await phone.Page.InnerTextAsync("main"), Does.Contain("Non pagare di nuovo.")
            .And.Not.Contain("un po' più del solito").And.Not.Contain("Puoi chiudere"));

        await phone.Page.Clock.FastForwardAsync(10_000);
        await phone.Page.WaitForSelectorAsync("#longer");
        Assert.That(await phone.Page.IsVisibleAsync("#long"), Is.False);
        await phone.Page.Clock.FastForwardAsync(20_000);
        await phone.Page.WaitForSelectorAsync("#long");

        // As the worker does on Mollie's callback.
        await ContinueAsync(customer, link);
        await phone.Page.Clock.FastForwardAsync(1_000);
        await phone.Page.WaitForSelectorAsync(".done");
    }

    [Test]
    public async Task Without_script_the_providers_own_page_takes_the_card()
    {
        var link = await NewLinkAsync("en-GB");
        await using var phone = await Browsers.OpenPhoneAsync("en-GB", javaScript: false);

        await phone.Page.GotoAsync(link.Url);
        Assert.That(await phone.Page.IsVisibleAsync("#fields"), Is.False);
        await phone.Page.GetByRole(AriaRole.Button, new() { Name = "Continue on Mollie's secure page" }).ClickAsync();
        await phone.Page.ArriveAtAsync(Paylinks.SandboxUrl + "/**");
        await AtTheBankAsync(link, "paid");
        await phone.Page.GotoAsync(link.Url + "/result");
        Assert.That(await phone.Page.TextContentAsync("main"), Does.Contain("Do not pay again."));

        using var other = Paylinks.NewCustomer();
        await ContinueAsync(other, link);
        await phone.Page.WaitForSelectorAsync(".done");

        Assert.That(await phone.Page.TextContentAsync("main"), Does.Contain("Paid. Thank you!"));
    }

    [Test]
    public async Task A_provider_whose_script_does_not_load_leaves_a_way_to_pay()
    {
        var link = await NewLinkAsync("en-GB");
        await using var phone = await Browsers.OpenPhoneAsync("en-GB");
        await phone.Page.RouteAsync("**/mollie.js", route => route.AbortAsync());

        await phone.Page.GotoAsync(link.Url);
        await phone.Page.GetByRole(AriaRole.Button, new() { Name = "Continue on Mollie's secure page" }).ClickAsync();

        await phone.Page.ArriveAtAsync(Paylinks.SandboxUrl + "/**");
    }

    [Test]
    public async Task What_matters_is_on_the_first_screen_and_large_enough_to_hit()
    {
        var link = await NewLinkAsync();
        await Paylinks.Database.ExecuteAsync("update link set code = '0719' where id = @Id", link);
        await OfferAsync();
        await using var phone = await Browsers.OpenPhoneAsync();
        await phone.Page.GotoAsync(link.Url);
        await phone.Page.WaitForSelectorAsync("#holder iframe");

        Assert.That(
            await phone.Page.InnerTextAsync(".due"),
            Does.Contain("Ferramenta Rossi").And.Contain("49,90").And.Contain("trapano").And.Contain("Valido fino")
                .And.Contain("0719"));
        var pay = (await phone.Page.Locator("#by-card").BoundingBoxAsync())!;
        Assert.That(pay.Y + pay.Height, Is.LessThanOrEqualTo(740), "the Pay button's lower edge");
        Assert.That(pay.Height, Is.GreaterThanOrEqualTo(56));
        Assert.That(await phone.Page.TextContentAsync("#by-card"), Is.EqualTo("Paga 49,90\u00a0€"));
        foreach (var target in await phone.Page.Locator("button:visible, .box:visible").AllAsync())
        {
            var box = (await target.BoundingBoxAsync())!;
            Assert.That(box.Height, Is.GreaterThanOrEqualTo(44), await target.GetAttributeAsync("class"));
        }

        await phone.Page.SetViewportSizeAsync(320, 640);
        var width = await phone.Page.EvaluateAsync<int>("document.documentElement.scrollWidth");
        Assert.That(width, Is.LessThanOrEqualTo(320));
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task The_page_is_light_on_the_wire(bool isPaid)
    {
        var link = await NewLinkAsync();
        await OfferAsync();
        if (isPaid)
        {
            using var customer = Paylinks.NewCustomer();
            await PayAsync(customer, link, "4000000000000002");
        }

        await using var phone = await Browsers.OpenPhoneAsync();
        var own = new List<IRequest>();
        phone.Page.RequestFinished += (_, request) =>
        {
            if (request.Url.StartsWith(Paylinks.ApiUrl, StringComparison.Ordinal))
            {
                own.Add(request);
            }
        };

        await phone.Page.GotoAsync(link.Url, new() { WaitUntil = WaitUntilState.NetworkIdle });

        var bytes = 0;
        foreach (var request in own)
        {
            var sizes = await request.SizesAsync();
            bytes += sizes.ResponseBodySize + sizes.ResponseHeadersSize;
        }

        Assert.That(own, Has.Count.InRange(3, 5), string.Join('\n', own.Select(request => request.Url)));
        Assert.That(bytes, Is.InRange(1000, 20 * 1024));
        var origins = phone.Sent
            .Select(sent => new Uri(sent.Split('\n')[0].Split(' ')[1]).GetLeftPart(UriPartial.Authority));
        Assert.That(
            origins.Distinct(),
            Is.EquivalentTo(isPaid ? [Paylinks.ApiUrl] : new[] { Paylinks.ApiUrl, Paylinks.SandboxUrl }));
    }

    [Test]
    public async Task An_error_in_a_field_is_said_beside_it_and_nothing_is_sent()
    {
        var link = await NewLinkAsync();
        await using var phone = await Browsers.OpenPhoneAsync();
        await phone.Page.GotoAsync(link.Url);

        await TypeCardAsync(phone.Page, "4543474002249997");
        await phone.Page.ClickAsync("#by-card");
        await phone.Page.WaitForSelectorAsync("#number-error:not(:empty)");

        Assert.That(await phone.Page.IsVisibleAsync("#problem"), Is.True);
        Assert.That(await phone.Page.EvaluateAsync<string>("document.activeElement.id"), Is.EqualTo("problem"));
        Assert.That(await PaymentsOfAsync(link), Is.Zero);
        await phone.ShouldBeAccessibleAsync("a card form with an error");
    }

    [TestCase("it", false)]
    [TestCase("en", true)]
    public async Task Every_page_is_accessible(string language, bool dark)
    {
        await using var phone = await Browsers.OpenPhoneAsync(language, dark: dark);
        await using var desk = await Browsers.OpenDesktopAsync(language, dark: dark);
        foreach (var (name, url) in await EveryPageAsync(language))
        {
            foreach (var (screen, window) in new[] { ("390", phone), ("1280", desk) })
            {
                await window.Page.GotoAsync(url);
                if (name is "card" or "card-again")
                {
                    await window.Page.WaitForSelectorAsync("#holder .mollie-component:not(.is-loading) iframe");
                }

                var picture = $"pay-{name}-{language}-{(dark ? "dark" : "light")}-{screen}";
                await window.KeepPictureAsync(picture);
                await window.ShouldBeAccessibleAsync(picture);
                var overflow = await window.Page.EvaluateAsync<int>(
                    "document.documentElement.scrollWidth - innerWidth");
                Assert.That(overflow, Is.LessThanOrEqualTo(0), picture);
            }

            await phone.ShouldStayAccessibleAsync($"pay-{name}-{language}", dark: !dark);
        }
    }

    // One address for each state that a customer can meet.
    private async Task<IReadOnlyList<(string Name, string Url)>> EveryPageAsync(string language)
    {
        var locale = language == "it" ? "it-IT" : "en-GB";
        await OfferAsync();
        using var customer = Paylinks.NewCustomer();
        var live = await NewLinkAsync(locale);
        var underWay = await NewLinkAsync(locale);
        await PayAsync(customer, underWay);
        var paid = await NewLinkAsync(locale, returnUrl: "https://shop.example.test/thanks");
        await PayAsync(customer, paid, "4000000000000002");
        var refused = await NewLinkAsync(locale);
        await PayAsync(customer, refused, "4000000000000010");
        var expired = await NewLinkAsync(locale);
        await Paylinks.Database.ExecuteAsync(
            """
            update link
            set created_at = created_at - interval '9 days', expires_at = created_at - interval '1 day'
            where id = @Id
            """,
            expired);
        var canceled = await NewLinkAsync(locale);
        await Paylinks.Database.ExecuteAsync(
            "update link set status = 'canceled', canceled_at = paylinks_now() where id = @Id", canceled);
        var stopped = await NewLinkAsync(locale);
        await Paylinks.Database.ExecuteAsync(
            """
            update link set customer_phone = '+39347' || floor(1000000 + random() * 8999999)::int, customer_email = null
            where id = @Id;
            insert into opt_out (merchant_id, channel, recipient, source, opted_out_at)
            select merchant_id, 'sms', customer_phone, 'page', now() from link where id = @Id
            """,
            stopped);
        return
        [
            ("accessibility", live.Url + "/accessibility"),
            ("stop", live.Url + "/stop"), ("stopped", stopped.Url + "/stop"),
            ("card", live.Url), ("card-again", refused.Url), ("refused", refused.Url + "/result"),
            ("under-way", underWay.Url), ("waiting", underWay.Url + "/result"), ("paid", paid.Url),
            ("thanks", paid.Url + "/result"), ("expired", expired.Url), ("asked", expired.Url + "?said=asked"),
            ("canceled", canceled.Url), ("declined", live.Url + "?said=declined"),
            ("unknown", Paylinks.ApiUrl + "/p/none"),
        ];
    }

    private static async Task TypeCardAsync(IPage page, string number)
    {
        await TypeAsync("#number", number);
        await TypeAsync("#expiry", "1230");
        await TypeAsync("#code", "123");
        await TypeAsync("#holder", "Anna Bianchi");

        async Task TypeAsync(string box, string text) =>
            await page.FrameLocator($"{box} iframe").Locator("input").PressSequentiallyAsync(text);
    }

    [GeneratedRegex("approv", RegexOptions.IgnoreCase)]
    private static partial Regex Approve();
}
