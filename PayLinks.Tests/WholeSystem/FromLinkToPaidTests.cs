using System.Net;
using PayLinks.Tests.Infrastructure;

namespace PayLinks.Tests.WholeSystem;

/// <summary>The main job, over HTTP alone. It promises times, so nothing else runs beside it.</summary>
[NonParallelizable]
public sealed class FromLinkToPaidTests
{
    private const string GsmAlphabet =
        "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
        + "abcdefghijklmnopqrstuvwxyzäöñüà";

    private TestSystem _system = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        _system = await TestSystem.StartAsync(Hosts.All, TestSystem.WideOpen);
        // Whoever measures measures a system that has done this before.
        await SendAsync();
    }

    [OneTimeTearDown]
    public async Task Stop() => await _system.DisposeAsync();

    [TearDown]
    public async Task LetCallbacksThrough() => await _system.Sandbox.CallbacksAsync("mollie", "normal");

    [Test]
    public async Task A_link_that_is_sent_is_paid_and_everybody_is_told()
    {
        const string reference = "ORD-77141";
        var order = Merchant.Order(send: "sms");
        order["reference"] = reference;
        var link = await _system.Merchant.CreateLinkAsync(order);
        var sms = await SmsWithAsync(link.Url, within: TimeSpan.FromSeconds(1));
        Assert.That(sms.Text, Has.Length.LessThanOrEqualTo(160).And.All.Matches<char>(c => GsmAlphabet.Contains(c)));

        var booking = await PayAsync(link);
        await _system.Sandbox.CompleteAsync(booking, "paid");

        var paid = await _system.Merchant.WaitForStatusAsync(link.Id, "paid", within: TimeSpan.FromSeconds(2));
        Assert.That(paid.Payments.Select(payment => payment.Status), Is.EqualTo(new[] { "paid" }));
        Assert.That(paid.Late, Is.False);
        var mails = await Eventually.SeesAsync(
            async () => (await _system.Sandbox.MessagesAsync()).Where(message => Names(message, reference)).ToList(),
            mails => mails.Count >= 2, "receipt and merchant's email are accepted");
        Assert.That(
            mails.Select(mail => mail.To), Is.EquivalentTo(new[] { "anna@example.test", "orders@example.test" }));

        // Whoever comes back without a cookie, from the bank's app or another browser, is told the same.
        using var elsewhere = _system.NewCustomer();
        Assert.That((await elsewhere.OpenAsync(link.Url + "/result")).Words, Does.Contain("Grazie"));
        Assert.That((await elsewhere.StatusAsync(link.Url)).Status, Is.EqualTo("paid"));
    }

    [Test]
    public async Task A_payment_whose_callbacks_are_all_lost_is_found_within_a_minute()
    {
        await _system.Sandbox.CallbacksAsync("mollie", "drop");
        var link = await SendAsync();

        await _system.Sandbox.CompleteAsync(await PayAsync(link), "paid");

        var paid = await _system.Merchant.WaitForStatusAsync(link.Id, "paid", within: TimeSpan.FromSeconds(60));
        Assert.That(paid.Payments, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Callbacks_that_come_five_times_and_in_any_order_pay_once()
    {
        await _system.Sandbox.CallbacksAsync("mollie", "duplicate", factor: 5);
        var link = await SendAsync();

        await _system.Sandbox.CompleteAsync(await PayAsync(link), "paid");
        await _system.Merchant.WaitForStatusAsync(link.Id, "paid");
        await Eventually.IsTrueAsync(
            async () => await _system.Database.ReadAsync<long>(
                "select count(*) from callback where provider = 'mollie'") >= 5,
            "all five callbacks have arrived");

        var events = await _system.Merchant.EventsAsync(link.Id);
        Assert.That(events.Count(happened => happened.Type == "link.paid"), Is.EqualTo(1));
        Assert.That(events.Select(happened => happened.Sequence), Is.EquivalentTo(Enumerable.Range(1, events.Count)));
    }

    [Test]
    public async Task Scanners_that_fetch_a_link_change_nothing()
    {
        var link = await _system.Merchant.CreateLinkAsync();
        var before = await _system.Merchant.EventsAsync(link.Id);
        using var scanner = _system.NewCustomer(acceptLanguage: null);

        for (var i = 0; i < 20; i++)
        {
            var method = i % 4 == 3 ? HttpMethod.Head : HttpMethod.Get;
            var page = i % 5 == 4 ? link.Url + "/result" : link.Url;
            var seen = await scanner.SendAsync(new HttpRequestMessage(method, page));
            Assert.That(seen.Status, Is.EqualTo(HttpStatusCode.OK).Or.EqualTo(HttpStatusCode.SeeOther));
        }

        Assert.That(await _system.Merchant.EventsAsync(link.Id), Is.EqualTo(before));
        Assert.That((await _system.Merchant.GetLinkAsync(link.Id)).Status, Is.EqualTo("open"));
        Assert.That((await _system.Sandbox.PaymentsAsync()).Where(booking => booking.IsOf(link.Id)), Is.Empty);
        await PayAsync(link);
    }

    [Test]
    public async Task What_has_been_said_in_the_logs_names_nobody_and_opens_nothing()
    {
        var link = await SendAsync();
        await _system.Sandbox.CompleteAsync(await PayAsync(link), "paid");
        await _system.Merchant.WaitForStatusAsync(link.Id, "paid");

        string[] secrets =
        [
            new Uri(link.Url).Segments[^1], Merchant.Phone, "anna@example.test", _system.Merchant.ApiKey,
            TestSystem.MollieKey, TestSystem.TwilioToken, TestSystem.SendGridKey, TestSystem.MasterKey,
        ];
        Assert.That(
            _system.Logs.Lines.Where(line => !line.Contains("PayLinks.Sandbox", StringComparison.Ordinal))
                .Where(line => secrets.Any(secret => line.Contains(secret, StringComparison.OrdinalIgnoreCase))),
            Is.Empty);
    }

    private async Task<Link> SendAsync()
    {
        var link = await _system.Merchant.CreateLinkAsync("sms");
        await SmsWithAsync(link.Url, within: TimeSpan.FromSeconds(30));
        return link;
    }

    private async Task<AcceptedMessage> SmsWithAsync(string url, TimeSpan within)
    {
        var accepted = await Eventually.SeesAsync(
            _system.Sandbox.MessagesAsync, messages => messages.Any(Holds(url)), "the SMS is accepted", within);
        return accepted.Single(Holds(url));
    }

    /// <summary>The customer opens the link, types a card and is sent to the bank.</summary>
    private async Task<MollieBooking> PayAsync(Link link)
    {
        using var customer = _system.NewCustomer();
        var answer = await customer.PayAsync(link.Url, await _system.Sandbox.CardTokenAsync());
        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.SeeOther), answer.Html);
        Assert.That(answer.Location!.ToString(), Does.EndWith("/result?go=1"));
        return (await _system.Sandbox.PaymentsAsync()).Single(booking => booking.IsOf(link.Id));
    }

    private static bool Names(AcceptedMessage message, string reference) =>
        message.Channel == "email" && message.Text.Contains(reference, StringComparison.Ordinal);

    private static Func<AcceptedMessage, bool> Holds(string url) =>
        message => message.Channel == "sms" && message.Text.Contains(url, StringComparison.Ordinal);
}
