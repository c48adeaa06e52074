using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Dapper;
using PayLinks.Core;
using PayLinks.Core.Database;
using PayLinks.Core.Links;
using PayLinks.Core.Secrets;
using PayLinks.Tests.Infrastructure;

namespace PayLinks.Tests.Pay;

/// <summary>A link as a customer has it.</summary>
/// <param name="Url">Its page.</param>
public sealed record CustomersLink(Guid Id, string Url);

/// <summary>API and sandbox, no worker: what these tests see is done by the customer's own requests.</summary>
public abstract class PayFixture
{
    private const string ThreeWays =
        """
        [{"method": "applepay", "fromMinor": 1}, {"method": "paypal", "fromMinor": 1, "toMinor": 800000},
         {"method": "satispay", "fromMinor": 10000, "toMinor": 500000}]
        """;

    private readonly Vault _vault = new(TestSystem.MasterKey);

    protected TestSystem Paylinks { get; private set; } = null!;

    protected virtual IReadOnlyDictionary<string, string> Settings =>
        new Dictionary<string, string>(StringComparer.Ordinal);

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        Paylinks = await TestSystem.StartAsync(Hosts.ApiAndSandbox, Settings);
        using var mollie = new HttpClient();
        mollie.DefaultRequestHeaders.Add("Authorization", "Bearer " + TestSystem.MollieKey);
        var profile = await mollie.GetFromJsonAsync<JsonElement>(Paylinks.SandboxUrl + "/v2/profiles/me");
        await Paylinks.Database.ExecuteAsync(
            "update mollie_account set profile_id = @id", new { id = profile.GetProperty("id").GetString() });
    }

    [OneTimeTearDown]
    public async Task StopAsync() => await (Paylinks?.DisposeAsync() ?? ValueTask.CompletedTask);

    /// <summary>Writes a link down as if it had been created a moment ago.</summary>
    protected async Task<CustomersLink> NewLinkAsync(
        string locale = "it-IT", long amountMinor = 4990, string? returnUrl = null, TimeSpan? expiresIn = null,
        string description = "Ordine 1042: trapano")
    {
        var id = Guid.CreateVersion7();
        var token = LinkToken.New("p");
        await using var transaction = await Paylinks.Database.App.BeginAsync(Paylinks.MerchantId);
        await transaction.Connection.ExecuteAsync(
            """
            insert into link (merchant_id, id, mode, token_hash, token_cipher, amount_minor, currency, description,
                reference, customer_email, locale, created_at, created_by, expires_at, return_url, expiry_due_at)
            values (paylinks_merchant(), @id, 'test', @Hash, @Cipher, @amountMinor, 'EUR', @description,
                '1042', 'anna@example.test', @locale, paylinks_now(), 'key_test', paylinks_now() + @lifetime,
                @returnUrl, paylinks_now() + @lifetime)
            """,
            new
            {
                id,
                Hash = _vault.Hash(token.Value),
                Cipher = _vault.Seal(token.Value, LinkToken.Purpose(id)),
                amountMinor,
                description,
                locale,
                lifetime = expiresIn ?? TimeSpan.FromDays(3),
                returnUrl,
            });
        await transaction.CommitAsync();
        return new CustomersLink(id, $"{Paylinks.ApiUrl}/p/{token.Value}");
    }

    /// <summary>As if the worker had just been told so by Mollie.</summary>
    protected Task OfferAsync(string methods = ThreeWays) => Paylinks.Database.ExecuteAsync(
        """
        delete from method_list;
        insert into method_list (merchant_id, mode, currency, profile_id, methods, told_at)
        select merchant_id, mode, 'EUR', profile_id, @methods::jsonb, paylinks_now() from mollie_account
        """,
        new { methods });

    protected Task<string> StatusOfAsync(CustomersLink link) =>
        Paylinks.Database.ReadAsync<string>("select status from link where id = @Id", link);

    protected Task<int> PaymentsOfAsync(CustomersLink link) =>
        Paylinks.Database.ReadAsync<int>("select count(*)::int from payment where link_id = @Id", link);

    protected async Task<IReadOnlyList<string>> EventsOfAsync(CustomersLink link) =>
        await Paylinks.Database.QueryAsync<string>(
            "select type from event where link_id = @Id order by sequence", link);

    /// <summary>The customer at the bank: ends the link's newest payment there.</summary>
    protected async Task<MollieBooking> AtTheBankAsync(CustomersLink link, string status, string? failureReason = null)
    {
        var payment = await BookingOfAsync(link);
        await Paylinks.Sandbox.CompleteAsync(payment, status, failureReason);
        return payment;
    }

    protected async Task<MollieBooking> BookingOfAsync(CustomersLink link)
    {
        var mollieId = await Paylinks.Database.ReadAsync<string>(
            "select mollie_id from payment where link_id = @Id order by id desc limit 1", link);
        return (await Paylinks.Sandbox.PaymentsAsync()).Single(payment => payment.Id == mollieId);
    }

    protected async Task<int> CountAtMollieAsync(CustomersLink link)
    {
        var ours = PublicId.Format(PublicId.Link, link.Id);
        return (await Paylinks.Sandbox.PaymentsAsync()).Count(payment => payment.IsOf(ours));
    }

    /// <summary>Opens the link, pays with a card, and is sent on to the bank.</summary>
    protected async Task<SeenPage> PayAsync(Customer customer, CustomersLink link, string card = SandboxBooks.GoodCard)
    {
        var answer = await customer.PayAsync(link.Url, await Paylinks.Sandbox.CardTokenAsync(card));
        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.SeeOther), answer.Html);
        return answer;
    }

    /// <summary>Goes on with the payment under way, which asks Mollie, as the worker does on a callback.</summary>
    protected static async Task<SeenPage> ContinueAsync(Customer customer, CustomersLink link) =>
        await customer.SubmitAsync(await customer.OpenAsync(link.Url), "/pay");
}
