using PayLinks.Core;
using PayLinks.Tests.Infrastructure;
using PayLinks.Tests.Notices;

namespace PayLinks.Tests.Ledgers;

/// <summary>A checker that cannot fail is worth nothing: each invariant is broken here, and is named.</summary>
public sealed class ThreeLedgersTests
{
    private static readonly Guid Other = Guid.CreateVersion7(DateTimeOffset.UnixEpoch);

    private static readonly (string Sentence, Func<Books, Books> Doctor)[] Doctored =
    [
        ("Mollie captured 9980 and gave 0 back", books => books.PaidAgain(refunded: false)),
        ("captured 4990 and gave 1000 back by rule", books => books.Refund(refund => refund with { Cause = "late" })),
        ("has 2 payments that settle it", books => books.Payments(payment => payment with { Id = Other })),
        ("is 'open' and has 1 payments that settle it", books => books.Link(link => link with { Status = "open" })),
        ("is 'paid' here and tr_", books => books.TheirPayment(payment => payment with { Status = "open" })),
        ("is 'failed' here and tr_", books => books.Payment(payment => payment with { Status = "failed" })),
        ("which Mollie does not have", books => books.Payment(payment => payment with { MollieId = "tr_none" })),
        ("none of the payments here", books => books.Payment(payment => payment with { MollieId = null })),
        ("is of 4990 EUR (minor units) here and tr_",
            books => books.TheirPayment(payment => payment with { Amount = new Amount("49.91", "EUR") })),
        ("is of 4990 USD (minor units) here", books => books.Payment(payment => payment with { Currency = "USD" })),
        ("the key of another merchant", books => books.Payment(payment => payment with { MerchantId = Other })),
        ("is still 'unknown'", books => books.Payment(payment => payment with { Status = "unknown" })),
        ("Refund ref_", books => books.Refund(refund => refund with { Status = "creating" })),
        ("is 'failed' here and re_", books => books.Refund(refund => refund with { Status = "failed" })),
        ("is re_none at Mollie, which Mollie", books => books.Refund(refund => refund with { MollieId = "re_none" })),
        ("none of the refunds here", books => books.Refund(refund => refund with { MollieId = null })),
        ("is of 1001 EUR (minor units) here and re_", books => books.Refund(refund => refund with
        {
            AmountMinor = 1001,
        })),
        ("gives back another payment", books => books.Refund(refund => refund with { PaymentId = Other })
            .Payments(payment => payment with { Id = Other, MollieId = "tr_none", Surplus = true })),
        ("(minor units) of tr_", books => books.TheirRefund(refund => refund with
        {
            Amount = new Amount("49.91", "EUR"),
        })),
        ("which took 0", books => books.TheirPayment(payment => payment with { Status = "expired" })),
        ("is chb_none at Mollie, which Mollie", books => books.Dispute(dispute => dispute with
        {
            MollieId = "chb_none",
        })),
        ("none of the disputes here", books => books.Dispute(dispute => dispute with { MollieId = "chb_none" })),
        ("is 'received' here and chb_", books => books.Dispute(dispute => dispute with { Status = "received" })),
        ("is 'reversed' here and chb_", books => books.Chargeback(chargeback => chargeback with { ReversedAt = null })),
        ("Dispute dsp_", books => books.Dispute(dispute => dispute with { AmountMinor = 4991 })),
        ("is of 4990 EUR (minor units) here and chb_", books => books.Chargeback(chargeback => chargeback with
        {
            Amount = new Amount("49.90", "USD"),
        })),
        ("takes back another payment", books => books.Chargeback(chargeback => chargeback with
        {
            PaymentId = "tr_none",
        })),
        ("but its events tell of 0 and 1", books => books.Events(happened => happened with
        {
            Type = happened.Type == "dispute.received" ? "link.opened" : happened.Type,
        })),
        ("but its events tell of 1 and 1", books => books with { Ours = books.Ours with { Disputes = [] } }),
        ("is still 'retry'", books => books.Notices(notice => notice with { Status = "retry" })),
        ("but was not taken there", books => books.Notices(notice => notice with { EventId = Other })),
        ("which has not happened", books => books.Events(happened => happened with { Id = Other })),
        ("is still 'sending'", books => books.Message(message => message with { Status = "sending" })),
        ("at its provider, which does not have it", books => books.Message(message => message with
        {
            ProviderId = "SMnone",
        })),
        ("but not by any provider", books => books.Message(message => message with { ProviderId = null })),
        ("which no message here knows", books => books.Message(message => message with { ProviderId = null })),
        ("was accepted once and is 2 messages here", books => books.Messages(message => message with { Id = Other })),
        ("messages that invite to it were sent", books => books.Message(message => message with
        {
            LeaseStartedAt = message.LeaseStartedAt!.Value.AddMinutes(5),
        })),
        ("has events numbered 1, 2,", books => books.Events(happened => happened with
        {
            Sequence = happened.Sequence + (happened.Sequence > 2 ? 1 : 0),
        })),
        ("events and has counted", books => books.Link(link => link with { LastSequence = link.LastSequence + 1 })),
        ("does not begin with its creation", books => books.Events(happened => happened with
        {
            Type = "link.opened",
        })),
        ("when an event moved it from 'processing' to 'paid'", books => books.Events(happened => happened with
        {
            LinkTo = happened.LinkTo == "processing" ? "open" : happened.LinkTo,
        })),
        ("but its events lead to 'paid'", books => books.Link(link => link with { Status = "canceled" })),
        ("but its events lead to 'nothing'", books => books.Events(happened => happened with { PaymentTo = null })),
        ("Refund ref_", books => books.Events(happened => happened with { RefundTo = null })),
        ("Message msg_", books => books.Events(happened => happened with { MessageTo = null })),
        ("has no notice to the endpoint", books => books with
        {
            Ours = books.Ours with { EventsWithoutNotice = [("link.paid", "https://shop.example.test/hook")] },
        }),
        ("was acknowledged", books => books with { Ours = books.Ours with { Links = [], Payments = [], Refunds = [],
            Disputes = [], Messages = [], Events = [] } }),
        ("was said to be paid", books => books.Link(link => link with { Status = "canceled" })),
    ];

    private TestSystem _system = null!;
    private MerchantProgram _program = null!;
    private Books _books = null!;

    private static IEnumerable<TestCaseData> Cases => Doctored.Select((doctored, index) =>
        new TestCaseData(doctored.Sentence, doctored.Doctor)
            .SetArgDisplayNames(doctored.Sentence, $"case {index + 1}"));

    /// <summary>
    /// A link that was sent, paid, refunded in part, and disputed for a while; the merchant's program was told.
    /// </summary>
    [OneTimeSetUp]
    public async Task Start()
    {
        _system = await TestSystem.StartAsync(
            Hosts.All, new Dictionary<string, string>(TestSystem.WideOpen, StringComparer.Ordinal)
            {
                ["Notices:AllowAddresses:0"] = "127.0.0.1/32",
            });
        _program = await MerchantProgram.StartAsync(_system.Told, () => MerchantProgram.Well);
        _program.Secret = await _system.Merchant.AddEndpointAsync(_program.Url);
        var link = await _system.Merchant.CreateLinkAsync("sms");
        await Eventually.SeesAsync(
            () => _system.Merchant.GetLinkAsync(link.Id), seen => seen.Messages.Single().Status == "delivered",
            "the message is delivered");
        using var customer = _system.NewCustomer();
        await customer.PayAsync(link.Url, await _system.Sandbox.CardTokenAsync());
        var booking = (await _system.Sandbox.PaymentsAsync()).Single();
        await _system.Sandbox.CompleteAsync(booking, "paid");
        await _system.Merchant.WaitForStatusAsync(link.Id, "paid");
        using var refund = await _system.Merchant.PostAsync(
            $"v1/links/{link.Id}/refunds", new { amount = new Amount("10.00", "EUR") });
        Assert.That((int)refund.StatusCode, Is.InRange(200, 299), await refund.Content.ReadAsStringAsync());
        await _system.Sandbox.ChargeBackAsync(booking);
        await _system.Sandbox.ChargeBackAsync(booking, reversed: true);
        await _system.CheckLedgersAsync();
        // From here on nothing happens that these books do not know.
        await _system.Sandbox.CallbacksAsync("mollie", "drop");
        _books = new Books(
            await OurBooks.ReadAsync(_system.Database.SuperuserConnection),
            await TheirBooks.ReadAsync(_system.SandboxUrl));
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        await _system.DisposeAsync();
        await _program.DisposeAsync();
    }

    [Test]
    public void Ledgers_that_agree_are_passed_over_in_silence()
    {
        Assert.That(_books.Ours.Payments, Is.Not.Empty);
        Assert.That(_books.Ours.Refunds, Is.Not.Empty);
        Assert.That(_books.Ours.Disputes, Is.Not.Empty);
        Assert.That(_books.Ours.Messages, Is.Not.Empty);
        Assert.That(_books.Ours.Notices.Select(notice => notice.Status), Has.Some.EqualTo("delivered"));
        Assert.That(_system.Told.Tellings.Select(telling => telling.Status), Has.Some.EqualTo("paid"));
        Assert.That(ThreeLedgers.Compare(_books.Ours, _books.Theirs, _system.Told), Is.Empty);
    }

    [TestCaseSource(nameof(Cases))]
    public void A_doctored_ledger_is_found_out(string sentence, Delegate doctor)
    {
        var doctored = ((Func<Books, Books>)doctor)(_books);

        Assert.That(
            ThreeLedgers.Compare(doctored.Ours, doctored.Theirs, _system.Told), Has.Some.Contains(sentence));
    }

    [Test]
    public void A_surplus_that_went_back_is_as_it_should_be() => Assert.That(
        ThreeLedgers.Compare(_books.PaidAgain(refunded: true).Ours, _books.PaidAgain(refunded: true).Theirs)
            .Where(sentence => sentence.Contains("captured", StringComparison.Ordinal)),
        Is.Empty);

    [Test]
    public void Paid_is_the_last_word_and_answers_that_crossed_do_not_count()
    {
        var link = _books.Ours.Links[0].Name;
        var told = new Told();
        told.Tell(new Telling(link, "open", "GET", Asked: 1, Heard: 5));
        told.Tell(new Telling(link, "paid", "GET", Asked: 2, Heard: 3));
        told.Tell(new Telling(link, "paid", "GET", Asked: 6, Heard: 7));
        Assert.That(ThreeLedgers.Compare(_books.Ours, _books.Theirs, told), Is.Empty);

        told.Tell(new Telling(link, "processing", "GET", Asked: 4, Heard: 8));
        Assert.That(
            ThreeLedgers.Compare(_books.Ours, _books.Theirs, told), Has.One.Contains("later 'processing' (GET)"));
    }

    [Test]
    public void A_notice_that_anybody_could_have_written_is_found_out()
    {
        var told = new Told();
        told.Hear(new HeardNotice(_program.Url, _books.Ours.Events[0].Name, IsSigned: false, IsTaken: true));

        Assert.That(
            ThreeLedgers.Compare(_books.Ours, _books.Theirs, told), Has.One.Contains("without a good signature"));
    }

    [Test]
    public void A_notice_that_was_given_up_is_there_to_be_seen() => Assert.That(
        ThreeLedgers.Compare(
            _books.Notices(notice => notice with { Status = "dead" }).Ours, _books.Theirs, _system.Told),
        Is.Empty);

    [Test]
    public async Task A_key_that_is_answered_with_two_links_is_found_out()
    {
        var told = new Told();
        using var twice = new HttpClient(told.ListenTo(new Answers())) { BaseAddress = new Uri(_system.ApiUrl) };
        for (var i = 0; i < 2; i++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/links");
            request.Headers.Add("Idempotency-Key", "order-1042");
            using var answer = await twice.SendAsync(request);
        }

        Assert.That(
            ThreeLedgers.Compare(_books.Ours, _books.Theirs, told),
            Has.Some.Contains("'order-1042' was answered with 2 links"));
    }

    [Test]
    public async Task A_system_whose_database_was_doctored_does_not_end_quietly()
    {
        var system = await TestSystem.StartAsync(Hosts.All, TestSystem.WideOpen);
        var link = await system.Merchant.CreateLinkAsync();
        await system.Database.ExecuteAsync("update link set last_sequence = 7");

        var said = await Assert.CatchAsync<AssertionException>(
            () => system.CheckLedgersAsync(within: TimeSpan.FromSeconds(1)));
        Assert.That(said!.Message, Does.Contain($"Link {link.Id} has 1 events and has counted 7."));

        system.LeaveLedgersAlone("the test has doctored the database");
        await system.DisposeAsync();
    }

    [Test]
    public async Task An_event_of_which_an_endpoint_was_not_told_is_found_out()
    {
        await using var system = await TestSystem.StartAsync(Hosts.ApiAndSandbox);
        await system.Database.ExecuteAsync(
            """
            insert into webhook_endpoint (merchant_id, id, mode, url, secret_cipher, created_at, created_by)
            values (@MerchantId, gen_random_uuid(), 'test', 'https://shop.example.test/hook', '\x00',
                now() - interval '1 minute', 'key_1')
            """,
            new { system.MerchantId });
        await system.Merchant.CreateLinkAsync();
        Assert.That(await CompareAsync(), Is.Empty);

        await system.Database.ExecuteAsync("delete from notice");
        Assert.That(await CompareAsync(), Has.One.EqualTo(
            "Event link.created of " + await system.Database.ReadAsync<string>("select id::text from link")
            + " has no notice to the endpoint https://shop.example.test/hook."));

        Task<IReadOnlyList<string>> CompareAsync() =>
            ThreeLedgers.CompareAsync(system.Database.SuperuserConnection, system.SandboxUrl);
    }

    /// <summary>An API that makes a new link each time, whatever the key says.</summary>
    private sealed class Answers : HttpMessageHandler
    {
        private int _made;

        protected override Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var id = PublicId.Format(PublicId.Link, Guid.CreateVersion7(DateTimeOffset.UnixEpoch.AddDays(++_made)));
            return Task.FromResult(new HttpResponseMessage
            {
                RequestMessage = request,
                Content = System.Net.Http.Json.JsonContent.Create(
                    new { id, status = "open", url = $"http://127.0.0.1/p/{_made}" }),
            });
        }
    }
}
