using PayLinks.Tests.Infrastructure;
using PayLinks.Tests.Torture;

namespace PayLinks.Tests.Regressions;

/// <summary>
/// Bugs that integrations of payment providers have had for years, each by its name. Those that had a test already are
/// listed in docs/reliability.md.
/// </summary>
public sealed class BugsOfOthersTests
{
    private TestSystem _system = null!;
    private Shop _shop = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        _system = await TestSystem.StartAsync(Hosts.All, TestSystem.WideOpen);
        _shop = new Shop(_system, patience: TimeSpan.FromSeconds(30));
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        _shop.Dispose();
        await _system.DisposeAsync();
    }

    [TestCase("expired")]
    [TestCase("failed")]
    [TestCase("canceled")]
    public async Task An_old_attempt_that_ends_after_another_has_paid_leaves_the_link_paid(string end)
    {
        var link = await _shop.CreateAsync();
        var old = (await _shop.PayAsync(link))!;
        await _shop.SetAsideAsync(link);
        await _shop.AtBankAsync((await _shop.PayAsync(link))!, "paid");
        await _shop.WaitAsync(link, "paid", seen => seen.Status == "paid");

        await _shop.AtBankAsync(old, end);
        var after = await _shop.WaitAsync(link, "told of both", seen => seen.Payments.Any(one => one.Status == end));

        Assert.That(after.Status, Is.EqualTo("paid"));
        Assert.That(after.Refunds, Is.Empty);
    }

    [Test]
    public async Task The_return_page_and_the_callback_at_the_same_moment_pay_once()
    {
        var link = await _shop.CreateAsync();
        var payment = (await _shop.PayAsync(link))!;
        var hook = (await _system.Sandbox.PaymentsAsync()).Single(booking => booking.Id == payment).WebhookUrl!;
        await _system.Sandbox.CallbacksAsync("mollie", "drop");
        await _shop.AtBankAsync(payment, "paid");
        using var http = new HttpClient();
        using var form = new FormUrlEncodedContent([KeyValuePair.Create("id", payment)]);

        var callback = http.PostAsync(hook, form);
        await Task.WhenAll(callback, _shop.PayAsync(link), _shop.PayAsync(link));
        await _shop.WaitAsync(link, "paid", seen => seen.Status == "paid");
        await _system.Sandbox.CallbacksAsync("mollie", "normal");
        callback.Result.Dispose();

        var events = await _system.Merchant.EventsAsync(link.Id);
        Assert.That(events.Count(happened => happened.Type == "link.paid"), Is.EqualTo(1));
        Assert.That(
            (await _system.Merchant.GetLinkAsync(link.Id)).Messages.Select(message => message.Purpose),
            Is.EquivalentTo(new[] { "receipt", "notice" }));
    }

    [Test]
    public async Task Looking_at_a_refunded_link_refunds_nothing_again()
    {
        var link = await _shop.CreateAsync();
        var payment = (await _shop.PayAsync(link))!;
        await _shop.AtBankAsync(payment, "paid");
        await _shop.WaitAsync(link, "paid", seen => seen.Status == "paid");
        await _shop.RefundAsync(link, "10.00");
        await _shop.WaitAsync(link, "refunded", seen => seen.Refunded.Value == "10.00");

        using var customer = _system.NewCustomer();
        for (var i = 0; i < 10; i++)
        {
            await _shop.LookAsync(link);
            await customer.OpenAsync(link.Url);
            await customer.OpenAsync(link.Url + "/result");
        }

        Assert.That(
            (await _system.Sandbox.RefundsAsync()).Count(refund => refund.PaymentId == payment), Is.EqualTo(1));
    }
}
