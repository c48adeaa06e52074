using PayLinks.Tests.Sending;
using PayLinks.Worker.Reconciliation;

namespace PayLinks.Tests.Reconciliation;

/// <summary>The worker asks Mollie which ways to pay an account has, so that the customer's page need not.</summary>
public sealed class RefreshMethodsTests
{
    private Bench _bench = null!;

    [SetUp]
    public async Task StartAsync() => _bench = await Bench.StartAsync();

    [TearDown]
    public async Task StopAsync() => await _bench.DisposeAsync();

    [Test]
    public async Task An_account_with_open_links_is_asked_about_every_ten_minutes_in_each_of_their_currencies()
    {
        await _bench.RunAsync<RefreshMethods>();
        Assert.That(await MethodsAsync(), Is.Empty, "nobody looks at the page of an account without links");

        await _bench.NewLinkAsync();
        await _bench.Database.ExecuteAsync(
            "update link set currency = 'USD', amount_minor = 900000 where id = @id",
            new { id = await _bench.NewLinkAsync() });
        await _bench.RunAsync<RefreshMethods>();

        Assert.That(await MethodsAsync(), Is.EqualTo(new[]
        {
            "EUR applepay 1-1000000", "EUR paypal 1-800000", "EUR satispay 1-500000", "EUR bancomatpay 1-150000",
            "USD applepay 1-1000000",
        }), "in dollars PayPal does not take 9,000, and the others none");

        await _bench.Database.ExecuteAsync("update method_list set methods = '[]'");
        await _bench.RunAsync<RefreshMethods>();
        Assert.That(await MethodsAsync(), Is.Empty);
        await _bench.MoveClockAsync(TimeSpan.FromMinutes(10));
        await _bench.RunAsync<RefreshMethods>();
        Assert.That(await MethodsAsync(), Has.Count.EqualTo(5));
    }

    [TestCase("503")]
    [TestCase("garbled")]
    [TestCase("429")]
    public async Task While_Mollie_says_nothing_the_list_stays_and_is_asked_for_again_after_a_minute(string fault)
    {
        await _bench.NewLinkAsync();
        await _bench.RunAsync<RefreshMethods>();
        await _bench.MoveClockAsync(TimeSpan.FromMinutes(10));
        await _bench.Sandbox.FailAsync("mollie", "listMethods", fault, count: 10);

        await _bench.RunAsync<RefreshMethods>();
        Assert.That(await MethodsAsync(), Has.Count.EqualTo(4));
        await _bench.Sandbox.FailAsync("mollie", "listMethods", "none");
        await _bench.Database.ExecuteAsync("update method_list set methods = '[]'");
        await _bench.MoveClockAsync(TimeSpan.FromMinutes(1));
        await _bench.RunAsync<RefreshMethods>();

        Assert.That(await MethodsAsync(), Has.Count.EqualTo(4));
    }

    private Task<IReadOnlyList<string>> MethodsAsync() => _bench.Database.QueryAsync<string>(
        """
        select concat(currency, ' ', way ->> 'method', ' ', way ->> 'fromMinor', '-', way ->> 'toMinor')
        from method_list cross join jsonb_array_elements(methods) with ordinality as told (way, place)
        order by currency, place
        """);
}
