using System.Collections.Concurrent;
using System.Net;
using PayLinks.Core;
using PayLinks.Core.Database;
using PayLinks.Tests.Infrastructure;
using PayLinks.Tests.Notices;

namespace PayLinks.Tests.Torture;

/// <summary>
/// A day of a shop in a few seconds: every way a link can go, so that every fail point comes up. Mollie's answers get
/// lost by being garbled, which no breaker minds.
/// </summary>
internal sealed class Rounds(TestSystem system, Shop shop) : IAsyncDisposable
{
    private readonly ConcurrentBag<Link> _sent = [];
    private readonly ConcurrentDictionary<string, string> _expected = new(StringComparer.Ordinal);

    private MerchantProgram? _well;
    private MerchantProgram? _refusing;

    /// <summary>Makes the merchant's programs known: one takes all that it is told, the other refuses it.</summary>
    public async Task ListenAsync()
    {
        _well = await MerchantProgram.StartAsync(system.Told, () => MerchantProgram.Well);
        _well.Secret = await shop.AddEndpointAsync(_well.Url);
        _refusing = await MerchantProgram.StartAsync(system.Told, () => "/status/500");
        _refusing.Secret = await shop.AddEndpointAsync(_refusing.Url);
    }

    public async Task RunAsync()
    {
        await TurnRefusingAsync(on: true);
        await Task.WhenAll(
            CompareOneByOneAsync(), PayOneThatWasSentAsync(), CancelAtTheBankAsync(), PayTwiceAsync(),
            LoseTheAnswerToATextAsync(), LoseAPaymentAsync(), TamperAsync(), LetOneExpireAsync(), FollowUpAsync(),
            OptOutAsync(), TakeBackAsync(), LeaveADeadLeaseAsync());
        await CompareBooksAsync();
        await TurnRefusingAsync(on: false);
    }

    /// <summary>Waits until nothing is under way any more, and looks at every book and every link.</summary>
    public async Task AssertAllIsRightAsync()
    {
        // Each event was taken by the program that is well, or is seen to have been given up: the ledgers say so.
        await system.CheckLedgersAsync(within: TimeSpan.FromSeconds(60));
        Assert.That(system.Told.Notices.Where(notice => notice.IsTaken), Is.Not.Empty);
        await CompareBooksAsync();
        await Eventually.SeesAsync(
            () => system.Database.ReadAsync<int>("select count(*)::int from reconciliation where finished_at is null"),
            underWay => underWay == 0, "every comparison of the books ends", TimeSpan.FromSeconds(30));
        foreach (var (id, status) in _expected)
        {
            Assert.That(await shop.StatusAsync(id), Is.EqualTo(status), id);
        }

        var suppressed = await system.Database.QueryAsync<Guid>(
            "select link_id from message where channel = 'sms' and purpose = 'link' and status = 'suppressed'");
        var texts = (await system.Sandbox.MessagesAsync()).Where(message => message.Channel == "sms").ToList();
        Assert.That(
            _sent.Where(link => texts.Count(text => text.Text.Contains(link.Url))
                != (suppressed.Contains(IdOf(link)) ? 0 : 1)),
            Is.Empty, "links without exactly one text, unless they were paid before it went out");
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var program in new[] { _well, _refusing }.OfType<MerchantProgram>())
        {
            await program.DisposeAsync();
        }
    }

    // What it has refused and is to be told again waits, and is given up when its turn comes.
    private Task<int> TurnRefusingAsync(bool on) => system.Database.ExecuteAsync(
        """
        update webhook_endpoint
        set disabled_at = case when not @on then now() end, disabled_reason = case when not @on then 'merchant' end
        where url = @Url
        """,
        new { on, _refusing!.Url });

    // As the console's button does it.
    private Task<int> CompareBooksAsync() => system.Database.ExecuteAsync(
        "select request_reconciliations(), pg_notify(@WorkChannel, @Reconciliation)",
        new { Wakeups.WorkChannel, Wakeups.Reconciliation });

    // One that is asked for while another runs is the same: a process gets to its end twice only one after the other.
    // Who was stopped in the middle of it waits for long before it tries again, unless it is asked again.
    private async Task CompareOneByOneAsync()
    {
        for (var again = 0; again < 2; again++)
        {
            var before = await FinishedAsync();
            var looks = 0;
            await Eventually.SeesAsync(
                async () =>
                {
                    if (looks++ % 100 == 0)
                    {
                        await CompareBooksAsync();
                    }

                    return await FinishedAsync();
                },
                finished => finished > before, "a comparison ends", TimeSpan.FromMinutes(3));
        }

        Task<int> FinishedAsync() => system.Database.ReadAsync<int>(
            "select count(*)::int from reconciliation where finished_at is not null");
    }

    private async Task PayOneThatWasSentAsync()
    {
        var link = await shop.CreateAsync("sms");
        _sent.Add(link);
        await shop.ExtendAsync(link);
        await shop.AtBankAsync((await shop.PayAsync(link))!, "paid");
        _expected[link.Id] = "paid";
    }

    // Only what has no card yet can be canceled at Mollie.
    private async Task CancelAtTheBankAsync()
    {
        var link = await shop.CreateAsync();
        await shop.PayAsync(link, hosted: true);
        await Eventually.SeesAsync(
            () => shop.CancelAsync(link), status => status == HttpStatusCode.OK, "the link is canceled",
            TimeSpan.FromSeconds(30));
        _expected[link.Id] = "canceled";
    }

    private async Task PayTwiceAsync()
    {
        var link = await shop.CreateAsync();
        var first = await shop.PayAsync(link);
        await shop.SetAsideAsync(link);
        var second = await shop.PayAsync(link);
        await system.Sandbox.FailAsync("mollie", "createRefund", "garbled");
        await shop.AtBankAsync(first!, "paid");
        if (second is not null && second != first)
        {
            await shop.AtBankAsync(second, "paid");
        }

        _expected[link.Id] = "paid";
        await AgeUnknownRefundAsync();
    }

    private async Task LoseTheAnswerToATextAsync()
    {
        await system.Sandbox.FailAsync("twilio", "createMessage", "500");
        var link = await shop.CreateAsync("sms");
        _sent.Add(link);
        _expected[link.Id] = "open";
    }

    // The customer does not come back, and Mollie forgets the key: the payment is looked for in its list.
    private async Task LoseAPaymentAsync()
    {
        var link = await shop.CreateAsync();
        await system.Sandbox.FailAsync("mollie", "createPayment", "garbled");
        await shop.PayCarelesslyAsync(link);
        // None but its own: another's may be on its way to Mollie, and nothing is on its way for an hour.
        await system.Database.ExecuteAsync(
            """
            update payment set created_at = created_at - interval '1 hour', poll_at = now()
            where link_id = @Id and status in ('creating', 'unknown')
            """,
            new { Id = IdOf(link) });
        await shop.AtBankAsync((await shop.PayAsync(link))!, "paid");
        _expected[link.Id] = "paid";
    }

    // As if Mollie spoke of another amount than we asked for.
    private async Task TamperAsync()
    {
        var link = await shop.CreateAsync();
        await shop.PayAsync(link);
        await system.Database.ExecuteAsync(
            "update payment set amount_minor = 1, poll_at = now() where link_id = @Id",
            new { Id = IdOf(link) });
    }

    private async Task TakeBackAsync()
    {
        var link = await shop.CreateAsync();
        var payment = (await shop.PayAsync(link))!;
        await shop.AtBankAsync(payment, "paid");
        await shop.ChargeBackAsync(payment);
        _expected[link.Id] = "paid";
    }

    private async Task LetOneExpireAsync()
    {
        var link = await shop.CreateAsync();
        await system.Database.ExecuteAsync(
            """
            update link set created_at = created_at - interval '1 day', expires_at = now() - interval '1 second',
                expiry_due_at = now()
            where id = @Id
            """,
            new { Id = IdOf(link) });
        _expected[link.Id] = "expired";
    }

    // Nobody paid, at an hour at which somebody with this number is awake; and as if the text had not arrived.
    private async Task FollowUpAsync()
    {
        var link = await shop.CreateAsync("sms");
        await Eventually.IsTrueAsync(
            async () => await system.Database.ExecuteAsync(
                """
                update link set remind_at = now(), customer_phone = case
                    when extract(hour from now() at time zone 'UTC') between 7 and 18 then customer_phone
                    else '+18087221234' end
                where id = @Id and exists (select from message where link_id = @Id and accepted_at is not null)
                """,
                new { Id = IdOf(link) }) == 1,
            "the text was taken", TimeSpan.FromMinutes(3));
        await system.Database.ExecuteAsync(
            "update message set fallback_at = now() where link_id = @Id and purpose = 'link' and channel = 'sms'",
            new { Id = IdOf(link) });
        _expected[link.Id] = "open";
    }

    // As if it had been said while the text was waiting.
    private async Task OptOutAsync()
    {
        var phone = $"+39348{Random.Shared.Next(1_000_000, 9_999_999)}";
        var link = await shop.CreateAsync("email");
        await system.Database.ExecuteAsync(
            """
            insert into opt_out (merchant_id, channel, recipient, source, opted_out_at)
            select merchant_id, 'sms', @phone, 'page', now() from link where id = @Id;
            insert into message (merchant_id, id, link_id, mode, channel, purpose, recipient, locale, lane,
                callback_key_hash, callback_key_cipher, due_at, created_at)
            select merchant_id, gen_random_uuid(), link_id, mode, 'sms', 'link', @phone, locale, lane,
                sha256(callback_key_hash), callback_key_cipher, now(), now()
            from message where link_id = @Id and purpose = 'link'
            """,
            new { Id = IdOf(link), phone });
        _expected[link.Id] = "open";
    }

    // As if a worker had taken the text and died before it got to send it: nobody else takes it meanwhile.
    private async Task LeaveADeadLeaseAsync()
    {
        await system.Database.ExecuteAsync("update sender_pace set free_at = now() + interval '1 minute'");
        var link = await shop.CreateAsync("sms");
        await system.Database.ExecuteAsync(
            """
            update message
            set status = 'sending', attempt = attempt + 1, lease_epoch = lease_epoch + 1, lease_started_at = now(),
                lease_until = now()
            where link_id = @Id and status = 'queued'
            """,
            new { Id = IdOf(link) });
        await system.Database.ExecuteAsync("update sender_pace set free_at = now()");
        _sent.Add(link);
        _expected[link.Id] = "open";
    }

    // Past the hour in which Mollie keeps an Idempotency-Key, a refund is looked for in its list. It is unknown for a
    // moment only, if it gets there at all.
    private async Task AgeUnknownRefundAsync()
    {
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        for (var looks = 0; looks < 200 && await AgeAsync() == 0; looks++)
        {
            await tick.WaitForNextTickAsync();
        }

        Task<int> AgeAsync() => system.Database.ExecuteAsync(
            """
            update refund set first_asked_at = first_asked_at - interval '1 hour', due_at = now()
            where status = 'unknown' and first_asked_at > now() - interval '1 hour'
            """);
    }

    private static Guid IdOf(Link link) =>
        PublicId.TryParse(PublicId.Link, link.Id, out var id) ? id : throw new FormatException(link.Id);
}
