using PayLinks.Tests.Infrastructure;
using PayLinks.Tests.Notices;

namespace PayLinks.Tests.WholeSystem;

/// <summary>The merchant's program hears of everything from the link to the payment, and can ship.</summary>
public sealed class MerchantIsToldTests
{
    [Test]
    public async Task A_merchants_program_hears_the_whole_story_once_and_signed()
    {
        await using var hook = await Hook.StartAsync();
        var settings = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["Notices:AllowAddresses:0"] = "127.0.0.1/32",
        };
        await using var system = await TestSystem.StartAsync(settings: settings);
        var secret = await system.Merchant.AddEndpointAsync(hook.Url + "/shop");

        var link = await system.Merchant.CreateLinkAsync("sms");
        using (var customer = system.NewCustomer())
        {
            await customer.PayAsync(link.Url, await system.Sandbox.CardTokenAsync());
        }

        var booking = (await system.Sandbox.PaymentsAsync()).Single(payment => payment.IsOf(link.Id));
        await system.Sandbox.CompleteAsync(booking, "paid");
        await Eventually.SeesAsync(
            () => Task.FromResult(hook.All), told => told.Any(one => one.Type == "link.paid"), "the program is told");

        // All that happened by then is told, whatever came in between.
        var events = await system.Merchant.EventsAsync(link.Id);
        await hook.WaitForAsync("/shop", events.Count);
        var told = hook.At("/shop");
        var paid = told.Single(one => one.Type == "link.paid");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(told.Select(one => one.Id), Is.Unique.And.SupersetOf(events.Select(one => one.Id)));
            Assert.That(told.All(one => SignatureTests.IsSigned(one, secret)), Is.True);
            Assert.That(paid.Json.GetProperty("data").GetProperty("status").GetString(), Is.EqualTo("paid"));
            Assert.That(paid.Json.GetProperty("data").GetProperty("id").GetString(), Is.EqualTo(link.Id));
        }
    }
}
