using Dapper;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using PayLinks.Core.Database;
using PayLinks.Core.Events;
using PayLinks.Core.Hosting;
using PayLinks.Core.Links;
using PayLinks.Core.Messages;
using PayLinks.Core.Mollie;
using PayLinks.Core.Secrets;
using PayLinks.Tests.Infrastructure;
using PayLinks.Worker;
using PayLinks.Worker.Sending;

namespace PayLinks.Tests.Sending;

/// <summary>
/// The worker with its jobs laid out to be run pass by pass, so that a test decides what happens when; over a database
/// of its own and a sandbox.
/// </summary>
internal sealed class Bench : IAsyncDisposable
{
    public const string Phone = "+393471234567";
    public const string Address = "anna@example.test";

    private readonly TestSystem _system;
    private readonly WebApplication _worker;

    private Bench(TestSystem system)
    {
        _system = system;
        _worker = Worker.Program.Build(system.WorkerArguments());
        _worker.Services.GetRequiredService<ILoggerFactory>().AddProvider(system.Logs);
    }

    public TestDatabase Database => _system.Database;

    public SandboxBooks Sandbox => _system.Sandbox;

    public CapturedLogs Logs => _system.Logs;

    public string ApiUrl => _system.ApiUrl;

    public string SandboxUrl => _system.SandboxUrl;

    /// <summary>The arguments that let a worker process run against this bench.</summary>
    public IReadOnlyList<string> WorkerArguments => _system.WorkerArguments();

    public Guid MerchantId => _system.MerchantId;

    public Vault Vault => _worker.Services.GetRequiredService<Vault>();

    public static async Task<Bench> StartAsync(
        Hosts hosts = Hosts.Sandbox, IReadOnlyDictionary<string, string>? settings = null)
    {
        var bench = new Bench(await TestSystem.StartAsync(hosts, settings));
        await bench.SetProfileAsync();
        return bench;
    }

    public T Get<T>()
        where T : notnull => _worker.Services.GetRequiredService<T>();

    /// <summary>A job made of the worker's parts and these.</summary>
    public T Make<T>(params object[] parts) => ActivatorUtilities.CreateInstance<T>(_worker.Services, parts);

    /// <summary>Lets the jobs run by themselves, as in production.</summary>
    public Task StartWorkerAsync() => _worker.StartAsync();

    /// <summary>What SIGTERM does.</summary>
    public Task StopWorkerAsync() => _worker.StopAsync();

    /// <summary>An address of the worker's management port.</summary>
    public string ManagementUrl(string path) => _worker.Urls.Single() + path;

    /// <summary>Runs a pass of the job and all that it began.</summary>
    public async Task<bool> RunAsync<TJob>()
        where TJob : IJob => await RunAsync(Get<TJob>());

    public static async Task<bool> RunAsync(IJob job)
    {
        var hasMore = await job.RunOnceAsync(CancellationToken.None);
        await job.FinishAsync();
        return hasMore;
    }

    public async Task DeliverAsync(MessageChannel channel = MessageChannel.Sms) =>
        await RunAsync(_worker.Services.GetRequiredKeyedService<DeliverMessages>(channel));

    public Task MoveClockAsync(TimeSpan ahead) => _system.MoveClockAsync(ahead);

    /// <summary>A link as the API makes it.</summary>
    public async Task<Guid> NewLinkAsync(string locale = "it-IT", string? reference = "1042", TimeSpan? lifetime = null)
    {
        var id = Guid.CreateVersion7();
        var token = LinkToken.New("p").Value;
        await using var transaction = await Database.App.BeginAsync(MerchantId);
        await transaction.Connection.ExecuteAsync(
            """
            insert into link (merchant_id, id, mode, token_hash, token_cipher, amount_minor, currency, description,
                reference, customer_name, customer_phone, customer_email, locale, created_at, created_by,
                expires_at, expiry_due_at)
            values (@MerchantId, @id, 'test', @Hash, @Cipher, 4990, 'EUR', 'Ordine 1042: trapano', @reference,
                'Anna', @Phone, @Address, @locale, paylinks_now(), 'key_1',
                paylinks_now() + @Lifetime, paylinks_now() + @Lifetime)
            """,
            new
            {
                MerchantId,
                id,
                Hash = Vault.Hash(token),
                Cipher = Vault.Seal(token, LinkToken.Purpose(id)),
                reference,
                Phone,
                Address,
                locale,
                Lifetime = lifetime ?? TimeSpan.FromDays(3),
            });
        await transaction.RecordAsync(new NewEvent(id, EventTypes.LinkCreated, "key_1"));
        await transaction.CommitAsync();
        return id;
    }

    public async Task<Guid> QueueAsync(
        Guid linkId,
        MessageChannel channel = MessageChannel.Sms,
        MessagePurpose purpose = MessagePurpose.Link,
        string? recipient = null,
        string locale = "it-IT",
        MessageLane lane = MessageLane.Api,
        bool mayFallBack = false,
        bool onCall = false)
    {
        await using var transaction = await Database.App.BeginAsync(MerchantId);
        var id = await transaction.QueueAsync(
            new NewMessage(
                linkId, "test", channel, purpose,
                recipient ?? (channel == MessageChannel.Sms ? Phone : Address),
                locale, lane, MayFallBack: mayFallBack, OnCall: onCall),
            Vault, Get<PayLinksOptions>());
        await transaction.CommitAsync();
        return id;
    }

    /// <summary>Queues the text message of a new link.</summary>
    public async Task<Guid> QueueSmsAsync(string? recipient = null) =>
        await QueueAsync(await NewLinkAsync(), recipient: recipient);

    public async Task<string> UrlOfAsync(Guid linkId)
    {
        var cipher = await Database.ReadAsync<byte[]>(
            "select token_cipher from link where id = @linkId", new { linkId });
        return $"{ApiUrl}/p/{Vault.OpenText(cipher, LinkToken.Purpose(linkId))}";
    }

    public async Task<string> CallbackKeyOfAsync(Guid messageId)
    {
        var cipher = await Database.ReadAsync<byte[]>(
            "select callback_key_cipher from message where id = @messageId", new { messageId });
        return Vault.OpenText(cipher, QueueMessage.CallbackKeyPurpose(messageId));
    }

    public Task<string> StatusOfAsync(Guid messageId) =>
        Database.ReadAsync<string>("select status from message where id = @messageId", new { messageId });

    public Task<string?> ReasonOfAsync(Guid messageId) =>
        Database.ReadAsync<string?>("select reason from message where id = @messageId", new { messageId });

    /// <summary>Opts a recipient out, or in again.</summary>
    public Task OptOutAsync(MessageChannel channel, string recipient, bool isBack = false) => Database.ExecuteAsync(
        """
        insert into opt_out (merchant_id, channel, recipient, source, opted_out_at, opted_in_at)
        values (@MerchantId, @Channel, @recipient, 'page', now(), case when @isBack then now() end)
        """,
        new { MerchantId, Channel = channel.ToText(), recipient, isBack });

    public Task<string> LinkStatusAsync(Guid linkId) =>
        Database.ReadAsync<string>("select status from link where id = @linkId", new { linkId });

    /// <summary>The types of the events of a message's link, in their order.</summary>
    public Task<IReadOnlyList<string>> EventsOfMessageAsync(Guid messageId) => Database.QueryAsync<string>(
        "select type from event where link_id = (select link_id from message where id = @messageId) order by sequence",
        new { messageId });

    public Task<IReadOnlyList<string>> EventsOfLinkAsync(Guid linkId) => Database.QueryAsync<string>(
        "select type from event where link_id = @linkId order by sequence", new { linkId });

    /// <summary>Lets time pass until what waits is due, without waiting.</summary>
    public Task MakeDueAsync() => Database.ExecuteAsync(
        "update message set due_at = now() - interval '1 second' where status in ('queued', 'unknown')");

    public async ValueTask DisposeAsync()
    {
        await _worker.DisposeAsync();
        await _system.DisposeAsync();
    }

    // The sandbox gives each key a profile of its own, and a payment of another profile is another merchant's.
    private async Task SetProfileAsync()
    {
        var answer = await Get<MollieClient>().GetProfileAsync(TestSystem.MollieKey, CancellationToken.None);
        var profile = ((MollieAnswer<MollieProfile>.Done)answer).Value.Id;
        await Database.ExecuteAsync("update mollie_account set profile_id = @profile", new { profile });
    }
}
