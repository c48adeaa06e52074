using Dapper;
using Npgsql;

namespace PayLinks.Bench;

/// <summary>
/// 2,000 payments of which Mollie calls back, 32 at a time, and says that they are paid: how many a second are written
/// down as paid, and what each costs, from the first callback on.
/// </summary>
internal sealed class SettleCase : ICase
{
    private const int Payments = 2000;
    private const int AtOnce = 32;

    // A receipt to the customer by SMS, a notice to the merchant by email.
    private const int MessagesOfPayment = 2;

    // Hosts that have just been started compile themselves more than they settle.
    private const int Before = 8;

    private const string PaidSql = "select count(*) from payment where status = 'paid'";

    // However it went: a worker that is starved of the processor loses a lease now and then.
    private const string ToldSql =
        """
        select count(*) from message
        where purpose in ('receipt', 'notice') and status not in ('queued', 'sending')
        """;

    public string Name => "settle";

    public string Meaning => "callback → paid";

    public async Task<Result> RunAsync(ISubject subject, Installation installation)
    {
        installation.Stub.Delay = TimeSpan.Zero;
        await subject.StartApiAsync();
        await using var worker = subject.StartSettler();
        for (var i = 0; i < Before; i++)
        {
            await SettleAsync(subject, installation, worker);
        }

        return await SettleAsync(subject, installation, worker);
    }

    private static async Task<Result> SettleAsync(ISubject subject, Installation installation, Hosted worker)
    {
        var load = await subject.LoadCallingBackAsync(Payments);
        using var mollie = new HttpClient { BaseAddress = new Uri(load.Url) };
        var cpu = Used();
        var began = TimeProvider.System.GetUtcNow();
        await Parallel.ForAsync(
            0, Payments, new ParallelOptions { MaxDegreeOfParallelism = AtOnce },
            async (place, _) =>
            {
                using var form = new FormUrlEncodedContent([new KeyValuePair<string, string>("id", $"tr_{place + 1}")]);
                using var answer = await mollie.PostAsync(load.Paths[place], form, CancellationToken.None);
                answer.EnsureSuccessStatusCode();
            });
        await using var connection = new NpgsqlConnection(installation.Migrations);
        await WaitUntilAsync(connection, PaidSql, Payments);
        // Customer and merchant are told meanwhile and after; that is part of what a payment costs.
        await WaitUntilAsync(connection, ToldSql, Payments * MessagesOfPayment);
        var ended = await connection.ExecuteScalarAsync<DateTime>("select max(paid_at) from payment");
        return new Result
        {
            PerSecond = Payments / (ended - began.UtcDateTime).TotalSeconds,
            Cpu = (Used() - cpu) / Payments,
        };

        TimeSpan Used() =>
            Cpu.Of(subject.ApiProcess) + Cpu.Of(worker.Id) + Cpu.OfPostgres(installation.Postmaster);
    }

    private static async Task WaitUntilAsync(NpgsqlConnection connection, string countSql, int wanted)
    {
        // Seldom, because counting costs too; when the last one was paid is written beside it.
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(250));
        while (await connection.ExecuteScalarAsync<long>(countSql) < wanted)
        {
            await timer.WaitForNextTickAsync();
        }
    }
}
