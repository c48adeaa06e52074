using PayLinks.Sandbox.Books;

namespace PayLinks.Sandbox.SendGrid;

/// <summary>
/// Takes an email to its end with an event at each step. Addresses of example.test called bounce, blocked, dropped,
/// deferred and spam meet what their names say; all others arrive.
/// </summary>
internal sealed class EmailMoves(Ledger books, SandboxClock clock, Agenda agenda, EventBatches events)
{
    private static readonly TimeSpan ProcessedAfter = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan EndedAfter = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan DeferredFor = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan ComplainedAfter = TimeSpan.FromMilliseconds(600);

    public void Begin(Message email) => GoOnInTime(email);

    /// <summary>Takes up the emails that an earlier run has left on their way.</summary>
    public void Resume() => books.Do(b =>
    {
        foreach (var email in b.Messages.OldestFirst().Where(message => message.Provider == Providers.SendGrid))
        {
            GoOnInTime(email);
        }
    });

    private void GoOnInTime(Message email)
    {
        var fate = FateOf(email.To);
        (TimeSpan After, string Status)? next = email.Status switch
        {
            "accepted" => (ProcessedAfter, fate == "dropped" ? "dropped" : "processed"),
            "processed" => (EndedAfter, fate switch
            {
                "bounce" => "bounced",
                "blocked" => "blocked",
                "deferred" => "deferred",
                _ => "delivered",
            }),
            "deferred" => (EndedAfter + DeferredFor, "delivered"),
            "delivered" when fate == "spam" => (ComplainedAfter, "spamreport"),
            _ => null,
        };

        if (next is { } step)
        {
            agenda.At(email.AcceptedAt + step.After, () => Move(email.Id, email.Status, step.Status));
        }
    }

    private void Move(string id, string from, string to) => books.Do(b =>
    {
        if (!b.Messages.TryFind(id, out var email) || email.Status != from)
        {
            return;
        }

        var moved = email with { Status = to, UpdatedAt = clock.Now };
        b.Messages.Put(moved);
        events.Add(moved);
        GoOnInTime(moved);
    });

    private static string FateOf(string address)
    {
        const string Domain = "@example.test";
        var name = address.ToLowerInvariant();
        name = name.EndsWith(Domain, StringComparison.Ordinal) ? name[..^Domain.Length] : "";
        return name is "bounce" or "blocked" or "dropped" or "deferred" or "spam" ? name : "arrives";
    }
}
