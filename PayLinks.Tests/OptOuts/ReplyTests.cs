using System.Net;
using Dapper;
using PayLinks.Core.Database;
using PayLinks.Core.Hosting;
using PayLinks.Core.Messages;
using PayLinks.Tests.Infrastructure;
using PayLinks.Tests.Sending;

namespace PayLinks.Tests.OptOuts;

/// <summary>STOP ends the texts of all who send from that number, START brings them back, as they came.</summary>
public sealed class ReplyTests
{
    private const string Number = "+393399957001";
    private const string Service = "MG0123456789abcdef0123456789abcdef";

    private Bench _bench = null!;
    private ProviderPosts _posts = null!;
    private string _phone = null!;
    private int _phones;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _bench = await Bench.StartAsync(Hosts.ApiAndSandbox);
        _posts = new ProviderPosts(_bench.ApiUrl);
        await _bench.Database.ExecuteAsync("update merchant set sms_sender = @Number", new { Number });
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        _posts.Dispose();
        await _bench.DisposeAsync();
    }

    [SetUp]
    public void AnotherCustomer() => _phone = $"+3934711{++_phones:00000}";

    [Test]
    public async Task Every_word_that_means_stop_counts_in_any_case_and_dress(
        [Values(
            "STOP", "stop", "  Stop! ", "StopAll", "unsubscribe", "END", "quit.", "Cancel", "REVOKE", "OptOut",
            "«STOP»", "stop 🙏", "basta", "Stopp", "arrêt", "BAJA")] string body)
    {
        await TextAsync(body);

        Assert.That(await IsOutAsync(), Is.True);
    }

    [Test]
    public async Task Every_word_that_means_start_brings_back([Values("START", "yes", " UnStop.")] string body)
    {
        await TextAsync("STOP");
        await TextAsync(body);

        Assert.That(await IsOutAsync(), Is.False);
    }

    [Test]
    public async Task Anything_else_changes_nothing(
        [Values("", "Grazie", "do not stop", "STOP ALL", "1", "annulla", "no", "HELP")] string body)
    {
        await TextAsync(body);
        Assert.That(await IsOutAsync(), Is.False);

        await TextAsync("STOP");
        await TextAsync(body);
        Assert.That(await IsOutAsync(), Is.True);
    }

    [Test]
    public async Task What_Twilio_makes_of_a_word_of_the_merchants_own_counts()
    {
        await PostAsync(Text("zitto", optOutType: "STOP"));
        Assert.That(await IsOutAsync(), Is.True);

        await PostAsync(Text("di nuovo", optOutType: "START"));
        Assert.That(await IsOutAsync(), Is.False);

        await PostAsync(Text("END", optOutType: "HELP"));
        Assert.That(await IsOutAsync(), Is.False, "Twilio has been told to help");
    }

    [Test]
    public async Task A_text_that_is_told_again_changes_nothing_again()
    {
        var stop = Text("STOP");
        await PostAsync(stop);
        await TextAsync("START");
        await Task.WhenAll(Enumerable.Repeat(stop, 5).Select(PostAsync));

        Assert.That(await IsOutAsync(), Is.False, "the STOP is older than the START");

        await TextAsync("STOP");
        Assert.That(await IsOutAsync(), Is.True, "a new STOP is new");
    }

    [Test]
    public async Task A_second_STOP_leaves_the_day_of_the_first()
    {
        await TextAsync("STOP");
        var since = await SinceAsync();
        await TextAsync("STOP");

        Assert.That(await SinceAsync(), Is.EqualTo(since));
    }

    [Test]
    public async Task All_who_send_from_that_number_or_service_are_meant_and_nobody_else()
    {
        var twin = await FoundAsync(Number);
        var byService = await FoundAsync(Service);
        var other = await FoundAsync("+393399957002");
        var text = Text("STOP");
        text["MessagingServiceSid"] = Service;

        await PostAsync(text);

        Assert.That(
            await _bench.Database.QueryAsync<Guid>(
                "select merchant_id from opt_out where recipient = @_phone order by 1", new { _phone }),
            Is.EquivalentTo(new[] { _bench.MerchantId, twin, byService }).And.No.Member(other));
        Assert.That(
            await _bench.Database.ReadAsync<string>(
                "select string_agg(distinct channel || ' ' || source, ', ') from opt_out where recipient = @_phone",
                new { _phone }),
            Is.EqualTo("sms reply"));
    }

    [Test]
    public async Task What_is_queued_for_them_is_taken_back_at_once_and_told()
    {
        var link = await _bench.NewLinkAsync();
        var invitation = await _bench.QueueAsync(link, recipient: _phone);
        var receipt = await _bench.QueueAsync(link, purpose: MessagePurpose.Receipt, recipient: _phone);
        var email = await _bench.QueueAsync(link, MessageChannel.Email);
        var neighbour = await _bench.QueueAsync(link, recipient: "+393470000000");

        await TextAsync("STOP");

        foreach (var text in new[] { invitation, receipt })
        {
            Assert.That(await _bench.StatusOfAsync(text), Is.EqualTo("suppressed"));
            Assert.That(await _bench.ReasonOfAsync(text), Is.EqualTo(DeliveryReason.OptedOut));
        }

        Assert.That(await _bench.StatusOfAsync(email), Is.EqualTo("queued"));
        Assert.That(await _bench.StatusOfAsync(neighbour), Is.EqualTo("queued"));
        Assert.That(
            await _bench.EventsOfLinkAsync(link), Is.EqualTo(new[] { "link.created", "link.undelivered" }),
            "the invitation's end; a receipt's is no event");
        Assert.That(
            await _bench.Database.ReadAsync<string>(
                "select data->>'reason' || ' ' || actor from event where message_id = @invitation", new { invitation }),
            Is.EqualTo("opted_out customer"));
    }

    [Test]
    public async Task A_link_that_somebody_is_at_holds_up_no_STOP()
    {
        var link = await _bench.NewLinkAsync();
        await _bench.QueueAsync(link, recipient: _phone);
        await using var busy = await _bench.Database.App.BeginAsync(_bench.MerchantId);
        await busy.Connection.ExecuteAsync("select from link where id = @link for update", new { link });

        await TextAsync("STOP");

        Assert.That(await IsOutAsync(), Is.True);
    }

    [Test]
    public async Task A_receipt_for_somebody_who_wants_no_texts_is_shown_as_unsent()
    {
        await TextAsync("STOP");
        var link = await _bench.NewLinkAsync();
        await using (var transaction = await _bench.Database.App.BeginAsync(_bench.MerchantId))
        {
            var options = _bench.Get<PayLinksOptions>();
            var withEmail = new CustomerAddress(Bench.Address, _phone, "it-IT");
            await transaction.TellCustomerAsync(link, "test", withEmail, refundId: null, _bench.Vault, options);
            await transaction.TellCustomerAsync(
                link, "test", withEmail with { Email = null }, refundId: null, _bench.Vault, options);
            await transaction.CommitAsync();
        }

        Assert.That(
            await _bench.Database.QueryAsync<string>(
                "select concat_ws(' ', channel, status, reason) from message where link_id = @link order by 1",
                new { link }),
            Is.EqualTo(new[] { "email queued", "sms suppressed opted_out" }));
    }

    [Test]
    public async Task A_forged_or_broken_text_is_refused_and_changes_nothing()
    {
        var stop = Text("STOP");
        var forged = new[]
        {
            null, "AAAA", "not base64", _posts.SignTwilio("guessed", ProviderPosts.InboundPath, stop),
            _posts.SignTwilio(TestSystem.TwilioToken, ProviderPosts.InboundPath, Text("STOP")),
        };
        foreach (var signature in forged)
        {
            using var refused = await _posts.TwilioAsync(ProviderPosts.InboundPath, stop, signature);
            Assert.That(refused.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
        }

        foreach (var missing in new[] { "MessageSid", "From", "To", "Body" })
        {
            var broken = Text("STOP");
            broken.Remove(missing);
            using var refused = await _posts.TwilioAsync(ProviderPosts.InboundPath, broken);
            Assert.That(refused.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest), $"without {missing}");
        }

        Assert.That(await IsOutAsync(), Is.False);
        Assert.That(
            await _bench.Database.ReadAsync<int>(
                "select count(*)::int from sms_reply where sid = @sid", new { sid = stop["MessageSid"] }), Is.Zero);
    }

    [Test]
    public async Task Twilio_is_answered_with_nothing_to_say_also_to_a_text_from_a_short_code()
    {
        using var response = await _posts.TwilioAsync(
            ProviderPosts.InboundPath, ProviderPosts.Text("4040", Number, "STOP però sì"));

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(response.Content.Headers.ContentType!.MediaType, Is.EqualTo("text/xml"));
        Assert.That(await response.Content.ReadAsStringAsync(), Does.EndWith("<Response/>"));
    }

    private Dictionary<string, string> Text(string body, string? optOutType = null)
    {
        var text = ProviderPosts.Text(_phone, Number, body);
        if (optOutType is not null)
        {
            text["OptOutType"] = optOutType;
        }

        return text;
    }

    private Task TextAsync(string body) => PostAsync(Text(body));

    private async Task PostAsync(Dictionary<string, string> text)
    {
        using var response = await _posts.TwilioAsync(ProviderPosts.InboundPath, text);
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    private Task<bool> IsOutAsync() => _bench.Database.ReadAsync<bool>(
        "select exists (select from opt_out where recipient = @_phone and opted_in_at is null)", new { _phone });

    private Task<DateTime> SinceAsync() => _bench.Database.ReadAsync<DateTime>(
        "select opted_out_at from opt_out where recipient = @_phone", new { _phone });

    private async Task<Guid> FoundAsync(string sender)
    {
        var id = Guid.CreateVersion7();
        await _bench.Database.ExecuteAsync(
            """
            insert into merchant (id, name, country, language, time_zone, currency, email, sms_sender, email_from)
            values (@id, 'Another', 'IT', 'it', 'Europe/Rome', 'EUR', 'info@example.test', @sender, 'info@example.test')
            """,
            new { id, sender });
        return id;
    }
}
