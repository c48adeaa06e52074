using System.Net.Http.Headers;
using System.Net.Http.Json;
using PayLinks.Tests.Infrastructure;
using PayLinks.Tests.Sending;
using PayLinks.Worker.Reconciliation;

namespace PayLinks.Tests.Reconciliation;

/// <summary>A bench whose callbacks from Mollie are all lost, and somebody else who uses the merchant's key.</summary>
public abstract class ReconciliationFixture
{
    private HttpClient _mollie = null!;

    private protected Bench Bench { get; private set; } = null!;

    [SetUp]
    public async Task StartAsync()
    {
        Bench = await Bench.StartAsync();
        await Bench.Sandbox.CallbacksAsync("mollie", "drop");
        _mollie = new HttpClient { BaseAddress = new Uri(Bench.SandboxUrl) };
        _mollie.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", TestSystem.MollieKey);
    }

    [TearDown]
    public async Task StopAsync()
    {
        _mollie.Dispose();
        await Bench.DisposeAsync();
    }

    /// <summary>A payment that was paid, and of which we know.</summary>
    protected async Task<Guid> PaidAsync()
    {
        var payment = await Bench.BeginPaymentAsync(await Bench.NewLinkAsync());
        await Bench.RunAsync<PollPayments>();
        await Bench.CompleteAsync("paid");
        await SettleAsync();
        await Bench.RunAsync<PollPayments>();
        Assert.That(await Bench.PaymentStatusAsync(payment), Is.EqualTo("paid"));
        return payment;
    }

    protected Task SettleAsync() => Bench.MoveClockAsync(TimeSpan.FromSeconds(12));

    protected async Task MakeDueAsync() =>
        await Bench.Database.ExecuteAsync("update mollie_account set reconcile_at = paylinks_now()");

    /// <summary>Reconciles once all that happened has settled.</summary>
    /// <returns>The differences of the last report, in the order of the alphabet.</returns>
    protected async Task<IReadOnlyList<string>> ReconcileAsync()
    {
        await SettleAsync();
        return await ReconcileNowAsync();
    }

    protected async Task<IReadOnlyList<string>> ReconcileNowAsync()
    {
        await MakeDueAsync();
        await Bench.RunAsync<ReconcileAccounts>();
        return await Bench.Database.QueryAsync<string>(
            """
            select kind || ' ' || about from reconciliation_difference
            where reconciliation_id = (select id from reconciliation order by id desc limit 1)
            order by 1
            """);
    }

    /// <summary>Somebody else uses the merchant's key.</summary>
    protected Task OrderAtMollieAsync() => PostAsync("v2/payments", new
    {
        amount = new Amount("12.00", "EUR"),
        description = "Another shop",
        redirectUrl = "https://shop.example.test/",
    });

    protected async Task PostAsync(string path, object body)
    {
        using var answer = await _mollie.PostAsJsonAsync(path, body);
        Assert.That(answer.IsSuccessStatusCode, Is.True, await answer.Content.ReadAsStringAsync());
    }
}
