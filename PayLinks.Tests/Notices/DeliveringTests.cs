using System.Globalization;
using System.Net;
using System.Net.Sockets;
using PayLinks.Api.Notices;
using PayLinks.Core;
using PayLinks.Tests.Infrastructure;
using PayLinks.Worker.Partitions;

namespace PayLinks.Tests.Notices;

/// <summary>What a notice says, and what becomes of it for every answer.</summary>
public sealed class DeliveringTests
{
    private static readonly int[] Waits = [5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400];

    private NoticeBench _bench = null!;

    [SetUp]
    public async Task StartAsync() => _bench = await NoticeBench.StartAsync(("Notices:ExchangeSeconds", "1"));

    [TearDown]
    public async Task StopAsync() => await _bench.DisposeAsync();

    [Test]
    public async Task A_merchant_is_told_what_happened_with_the_link_as_it_stands()
    {
        var (_, secret) = await _bench.AddEndpointAsync("/ok");
        var link = await _bench.Worker.NewLinkAsync();

        await _bench.DeliverAsync();

        var told = _bench.Hook.All.Single();
        var eventId = await _bench.Worker.Database.ReadAsync<Guid>("select id from event");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(told.Id, Is.EqualTo(PublicId.Format(PublicId.Event, eventId)));
            Assert.That(told.Headers["Content-Type"], Is.EqualTo("application/json"));
            Assert.That(told.Headers["User-Agent"], Is.EqualTo("PayLinks/1"));
            Assert.That(told.Headers.Keys, Has.None.EqualTo("traceparent").And.None.EqualTo("Cookie"));
            Assert.That(
                DateTimeOffset.FromUnixTimeSeconds(told.Timestamp),
                Is.EqualTo(TimeProvider.System.GetUtcNow()).Within(TimeSpan.FromSeconds(10)));
            Assert.That(SignatureTests.IsSigned(told, secret), Is.True);
            Assert.That(
                told.Json.EnumerateObject().Select(property => property.Name),
                Is.EqualTo(new[] { "id", "type", "sequence", "createdAt", "data" }));
            Assert.That(told.Type, Is.EqualTo("link.created"));
            Assert.That(told.Json.GetProperty("id").GetString(), Is.EqualTo(told.Id));
            Assert.That(told.Json.GetProperty("sequence").GetInt32(), Is.EqualTo(1));
            Assert.That(
                told.Json.GetProperty("data").GetProperty("url").GetString(),
                Is.EqualTo(await _bench.Worker.UrlOfAsync(link)));
        }
    }

    [TestCase("/ok", "delivered 200")]
    [TestCase("/status/201", "delivered 201")]
    [TestCase("/status/204", "delivered 204")]
    [TestCase("/endless", "delivered 200")]
    [TestCase("/drip", "delivered 200")]
    [TestCase("/bomb", "delivered 200")]
    [TestCase("/status/300", "refused 300")]
    [TestCase("/status/301", "refused 301")]
    [TestCase("/status/302", "refused 302")]
    [TestCase("/status/307", "refused 307")]
    [TestCase("/status/308", "refused 308")]
    [TestCase("/status/400", "refused 400")]
    [TestCase("/status/401", "refused 401")]
    [TestCase("/status/404", "refused 404")]
    [TestCase("/status/429", "refused 429")]
    [TestCase("/status/500", "refused 500")]
    [TestCase("/status/503", "refused 503")]
    [TestCase("/status/410", "gone 410")]
    [TestCase("/hang", "timeout")]
    [TestCase("/reset", "unreachable")]
    [TestCase("/headers", "unreachable")]
    public async Task Every_answer_has_its_consequence(string path, string outcome)
    {
        var (endpoint, _) = await _bench.AddEndpointAsync(path);
        await _bench.Worker.NewLinkAsync();

        await _bench.DeliverAsync();

        var notice = await _bench.NoticeAsync(endpoint);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(await _bench.OutcomesAsync(endpoint), Is.EqualTo(new[] { outcome }));
            Assert.That(notice.Status, Is.EqualTo(outcome.Split(' ')[0] switch
            {
                "delivered" => "delivered",
                "gone" => "dead",
                _ => "retry",
            }));
            Assert.That(notice.Attempt, Is.EqualTo(1));
            Assert.That(notice.Leased, Is.False);
            Assert.That(_bench.Hook.All, Has.Count.EqualTo(1), "a redirect is not followed");
        }
    }

    [Test]
    public async Task Nobody_at_home_is_tried_again()
    {
        var (endpoint, _) = await _bench.AddEndpointAsync("/ok");
        await _bench.Worker.Database.ExecuteAsync(
            "update webhook_endpoint set url = @Url",
            new { Url = $"http://127.0.0.1:{Ports.Next().ToString(CultureInfo.InvariantCulture)}/" });
        await _bench.Worker.NewLinkAsync();

        await _bench.DeliverAsync();

        Assert.That(await _bench.OutcomesAsync(endpoint), Is.EqualTo(new[] { "unreachable" }));
        Assert.That((await _bench.NoticeAsync(endpoint)).Status, Is.EqualTo("retry"));
    }

    [Test]
    public async Task A_status_that_http_does_not_have_is_no_answer()
    {
        var (endpoint, _) = await _bench.AddEndpointAsync("/ok");
        using var odd = new TcpListener(IPAddress.Loopback, 0);
        odd.Start();
        await _bench.Worker.Database.ExecuteAsync(
            "update webhook_endpoint set url = @Url", new { Url = $"http://{odd.LocalEndpoint}/" });
        await _bench.Worker.NewLinkAsync();

        var delivering = _bench.DeliverAsync();
        using (var caller = await odd.AcceptTcpClientAsync())
        {
            await caller.GetStream().WriteAsync("HTTP/1.1 099 Odd\r\nContent-Length: 0\r\n\r\n"u8.ToArray());
            await delivering;
        }

        Assert.That(await _bench.OutcomesAsync(endpoint), Is.EqualTo(new[] { "unreachable" }));
        Assert.That((await _bench.NoticeAsync(endpoint)).Status, Is.EqualTo("retry"));
    }

    [Test]
    public async Task An_address_that_has_become_closed_is_not_called()
    {
        var (endpoint, _) = await _bench.AddEndpointAsync("/ok");
        await _bench.Worker.Database.ExecuteAsync(
            "update webhook_endpoint set url = 'https://169.254.169.254/latest/meta-data/'");
        await _bench.Worker.NewLinkAsync();

        await _bench.DeliverAsync();

        Assert.That(await _bench.OutcomesAsync(endpoint), Is.EqualTo(new[] { "blocked" }));
    }

    [Test]
    public async Task A_notice_is_posted_ten_times_over_75_hours_and_then_lies_dead_until_it_is_asked_for()
    {
        var (endpoint, _) = await _bench.AddEndpointAsync("/status/500");
        await _bench.Worker.NewLinkAsync();

        foreach (var wait in Waits)
        {
            await _bench.DeliverAsync();
            var notice = await _bench.NoticeAsync(endpoint);
            Assert.That(notice.Status, Is.EqualTo("retry"));
            Assert.That(notice.DueIn, Is.InRange((wait * 0.8) - 3, (wait * 1.2) + 1));
            await _bench.MakeDueAsync();
        }

        await _bench.DeliverAsync();
        var dead = await _bench.NoticeAsync(endpoint);
        await _bench.DeliverAsync();
        var ids = _bench.Hook.All.Select(told => told.Id).ToList();
        var asked = await _bench.DoAsync((transaction, actor) => transaction.TellFailedAgainAsync(actor, endpoint));
        var again = await _bench.NoticeAsync(endpoint);
        await _bench.DeliverAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(dead.Status, Is.EqualTo("dead"));
            Assert.That(ids, Has.Count.EqualTo(10).And.All.EqualTo(ids[0]));
            Assert.That(asked, Is.EqualTo(new AskedAgain(1, HasMore: false)));
            Assert.That((again.Status, again.Attempt), Is.EqualTo(("pending", 0)));
            Assert.That(_bench.Hook.All, Has.Count.EqualTo(11));
            Assert.That((await _bench.NoticeAsync(endpoint)).Status, Is.EqualTo("retry"));
        }
    }

    [Test]
    public async Task What_says_410_is_left_alone_until_the_merchant_enables_it()
    {
        var (endpoint, _) = await _bench.AddEndpointAsync("/status/410");
        await _bench.Worker.NewLinkAsync();
        await _bench.DeliverAsync();

        await _bench.Worker.NewLinkAsync();
        await _bench.DeliverAsync();
        var state = await _bench.DoAsync((transaction, actor) => transaction.FindEndpointAsync(actor, endpoint));

        Assert.That(_bench.Hook.All, Has.Count.EqualTo(1));
        Assert.That(await _bench.NoticesAsync(endpoint), Has.Count.EqualTo(1), "what happens now is not for it");
        Assert.That(state!.DisabledReason, Is.EqualTo("gone"));
    }

    [Test]
    public async Task What_waits_for_a_disabled_endpoint_dies_without_a_post()
    {
        var (endpoint, _) = await _bench.AddEndpointAsync("/ok");
        await _bench.Worker.NewLinkAsync();
        await _bench.Worker.Database.ExecuteAsync(
            "update webhook_endpoint set disabled_at = now(), disabled_reason = 'merchant'");

        await _bench.DeliverAsync();

        Assert.That((await _bench.NoticeAsync(endpoint)).Status, Is.EqualTo("dead"));
        Assert.That(_bench.Hook.All, Is.Empty);
        Assert.That(await _bench.OutcomesAsync(endpoint), Is.Empty);
    }

    [Test]
    public async Task Old_and_new_secret_sign_for_a_day()
    {
        var (endpoint, old) = await _bench.AddEndpointAsync("/ok");
        var change = new ChangeEndpoint(new CheckEndpoint(new()), _bench.Worker.Vault);
        var rotated = (EndpointOutcome.Done)await _bench.DoAsync(
            (transaction, actor) => change.RotateAsync(transaction, actor, endpoint));

        await _bench.Worker.NewLinkAsync();
        await _bench.DeliverAsync();
        await _bench.Worker.MoveClockAsync(TimeSpan.FromHours(23) + TimeSpan.FromMinutes(59));
        await _bench.Worker.NewLinkAsync();
        await _bench.DeliverAsync();
        await _bench.Worker.MoveClockAsync(TimeSpan.FromMinutes(2));
        await _bench.Worker.NewLinkAsync();
        await _bench.DeliverAsync();

        var told = _bench.Hook.All;
        Assert.That(told.Select(one => one.Signatures.Count), Is.EqualTo(new[] { 2, 2, 1 }));
        Assert.That(told.Select(one => SignatureTests.IsSigned(one, rotated.Secret!)), Is.All.True);
        Assert.That(told.Select(one => SignatureTests.IsSigned(one, old)), Is.EqualTo(new[] { true, true, false }));
    }

    [Test]
    public async Task The_log_keeps_two_kilobytes_of_the_answer_and_opens_no_link()
    {
        var (echo, _) = await _bench.AddEndpointAsync("/echo");
        var (endless, _) = await _bench.AddEndpointAsync("/endless");
        var link = await _bench.Worker.NewLinkAsync();
        await _bench.DeliverAsync();
        var token = (await _bench.Worker.UrlOfAsync(link)).Split('/')[^1];

        Assert.That(await _bench.AnswerAsync(echo), Does.Contain(token));
        Assert.That(await _bench.AnswerAsync(endless), Is.EqualTo(new string('x', 2048)));
        foreach (var table in new[] { "notice", "notice_attempt", "webhook_endpoint", "event" })
        {
            var open = await _bench.Worker.Database.ReadAsync<int>(
                $"""
                select count(*)::int from {table} t
                where position(convert_to(@token, 'UTF8') in convert_to(t::text, 'UTF8')) > 0
                    or position(encode(convert_to(@token, 'UTF8'), 'hex') in t::text) > 0
                """,
                new { token });
            Assert.That(open, Is.Zero, table);
        }
    }

    [Test]
    public async Task A_month_of_the_log_is_forgotten_thirty_days_after_it_ended()
    {
        var (endpoint, _) = await _bench.AddEndpointAsync("/ok");
        await _bench.Worker.NewLinkAsync();
        await _bench.DeliverAsync();

        await _bench.Worker.MoveClockAsync(TimeSpan.FromDays(29));
        await _bench.Worker.RunAsync<KeepPartitions>();
        Assert.That(await _bench.OutcomesAsync(endpoint), Has.Count.EqualTo(1));
        await _bench.Worker.MoveClockAsync(TimeSpan.FromDays(33));
        await _bench.Worker.RunAsync<KeepPartitions>();

        Assert.That(await _bench.OutcomesAsync(endpoint), Is.Empty);
    }
}
