using System.Net;
using PayLinks.Tests.Infrastructure;

namespace PayLinks.Tests.WholeSystem;

/// <summary>The main job over HTTP alone, with API, worker and providers running; each test has its own providers to upset.</summary>
public sealed class FromLinkToPaidTests
{
    private const string GsmBasic =
        "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
        + "abcdefghijklmnopqrstuvwxyzäöñüà";

    private TestSystem _paylinks = null!;

    [SetUp]
    public async Task StartAsync() => _paylinks = await TestSystem.StartAsync(settings:
        new Dictionary<string, string>(StringComparer.Ordinal) { ["Limits:RequestsBurst"] = "100000" });

    [TearDown]
    public async Task StopAsync() => await _paylinks.DisposeAsync();

    [Test]
    public async Task A_link_is_sent_opened_paid_and_everybody_is_told_once()
    {
        var link = await _paylinks.Merchant.CreateLinkAsync("sms");
        var sms = await FirstSmsAsync(link);

        Assert.Multiple(() =>
        {
            Assert.That(sms.To, Is.EqualTo(Merchant.Phone));
            Assert.That(sms.Text, Has.Length.LessThanOrEqualTo(160), "one segment");
            Assert.That(sms.Text!.All(letter => GsmBasic.Contains(letter, StringComparison.Ordinal)), Is.True, sms.Text);
        });

        await PayAtTheBankAsync(link);
        var paid = await _paylinks.Merchant.WaitForStatusAsync(link.Id, "paid", TimeSpan.FromSeconds(2));

        Assert.That(paid.Payments.Select(payment => payment.Status), Is.EqualTo(new[] { "paid" }));
        var messages = await Eventually.SeesAsync(
            _paylinks.Sandbox.MessagesAsync, sent => sent.Count >= 3, "receipt and notice arrive");
        Assert.That(
            messages.Select(message => (message.Channel, message.To)),
            Is.EquivalentTo(new[]
            {
                ("sms", Merchant.Phone), ("email", "anna@example.test"), ("email", "orders@example.test"),
            }));
        var events = await _paylinks.Merchant.EventsAsync(link.Id);
        Assert.That(events.Select(happened => happened.Sequence), Is.EqualTo(Enumerable.Range(1, events.Count)));
    }

    [Test]
    public async Task Without_any_callback_a_payment_is_found_by_asking()
    {
        await _paylinks.Sandbox.CallbacksAsync("mollie", "drop");
        var link = await _paylinks.Merchant.CreateLinkAsync("sms");
        await FirstSmsAsync(link);

        await PayAtTheBankAsync(link);

        await _paylinks.Merchant.WaitForStatusAsync(link.Id, "paid", TimeSpan.FromSeconds(60));
    }

    [TestCase("500")]
    [TestCase("effect-then-500")]
    [TestCase("429")]
    [TestCase("reset")]
    public async Task Whatever_Twilio_answers_twice_the_customer_gets_one_text(string mode)
    {
        await _paylinks.Sandbox.FailAsync("twilio", "createMessage", mode, count: 2);

        var link = await _paylinks.Merchant.CreateLinkAsync("sms");
        await Eventually.SeesAsync(
            () => _paylinks.Merchant.GetLinkAsync(link.Id),
            seen => seen.Messages.Single().Status == "delivered", "the text is delivered", TimeSpan.FromSeconds(30));

        Assert.That(await _paylinks.Sandbox.MessagesAsync(), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_thousand_requests_with_a_hundred_keys_make_a_hundred_links_and_texts()
    {
        var links = new System.Collections.Concurrent.ConcurrentBag<(int Key, string Body)>();
        await Parallel.ForEachAsync(
            Enumerable.Range(0, 1000), new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (i, _) =>
            {
                var key = i % 100;
                using var answer = await _paylinks.Merchant.PostAsync("v1/links", Numbered(key), $"order-{key}");
                Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Created));
                links.Add((key, await answer.Content.ReadAsStringAsync(CancellationToken.None)));
            });

        Assert.That(links.GroupBy(link => link.Key).Select(same => same.Select(link => link.Body).Distinct().Count()), Has.All.EqualTo(1));
        Assert.That(await _paylinks.Database.ReadAsync<long>("select count(*) from link"), Is.EqualTo(100));
        await Eventually.SeesAsync(
            _paylinks.Sandbox.MessagesAsync, sent => sent.Count >= 100, "all texts arrive", TimeSpan.FromSeconds(30));
        Assert.That(await _paylinks.Database.ReadAsync<long>("select count(*) from message"), Is.EqualTo(100));
        Assert.That(await _paylinks.Sandbox.MessagesAsync(), Has.Count.EqualTo(100));
    }

    [Test]
    public async Task A_mail_scanner_that_opens_the_link_twenty_times_changes_nothing()
    {
        var link = await _paylinks.Merchant.CreateLinkAsync("sms");
        await FirstSmsAsync(link);
        await Eventually.SeesAsync(
            () => _paylinks.Merchant.EventsAsync(link.Id), events => events.Any(seen => seen.Type == "link.delivered"), "delivery");
        var before = await _paylinks.Merchant.EventsAsync(link.Id);

        for (var i = 0; i < 20; i++)
        {
            using var scanner = _paylinks.NewCustomer();
            var page = await scanner.OpenAsync(link.Url);
            Assert.That(page.Status, Is.EqualTo(HttpStatusCode.OK));
        }

        Assert.That(await _paylinks.Merchant.EventsAsync(link.Id), Has.Count.EqualTo(before.Count));
        Assert.That((await _paylinks.Merchant.GetLinkAsync(link.Id)).Status, Is.EqualTo("open"));
        Assert.That(await _paylinks.Sandbox.PaymentsAsync(), Is.Empty);
    }

    [Test]
    public async Task A_link_whose_time_is_over_is_expired_for_everybody()
    {
        var link = await _paylinks.Merchant.CreateLinkAsync("sms");
        await FirstSmsAsync(link);

        await _paylinks.MoveClockAsync(TimeSpan.FromDays(4));
        using var customer = _paylinks.NewCustomer();
        Assert.That((await customer.OpenAsync(link.Url)).Status, Is.EqualTo(HttpStatusCode.Gone));

        await _paylinks.Merchant.WaitForStatusAsync(link.Id, "expired");
        await Eventually.SeesAsync(
            () => _paylinks.Merchant.EventsAsync(link.Id), events => events.Any(seen => seen.Type == "link.expired"), "expiry");
    }

    [Test]
    public async Task A_canceled_link_cannot_be_paid_any_more()
    {
        var link = await _paylinks.Merchant.CreateLinkAsync();

        Assert.That((await _paylinks.Merchant.CancelAsync(link.Id)).Status, Is.EqualTo("canceled"));

        using var customer = _paylinks.NewCustomer();
        Assert.That((await customer.OpenAsync(link.Url)).Status, Is.EqualTo(HttpStatusCode.Gone));
        Assert.That(await _paylinks.Sandbox.PaymentsAsync(), Is.Empty);
    }

    private static Dictionary<string, object?> Numbered(int key)
    {
        var order = Merchant.Order(send: "sms");
        order["reference"] = key.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return order;
    }

    private Task<AcceptedMessage> FirstSmsAsync(Link link, TimeSpan? within = null) => Eventually.SeesAsync(
        async () => (await _paylinks.Sandbox.MessagesAsync())
            .LastOrDefault(message => message.Text?.Contains(link.Url, StringComparison.Ordinal) == true)!,
        message => message is not null, "the text arrives", within);

    private async Task PayAtTheBankAsync(Link link)
    {
        using var customer = _paylinks.NewCustomer();
        var answer = await customer.PayAsync(link.Url, await _paylinks.Sandbox.CardTokenAsync());
        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.SeeOther));
        await _paylinks.Sandbox.CompleteAsync((await _paylinks.Sandbox.PaymentsAsync()).Single(), "paid");
    }
}
