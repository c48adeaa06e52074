#if DEBUG
using System.Collections.Concurrent;
using System.Diagnostics;
using PayLinks.Tests.Infrastructure;

namespace PayLinks.Tests.Torture;

/// <summary>
/// Every fail point, each way to fail, at the first and the second hit, in real processes: people go on asking, another
/// process takes over, and in the end each link has one text and one payment, and all three books agree.
/// </summary>
public sealed class DyingHostTests
{
    private static readonly string[] ApiPoints =
    [
        "answer.kept", "link.to-create", "link.to-extend", "link.to-cancel",
        "payment.to-begin", "payment.begun", "payment.to-create", "payment.created", "payment.to-apply",
        "payment.applied", "payment.unknown", "payment.to-cancel", "payment.canceled", "payment.set-aside",
        "callback.payment-stored", "callback.message-stored",
    ];

    private static readonly string[] WorkerPoints = [.. FailPoint.Names.Except(ApiPoints)];

    // Without getting to a point that had not been hit.
    private static readonly TimeSpan PatienceMax = TimeSpan.FromMinutes(10);

    // One that hangs is left alone for so long after it got to its last point, and then ended. What a round waits for
    // may be held up by it, so in the middle of one it is ended, too: later, because it may just have been started.
    private static readonly TimeSpan HangFor = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan HangInARoundFor = TimeSpan.FromSeconds(20);

    private static readonly Dictionary<string, string> Quickly = new(TestSystem.WideOpen, StringComparer.Ordinal)
    {
        ["Sending:LeaseSeconds"] = "3",
        ["Sending:ProviderSeconds"] = "2",
        ["Sending:WaitMaxSeconds"] = "2",
        ["Sending:EveryMilliseconds"] = "100",
        ["Sending:LookUpEveryMilliseconds"] = "100",
        ["Sending:LookUpAfterErrorMilliseconds"] = "200",
        ["Sending:LookUpAfterSilenceMilliseconds"] = "3000",
        ["Reconciliation:LeaseSeconds"] = "3",
        ["Reconciliation:EveryMilliseconds"] = "100",
        ["Reconciliation:ExpireAgainSeconds"] = "1",
        ["Reconciliation:SettleSeconds"] = "0",
        ["Notices:AllowAddresses:0"] = "127.0.0.1/32",
        ["Notices:LeaseSeconds"] = "5",
        ["Notices:ExchangeSeconds"] = "2",
        ["Notices:EveryMilliseconds"] = "100",
        ["Notices:RetryAfterSeconds:0"] = "1",
        ["Notices:RetryAfterSeconds:1"] = "2",
        ["Notices:RetryAfterSeconds:2"] = "4",
        ["Polling:FirstSeconds:0"] = "1",
        ["Polling:FirstSeconds:1"] = "2",
        ["Polling:FirstSeconds:2"] = "3",
        ["Polling:FirstSeconds:3"] = "4",
        ["Polling:ThenEverySeconds"] = "1",
        ["Polling:FinallyEverySeconds"] = "1",
    };

    // The whole matrix takes its time: one cell runs each time, all six when the environment says so.
    private static IEnumerable<TestCaseData> Cells =>
        from action in new[] { "throw", "kill", "hang" }
        from hit in new[] { 1, 2 }
        where (action, hit) == ("throw", 1) || Environment.GetEnvironmentVariable("PAYLINKS_FAIL_MATRIX") == "all"
        select new TestCaseData(action, hit);

    [TestCaseSource(nameof(Cells))]
    public async Task Wherever_a_host_stops_nothing_is_lost_and_nothing_is_done_twice(string action, int hit)
    {
        await using var system = await TestSystem.StartAsync(Hosts.Sandbox, Quickly);
        using var shop = new Shop(system, patience: TimeSpan.FromMinutes(3));
        await using var rounds = new Rounds(system, shop);
        // Before anything can go wrong, so that the first hits are those of links and payments.
        await using (new Supervised("PayLinks.Api", system.ApiArguments()))
        {
            await rounds.ListenAsync();
        }

        await using (var api = new Doomed("PayLinks.Api", system.ApiArguments(), ApiPoints, action, hit))
        await using (var worker = new Doomed("PayLinks.Worker", system.WorkerArguments(), WorkerPoints, action, hit))
        {
            async Task EndWhoHangsAsync(TimeSpan after)
            {
                await api.EndIfItHangsAsync(after);
                await worker.EndIfItHangsAsync(after);
            }

            var (fewest, since) = (int.MaxValue, 0L);
            while (api.Left.Concat(worker.Left).ToList() is { Count: > 0 } left)
            {
                (fewest, since) = left.Count < fewest ? (left.Count, Stopwatch.GetTimestamp()) : (fewest, since);
                Assert.That(
                    Stopwatch.GetElapsedTime(since), Is.LessThan(PatienceMax), $"never hit: {string.Join(' ', left)}");
                var round = rounds.RunAsync();
                using var second = new PeriodicTimer(TimeSpan.FromSeconds(1));
                while (action == "hang" && !round.IsCompleted)
                {
                    await EndWhoHangsAsync(HangInARoundFor);
                    await Task.WhenAny(round, second.WaitForNextTickAsync().AsTask());
                }

                await round;
                if (action == "hang")
                {
                    await EndWhoHangsAsync(HangFor);
                }
            }
        }

        await using var calmApi = new Supervised("PayLinks.Api", system.ApiArguments());
        await using var calmWorker = new Supervised("PayLinks.Worker", system.WorkerArguments());
        await rounds.AssertAllIsRightAsync();
    }

    /// <summary>A host with a plan for its end at each of its points, until all have been hit.</summary>
    private sealed class Doomed : IAsyncDisposable
    {
        private const string Word = "fail point ";

        private readonly IReadOnlyList<string> _points;
        private readonly ConcurrentDictionary<string, byte> _hit = new(StringComparer.Ordinal);
        private readonly Supervised _host;
        private long _lastSeen = Stopwatch.GetTimestamp();

        public Doomed(
            string project, IReadOnlyList<string> arguments, IReadOnlyList<string> points, string action, int hit)
        {
            _points = points;
            _host = new Supervised(project, arguments, () => new Dictionary<string, string>(StringComparer.Ordinal)
            {
                [FailPoint.Variable] = string.Join(
                    ',', points.Where(point => !_hit.ContainsKey(point)).Select(point => $"{point}:{hit}:{action}")),
            });
            _host.Died += Note;
        }

        public IEnumerable<string> Left
        {
            get
            {
                Note(_host.Running);
                return _points.Where(point => !_hit.ContainsKey(point));
            }
        }

        /// <summary>Kills a host that hangs somewhere and has been given time to get to other points.</summary>
        public async Task EndIfItHangsAsync(TimeSpan after)
        {
            if (Left.Any() && Stopwatch.GetElapsedTime(Volatile.Read(ref _lastSeen)) > after)
            {
                await _host.KillAsync();
                Volatile.Write(ref _lastSeen, Stopwatch.GetTimestamp());
            }
        }

        public ValueTask DisposeAsync() => _host.DisposeAsync();

        private void Note(HostProcess process)
        {
            foreach (var line in process.Complaints.Where(line => line.StartsWith(Word, StringComparison.Ordinal)))
            {
                if (_hit.TryAdd(line[Word.Length..], 0))
                {
                    Volatile.Write(ref _lastSeen, Stopwatch.GetTimestamp());
                }
            }
        }
    }
}
#endif
