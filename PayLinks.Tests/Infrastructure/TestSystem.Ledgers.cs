using NUnit.Framework.Interfaces;
using PayLinks.Tests.Ledgers;

namespace PayLinks.Tests.Infrastructure;

public sealed partial class TestSystem
{
    private static readonly string[] MakeDueSql =
    [
        "update payment set poll_at = paylinks_now() where poll_at is not null",
        "update refund set due_at = paylinks_now() where due_at is not null",
        "update message set due_at = paylinks_now() where status in ('queued', 'unknown')",
        "update notice set due_at = paylinks_now() where status in ('pending', 'retry') and not leased",
        "select request_reconciliations()",
    ];

    private bool _isLeftAlone;

    /// <summary>What the merchant and the customers of this system were told.</summary>
    public Told Told { get; } = new();

    /// <summary>The whole system's ledgers are compared when it is disposed of; not those of this one.</summary>
    /// <param name="reason">Why they cannot agree: the test itself has falsified a ledger.</param>
    public void LeaveLedgersAlone(string reason)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        _isLeftAlone = true;
    }

    /// <summary>
    /// Ends what the test has ordered of trouble, lets things come to rest, and holds the three ledgers against each
    /// other.
    /// </summary>
    /// <param name="within">How long that may take; 30 seconds unless said otherwise.</param>
    /// <exception cref="AssertionException">An invariant does not hold; each is a sentence.</exception>
    public async Task CheckLedgersAsync(TimeSpan? within = null)
    {
        var violations = await CompareLedgersAsync(within ?? TimeSpan.FromSeconds(30));
        if (violations.Count > 0)
        {
            throw new AssertionException(
                $"The three ledgers do not agree:{Environment.NewLine}{string.Join(Environment.NewLine, violations)}");
        }
    }

    /// <summary>As <see cref="CheckLedgersAsync"/>, but says what does not hold.</summary>
    public async Task<IReadOnlyList<string>> CompareLedgersAsync(TimeSpan within)
    {
        var violations = await ThreeLedgers.CompareAsync(Database.SuperuserConnection, SandboxUrl, Told);
        if (violations.Count == 0)
        {
            return [];
        }

        await EndTroubleAsync();
        return await ThreeLedgers.CompareAtRestAsync(Database.SuperuserConnection, SandboxUrl, Told, within);
    }

    // A test that has failed has said what is wrong; its ledgers would only say it again.
    private Task CheckLedgersAtTheEndAsync() =>
        _hosts.Count == 3 && !_isLeftAlone
            && TestContext.CurrentContext.Result.Assertions.All(made => made.Status == AssertionStatus.Passed)
            ? CheckLedgersAsync()
            : Task.CompletedTask;

    // Whatever is due later is due now: nothing else is waited for than what would happen by itself.
    private async Task EndTroubleAsync()
    {
        foreach (var provider in new[] { "mollie", "twilio", "sendgrid" })
        {
            await Sandbox.FailAsync(provider, "*", "none");
            await Sandbox.CallbacksAsync(provider, "normal");
        }

        // One by one: together they would hold locks that the hosts take in another order.
        foreach (var statement in MakeDueSql)
        {
            await Database.ExecuteAsync(statement);
        }
    }
}
