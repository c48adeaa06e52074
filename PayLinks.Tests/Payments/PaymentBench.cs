using Dapper;
using Microsoft.Extensions.Logging.Abstractions;
using PayLinks.Core;
using PayLinks.Core.Database;
using PayLinks.Core.Disputes;
using PayLinks.Core.Hosting;
using PayLinks.Core.Mollie;
using PayLinks.Core.Payments;
using PayLinks.Core.Refunds;
using PayLinks.Core.Secrets;
using PayLinks.Tests.Infrastructure;

namespace PayLinks.Tests.Payments;

/// <summary>A link whose customer has just pressed Pay: the payment is written down, Mollie has not been asked
/// yet.</summary>
internal sealed record Begun(Guid Link, Guid Payment)
{
    public string PublicId => PayLinks.Core.PublicId.Format(PayLinks.Core.PublicId.Payment, Payment);
}

/// <summary>What API and worker ask Mollie with, without either of them: database, sandbox and the code
/// between.</summary>
internal sealed class PaymentBench : IAsyncDisposable
{
    private const string BeginSql =
        """
        insert into link (merchant_id, id, mode, token_hash, token_cipher, amount_minor, currency, description, locale,
            customer_email, status, created_at, created_by, expires_at, expiry_due_at)
        values (paylinks_merchant(), @Link, 'test', '\x00', '\x00', 4990, 'EUR', 'Ordine 1042', 'it-IT',
            'anna@example.test',
            'processing', paylinks_now(), 'key_1', paylinks_now() + '3 days', paylinks_now() + '3 days')
        on conflict do nothing;
        insert into payment (merchant_id, id, link_id, mode, status, amount_minor, currency, callback_key_hash,
            request_cipher, created_at, poll_at)
        values (paylinks_merchant(), @Payment, @Link, 'test', 'creating', 4990, 'EUR', @Hash, @Request, paylinks_now(),
            paylinks_now())
        """;

    private readonly HttpClient _http;
    private readonly Vault _vault = new(TestSystem.MasterKey);

    private PaymentBench(TestSystem system)
    {
        System = system;
        _http = new HttpClient { BaseAddress = new Uri(system.SandboxUrl + "/v2/"), Timeout = TimeSpan.FromSeconds(2) };
        Mollie = new MollieClient(_http);
        var options = new PayLinksOptions { PublicUrl = "http://127.0.0.1:9", MasterKey = TestSystem.MasterKey };
        Apply = new ApplyPayment(
            new ApplyRefunds(_vault, options, NullLogger<ApplyRefunds>.Instance), new ApplyDisputes(_vault, options),
            _vault, options, new PollSchedule(), NullLogger<ApplyPayment>.Instance);
        Ask = new AskMollie(
            system.Database.App, Mollie, new MollieAccounts(_vault), Apply, _vault,
            new Wakeups(system.Database.App, TimeProvider.System, NullLogger<Wakeups>.Instance),
            NullLogger<AskMollie>.Instance);
    }

    public TestSystem System { get; }

    public MollieClient Mollie { get; }

    public ApplyPayment Apply { get; }

    public AskMollie Ask { get; }

    public TestDatabase Database => System.Database;

    public static async Task<PaymentBench> StartAsync() => new(await TestSystem.StartAsync(Hosts.Sandbox));

    /// <param name="link">A link that has had payments before, or null for a new one.</param>
    public async Task<Begun> BeginAsync(Guid? link = null, string? cardToken = null)
    {
        var begun = new Begun(link ?? Guid.CreateVersion7(), Guid.CreateVersion7());
        var request = MollieClient.Write(new NewMolliePayment(
            new MollieAmount("EUR", "49.90"), "Ordine 1042", "http://127.0.0.1:9/result", "http://127.0.0.1:9/result",
            "http://127.0.0.1:9/callbacks/mollie/x", "creditcard", cardToken ?? await System.Sandbox.CardTokenAsync(),
                "it_IT",
            new MollieMetadata(PublicId.Format(PublicId.Link, begun.Link), begun.PublicId)));
        await using var transaction = await Database.App.BeginAsync(System.MerchantId);
        await transaction.Connection.ExecuteAsync(BeginSql, new
        {
            begun.Link,
            begun.Payment,
            Hash = _vault.Hash(begun.PublicId),
            Request = _vault.Seal(request, AskMollie.RequestPurpose(begun.Payment)),
        });
        await transaction.CommitAsync();
        return begun;
    }

    public Task<AskedPayment> AskAsync(Begun begun) => Ask.AboutAsync(System.MerchantId, begun.Payment, default);

    /// <summary>Writes down an answer of Mollie's as if it had just been fetched.</summary>
    public async Task<PaymentStatus> ApplyAsync(Begun begun, MolliePayment fetched)
    {
        await using var transaction = await Database.App.BeginAsync(System.MerchantId);
        var applied = await Apply.ApplyAsync(
            transaction, new FetchedPayment(begun.Payment, fetched, SeenPollAt: null));
        await transaction.CommitAsync();
        return applied[begun.Payment];
    }

    /// <summary>What Mollie says of the payment right now.</summary>
    public async Task<MolliePayment> FetchAsync(Begun begun)
    {
        var answer = await Mollie.GetPaymentAsync(TestSystem.MollieKey, (await BookingAsync(begun)).Id, default);
        return ((MollieAnswer<MolliePayment>.Done)answer).Value;
    }

    /// <summary>What the customer does at the bank.</summary>
    public async Task CompleteAsync(Begun begun, string status, string? failureReason = null) =>
        await System.Sandbox.CompleteAsync(await BookingAsync(begun), status, failureReason);

    public async Task<MollieBooking> BookingAsync(Begun begun) => (await BookingsAsync(begun)).Single();

    /// <summary>What Mollie's books hold of this payment of ours.</summary>
    public async Task<IReadOnlyList<MollieBooking>> BookingsAsync(Begun begun) =>
        [.. (await System.Sandbox.PaymentsAsync()).Where(booking => booking.IsOf(begun.PublicId))];

    public Task<string> LinkStatusAsync(Begun begun) =>
        Database.ReadAsync<string>("select status from link where id = @Link", begun);

    public Task<string> PaymentStatusAsync(Begun begun) =>
        Database.ReadAsync<string>("select status from payment where id = @Payment", begun);

    public Task<IReadOnlyList<string>> EventsAsync(Begun begun) =>
        Database.QueryAsync<string>("select type from event where link_id = @Link order by sequence", begun);

    /// <summary>The messages to customer and merchant, by purpose.</summary>
    public Task<IReadOnlyList<string>> MessagesAsync(Begun begun) =>
        Database.QueryAsync<string>("select purpose from message where link_id = @Link order by purpose", begun);

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await System.DisposeAsync();
    }
}
