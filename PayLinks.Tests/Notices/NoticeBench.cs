using PayLinks.Api.Links;
using PayLinks.Api.Notices;
using PayLinks.Core.Database;
using PayLinks.Core.Notices;
using PayLinks.Tests.Sending;
using PayLinks.Worker.Notices;

namespace PayLinks.Tests.Notices;

/// <summary>A worker whose passes the test runs, a program that is told, and endpoints between.</summary>
internal sealed class NoticeBench : IAsyncDisposable
{
    private NoticeBench(Bench worker, Hook hook)
    {
        Worker = worker;
        Hook = hook;
    }

    public Bench Worker { get; }

    public Hook Hook { get; }

    private Actor Actor => new(Worker.MerchantId, "test", "key_1");

    public static async Task<NoticeBench> StartAsync(params IEnumerable<(string Name, string Value)> settings)
    {
        var all = settings.Prepend(("Notices:AllowAddresses:0", "127.0.0.0/8"))
            .ToDictionary(setting => setting.Item1, setting => setting.Item2, StringComparer.Ordinal);
        return new NoticeBench(await Bench.StartAsync(settings: all), await Hook.StartAsync());
    }

    /// <summary>An endpoint at the hook's path.</summary>
    public async Task<(Guid Id, string Secret)> AddEndpointAsync(string path, params string[] events) =>
        await AddEndpointAsync(Hook, path, events);

    /// <summary>An endpoint at another program's path.</summary>
    public async Task<(Guid Id, string Secret)> AddEndpointAsync(Hook hook, string path, params string[] events)
    {
        var create = new CreateEndpoint(
            new CheckEndpoint(new NoticeAddresses { AllowAddresses = ["127.0.0.0/8"] }), Worker.Vault);
        await using var transaction = await Worker.Database.App.BeginAsync(Worker.MerchantId);
        var made = await create.ExecuteAsync(transaction, Actor, new EndpointDraft(hook.Url + path, events));
        await transaction.CommitAsync();
        return made is EndpointOutcome.Done { Endpoint.Id: var id, Secret: { } secret }
            ? (id, secret)
            : throw new AssertionException(made.ToString());
    }

    /// <summary>Does something with endpoints as the API does.</summary>
    public async Task<T> DoAsync<T>(Func<MerchantTransaction, Actor, Task<T>> work)
    {
        await using var transaction = await Worker.Database.App.BeginAsync(Worker.MerchantId);
        var result = await work(transaction, Actor);
        await transaction.CommitAsync();
        return result;
    }

    /// <summary>Runs a pass and all that it began.</summary>
    public Task DeliverAsync() => Worker.RunAsync<DeliverNotices>();

    public Task<IReadOnlyList<Notice>> NoticesAsync(Guid endpointId) => Worker.Database.QueryAsync<Notice>(
        """
        select status, attempt::int as attempt, leased, extract(epoch from due_at - paylinks_now())::int as due_in
        from notice where endpoint_id = @endpointId order by event_id
        """,
        new { endpointId });

    public async Task<Notice> NoticeAsync(Guid endpointId) => (await NoticesAsync(endpointId)).Single();

    public Task<IReadOnlyList<string>> OutcomesAsync(Guid endpointId) => Worker.Database.QueryAsync<string>(
        """
        select outcome || coalesce(' ' || status_code, '') from notice_attempt
        where endpoint_id = @endpointId order by id
        """,
        new { endpointId });

    /// <summary>What the log keeps of the answer to the only post.</summary>
    public async Task<string> AnswerAsync(Guid endpointId) =>
        (await DoAsync((transaction, _) => new ReadDeliveries(Worker.Vault).ExecuteAsync(transaction, endpointId, 10)))
        .Single().Answer!;

    public Task MakeDueAsync() => Worker.Database.ExecuteAsync(
        "update notice set due_at = paylinks_now() - interval '1 second' where status in ('pending', 'retry')");

    public async ValueTask DisposeAsync()
    {
        await Worker.DisposeAsync();
        await Hook.DisposeAsync();
    }
}

internal sealed record Notice(string Status, int Attempt, bool Leased, int DueIn);
