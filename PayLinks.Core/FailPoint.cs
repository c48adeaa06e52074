#if DEBUG
using System.Diagnostics;
using System.Globalization;

namespace PayLinks.Core;

/// <summary>
/// Places where a test lets this process die, an operation throw, or a thread hang: wherever a power cut hurts most.
/// The environment variable <see cref="Variable"/> holds <c>name:nth:action</c>, several between commas; without it
/// nothing ever happens. Exists in Debug builds alone: in others the word stands for
/// <see cref="System.Diagnostics.Debug"/>, whose <c>Fail</c> the compiler leaves out (Directory.Build.props).
/// </summary>
public static class FailPoint
{
    public const string Variable = "PAYLINKS_FAIL";

    private static readonly Dictionary<string, Plan> Plans =
        (Environment.GetEnvironmentVariable(Variable) ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries)
        .Select(plan => plan.Split(':'))
        .ToDictionary(
            plan => plan[0],
            plan => new Plan(int.Parse(plan[1], CultureInfo.InvariantCulture), plan[2]),
            StringComparer.Ordinal);

    /// <summary>Every point there is; each stands in the code once.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        "answer.kept",
        "link.to-create", "link.to-extend", "link.to-cancel", "link.leased", "link.to-expire",
        "payment.to-begin", "payment.begun", "payment.to-create", "payment.created", "payment.to-apply",
        "payment.applied", "payment.unknown", "payment.looked-up", "payment.to-cancel", "payment.canceled",
        "payment.set-aside", "payment.to-quarantine", "payment.leased",
        "refund.to-request", "refund.leased", "refund.begun", "refund.created", "refund.applied", "refund.unknown",
        "refund.looked-up",
        "message.leased", "message.to-send", "message.sent", "message.to-write", "message.written",
        "message.given-up", "message.looked-up", "message.to-suppress",
        "fallback.leased", "fallback.to-queue", "reminder.leased", "reminder.to-queue",
        "dispute.applied",
        "notice.leased", "notice.to-post", "notice.posted", "notice.to-write", "notice.written", "notice.given-up",
        "reconciliation.opened", "reconciliation.to-finish", "reconciliation.finished",
        "callback.payment-stored", "callback.message-stored", "callback.to-apply", "callback.applied",
    ];

    /// <summary>Does what was planned for this point, at the hit it was planned for.</summary>
    public static void Fail(string name)
    {
        if (!Plans.TryGetValue(name, out var plan) || Interlocked.Increment(ref plan.Hits) != plan.Nth)
        {
            return;
        }

        // Written before dying, and unbuffered: whoever started this process waits for it.
        Console.Error.WriteLine($"fail point {name}");
        switch (plan.Action)
        {
            case "kill":
                Process.GetCurrentProcess().Kill();
                break;
            case "hang":
                // A task, because the thread pool makes up for a thread that waits for one.
                new TaskCompletionSource().Task.Wait();
                break;
            default:
                throw new InvalidOperationException($"Fail point {name}.");
        }
    }

    private sealed class Plan(int nth, string action)
    {
        public int Hits;

        public int Nth => nth;

        public string Action => action;
    }
}
#endif
