using PayLinks.Worker.Twilio;

namespace PayLinks.Worker.Sending;

/// <summary>What the provider's list says of one text of ours.</summary>
internal abstract record SmsFate
{
    private SmsFate()
    {
    }

    internal sealed record There(string ProviderId) : SmsFate;

    internal sealed record Absent : SmsFate;

    /// <summary>Something is there that may be ours and cannot be read: only a callback can tell.</summary>
    internal sealed record Unsure : SmsFate;
}

/// <summary>
/// Finds one of our texts among those that a provider has sent to its number. The link's address is in it, which nobody
/// else knows; a text without one must be the same to the letter.
/// </summary>
internal static class FindOurSms
{
    /// <param name="url">The link's address.</param>
    /// <param name="text">What we write now; after an extension it differs from what we wrote.</param>
    /// <param name="unbound">What was sent since our lease and belongs to no other message.</param>
    /// <param name="laterLeases">
    /// The ages of the leases of other messages, of this link to this number, that were leased after ours and whose
    /// fate is unknown too.
    /// </param>
    /// <param name="margin">How far two clocks may be apart.</param>
    public static SmsFate Find(
        string url, string text, IReadOnlyList<SentSms> unbound, IReadOnlyList<TimeSpan> laterLeases, TimeSpan margin)
    {
        var ours = unbound.Where(one => one.Body == text || one.Body.Contains(url, StringComparison.OrdinalIgnoreCase))
            .OrderBy(one => one.Age).ToList();
        // The same words went out for each of them: the latest text is the latest message's.
        foreach (var lease in laterLeases.Order())
        {
            if (ours.Find(one => one.Age <= lease + margin) is { } theirs)
            {
                ours.Remove(theirs);
            }
        }

        return (ours.Find(one => one.Body == text) ?? ours.FirstOrDefault()) is { } found
            ? new SmsFate.There(found.ProviderId)
            : unbound.Any(one => !one.Body.Any(char.IsLetterOrDigit))
                ? new SmsFate.Unsure()
                : new SmsFate.Absent();
    }
}
