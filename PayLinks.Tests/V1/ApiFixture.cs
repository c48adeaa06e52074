using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Dapper;
using PayLinks.Api.V1;
using PayLinks.Core;
using PayLinks.Core.Database;
using PayLinks.Core.Secrets;
using PayLinks.Tests.Infrastructure;

namespace PayLinks.Tests.V1;

/// <summary>A problem as a caller reads it.</summary>
public sealed record SeenProblem(
    string Type, string Title, int Status, string Detail, string Code, IReadOnlyList<SeenError> Errors,
    string RequestId);

public sealed record SeenError(string Pointer, string Code, string Detail);

/// <summary>The API alone, over a database of the fixture's own.</summary>
public abstract class ApiFixture
{
    protected TestSystem Paylinks { get; private set; } = null!;

    protected Merchant Merchant => Paylinks.Merchant;

    protected virtual Hosts Needed => Hosts.Api;

    protected virtual IReadOnlyDictionary<string, string> Settings =>
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["Limits:RequestsPerSecond"] = "100000",
            ["Limits:RequestsBurst"] = "100000",
        };

    [OneTimeSetUp]
    public async Task StartAsync() => Paylinks = await TestSystem.StartAsync(Needed, Settings);

    [OneTimeTearDown]
    public async Task StopAsync() => await (Paylinks?.DisposeAsync() ?? ValueTask.CompletedTask);

    /// <summary>Posts bytes as they are.</summary>
    protected async Task<HttpResponseMessage> PostRawAsync(
        string path, byte[] body, string? contentType = "application/json", string? idempotencyKey = null)
    {
        var content = new ByteArrayContent(body);
        if (contentType is not null)
        {
            content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        }

        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = content };
        if (idempotencyKey is not null)
        {
            request.Headers.TryAddWithoutValidation("Idempotency-Key", idempotencyKey);
        }

        return await Merchant.Http.SendAsync(request);
    }

    protected Task<HttpResponseMessage> PostRawAsync(string path, string body, string? idempotencyKey = null) =>
        PostRawAsync(path, Encoding.UTF8.GetBytes(body), idempotencyKey: idempotencyKey);

    /// <summary>Reads a problem and checks what all problems have in common.</summary>
    protected static async Task<SeenProblem> ProblemAsync(HttpResponseMessage response)
    {
        var text = await response.Content.ReadAsStringAsync();
        Assert.That(response.Content.Headers.ContentType?.MediaType, Is.EqualTo("application/problem+json"), text);
        Assert.That(text, Has.Length.LessThanOrEqualTo(8 * 1024));
        var problem = JsonSerializer.Deserialize<SeenProblem>(text, JsonSerializerOptions.Web)!;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(problem.Status, Is.EqualTo((int)response.StatusCode));
            Assert.That(problem.Type, Does.EndWith("/docs/errors/" + problem.Code));
            Assert.That(problem.Title, Is.Not.Empty);
            Assert.That(problem.Detail, Is.Not.Empty);
            Assert.That(problem.RequestId, Is.EqualTo(response.Headers.GetValues("X-Request-Id").Single()));
            Assert.That(problem.Errors.Select(error => error.Detail), Has.All.Not.Empty);
        }

        return problem;
    }

    /// <summary>Everything that a refused request could have left behind.</summary>
    protected Task<int> RowsAsync() => Paylinks.Database.ReadAsync<int>(
        """
        select ((select count(*) from link) + (select count(*) from message) + (select count(*) from event)
            + (select count(*) from idempotency))::int
        """);

    /// <summary>An API key of another kind, or of another merchant.</summary>
    protected async Task<Merchant> AddKeyAsync(
        string mode = "test", string[]? scopes = null, bool isOfAnotherMerchant = false)
    {
        var merchantId = isOfAnotherMerchant ? Guid.CreateVersion7() : Paylinks.MerchantId;
        var key = $"plk_{mode}_" + System.Security.Cryptography.RandomNumberGenerator.GetString(Base32.Alphabet, 32);
        await using var transaction = await Paylinks.Database.App.BeginAsync(merchantId);
        if (isOfAnotherMerchant)
        {
            await transaction.Connection.ExecuteAsync(
                """
                insert into merchant (id, name, country, language, time_zone, currency, email, sms_sender, email_from)
                values (@merchantId, 'Cartoleria Verdi', 'IT', 'it', 'Europe/Rome', 'EUR', 'verdi@example.test',
                    'VERDI', 'verdi@example.test')
                """,
                new { merchantId });
        }

        await transaction.Connection.ExecuteAsync(
            """
            insert into api_key (merchant_id, id, mode, name, key_hash, scopes)
            values (@merchantId, @Id, @mode, 'of a test', @Hash, @Scopes)
            """,
            new
            {
                merchantId,
                Id = Guid.CreateVersion7(),
                mode,
                Hash = new Vault(TestSystem.MasterKey).Hash(key),
                Scopes = scopes ?? Scopes.All.ToArray(),
            });
        await transaction.CommitAsync();
        return new Merchant(Paylinks.ApiUrl, key);
    }
}
