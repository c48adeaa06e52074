using Microsoft.Playwright;
using PayLinks.Tests.Infrastructure;

namespace PayLinks.Tests.Journeys;

/// <summary>A merchant at a desk, a customer with a phone.</summary>
public sealed class MerchantAndCustomerTests : JourneyFixture
{
    [Test]
    public async Task A_merchant_sends_a_link_and_the_customer_pays_it_through_the_bank()
    {
        await using var merchant = await Browsers.OpenDesktopAsync();
        await SignInAsync(merchant, TestSystem.Owner);
        await CreateLinkAsync(merchant, "Ordine 2001: scala", "347 123 4567");

        await using var customer = await Browsers.OpenPhoneAsync();
        var address = await AddressInSmsAsync("Ordine 2001");
        await customer.Page.GotoAsync(address);
        await ShouldSayAsync(customer, "main", "49,90");
        await PayByCardAsync(customer, SandboxBooks.GoodCard);
        await AtTheBankAsync(customer, "Approve");
        await ShouldSayAsync(customer, "main", "Grazie");

        // The merchant's page turns by itself.
        await ShouldSayAsync(merchant, "#link", "Pagato");
        await customer.KeepPictureAsync("journey-thanks");
        await merchant.KeepPictureAsync("journey-paid-link");
        customer.ShouldNotHaveComplained();
        merchant.ShouldNotHaveComplained();
    }

    [Test]
    public async Task A_card_that_was_typed_is_known_to_the_provider_alone()
    {
        var link = await Paylinks.Merchant.CreateLinkAsync("sms");
        await using var customer = await Browsers.OpenPhoneAsync();
        await customer.Page.GotoAsync(link.Url);
        await PayByCardAsync(customer, SandboxBooks.GoodCard);
        await AtTheBankAsync(customer, "Approve");
        await ShouldSayAsync(customer, "main", "Grazie");
        await Paylinks.Merchant.WaitForStatusAsync(link.Id, "paid");

        const string Typed = SandboxBooks.GoodCard;
        string[] written = [Typed, string.Join(' ', Typed.Chunk(4).Select(four => new string(four)))];
        var toUs = customer.Sent
            .Where(sent => new Uri(sent.Split('\n')[0].Split(' ')[1]).Authority == new Uri(Paylinks.ApiUrl).Authority)
            .ToList();
        var elsewhere = customer.Sent.Except(toUs);
        Assert.That(toUs, Is.Not.Empty);
        foreach (var number in written)
        {
            Assert.That(toUs.Where(sent => sent.Contains(number, StringComparison.Ordinal)), Is.Empty, "requests");
            Assert.That(
                Paylinks.Logs.Lines.Where(line => line.Contains(number, StringComparison.Ordinal)), Is.Empty,
                    "log lines");
            Assert.That(await Paylinks.Database.FindTextAsync(number), Is.Empty, "database rows");
        }

        Assert.That(
            elsewhere.Any(sent => written.Any(number => sent.Contains(number, StringComparison.Ordinal))),
            "the canary was seen where it belongs, so it would have been seen elsewhere");
        Assert.That(await Paylinks.Database.FindTextAsync(link.Id[3..]), Is.Empty, "ids are kept as UUIDs");
        Assert.That(await Paylinks.Database.FindTextAsync("9996"), Does.Contain("payment.card_last4"));
    }

    [Test]
    public async Task A_declined_card_is_followed_by_one_that_pays()
    {
        var link = await Paylinks.Merchant.CreateLinkAsync();
        await using var customer = await Browsers.OpenPhoneAsync("en-GB");
        await customer.Page.GotoAsync(link.Url + "?lang=en");

        await PayByCardAsync(customer, "4000000000000028");
        await AtTheBankAsync(customer, "Approve");
        await Assertions.Expect(customer.Page.Locator("main .problem, main #problem:visible").First)
            .ToBeVisibleAsync(new() { Timeout = 20_000 });
        await customer.Page.GotoAsync(link.Url);
        await PayByCardAsync(customer, SandboxBooks.GoodCard);
        await AtTheBankAsync(customer, "Approve");
        await Assertions.Expect(customer.Page.Locator("main .done")).ToBeVisibleAsync(new() { Timeout = 20_000 });

        var paid = await Paylinks.Merchant.GetLinkAsync(link.Id);
        Assert.That(paid.Status, Is.EqualTo("paid"));
        Assert.That(paid.Payments.Select(payment => payment.Status), Is.EquivalentTo(new[] { "failed", "paid" }));
        customer.ShouldNotHaveComplained();
    }

    [Test]
    public async Task A_canceled_link_can_no_longer_be_paid()
    {
        await using var merchant = await Browsers.OpenDesktopAsync();
        await SignInAsync(merchant, TestSystem.Owner);
        var page = await CreateLinkAsync(merchant, "Ordine 2002: secchio", "347 123 4567");
        var address = await AddressInSmsAsync("Ordine 2002");
        await using var customer = await Browsers.OpenPhoneAsync();
        await customer.Page.GotoAsync(address);

        await merchant.Page.ClickAsync("a.danger");
        await merchant.Page.ClickAsync("button.danger");
        await merchant.Page.ArriveAtAsync(page + "**");
        await ShouldSayAsync(merchant, "#link", "Annullato");

        // The customer had the page open and pays all the same.
        await PayByCardAsync(customer, SandboxBooks.GoodCard);
        await ShouldSayAsync(customer, "main", "ha annullato questa richiesta");
        Assert.That((await customer.Page.GotoAsync(address))!.Status, Is.EqualTo(410));
        Assert.That((await Paylinks.Sandbox.PaymentsAsync()).Where(booking => booking.IsOf(page.Split('/')[^1])),
            Is.Empty);
    }
}

/// <summary>The clock is moved, so this one has a system of its own.</summary>
public sealed class ExpiryJourneyTests : JourneyFixture
{
    [Test]
    public async Task A_link_that_has_expired_says_so_and_works_again_once_it_is_extended()
    {
        var link = await Paylinks.Merchant.CreateLinkAsync();
        await Paylinks.MoveClockAsync(TimeSpan.FromDays(3) + TimeSpan.FromMinutes(1));

        // At once for every reader, sweep or no sweep.
        Assert.That((await Paylinks.Merchant.GetLinkAsync(link.Id)).Status, Is.EqualTo("expired"));
        await using var customer = await Browsers.OpenPhoneAsync();
        Assert.That((await customer.Page.GotoAsync(link.Url))!.Status, Is.EqualTo(410));
        await ShouldSayAsync(customer, "main", "è scaduto");
        await Eventually.IsTrueAsync(
            async () => (await Paylinks.Merchant.EventsAsync(link.Id)).Any(happened => happened.Type == "link.expired"),
            "the worker writes it down");

        // The session is of this side of the move.
        await using var merchant = await Browsers.OpenDesktopAsync();
        await SignInAsync(merchant, TestSystem.Owner);
        await merchant.Page.GotoAsync($"{Paylinks.ApiUrl}/links/{link.Id}");
        await merchant.Page.ClickAsync("form[action$='/extend'] button");
        await merchant.Page.ArriveAtAsync($"**/links/{link.Id}?*");

        await customer.Page.GotoAsync(link.Url);
        await PayByCardAsync(customer, SandboxBooks.GoodCard);
        await AtTheBankAsync(customer, "Approve");
        await ShouldSayAsync(customer, "main", "Grazie");
        Assert.That((await Paylinks.Merchant.GetLinkAsync(link.Id)).Late, Is.False);
    }
}
