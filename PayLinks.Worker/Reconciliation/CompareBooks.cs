using PayLinks.Core.Payments;
using PayLinks.Core.Reconciliation;

namespace PayLinks.Worker.Reconciliation;

/// <summary>Something that the two sides do not say alike.</summary>
/// <param name="Ours">Before Mollie was asked again.</param>
internal sealed record Difference(
    DifferenceKind Kind, BookSubject About, string MollieId, Guid? LinkId, BookEntry? Ours, BookEntry? Theirs);

/// <summary>What a comparison has found so far.</summary>
internal sealed class Findings
{
    public Dictionary<BookSubject, int> Listed { get; } = new()
    {
        [BookSubject.Payment] = 0,
        [BookSubject.Refund] = 0,
        [BookSubject.Dispute] = 0,
    };

    public int Matched { get; set; }

    public List<Difference> Differences { get; } = [];
}

/// <summary>
/// Holds Mollie's books against ours, in both directions. Nothing is mended here: whatever differs is asked about
/// on the usual way, and said, whether or not that has helped.
/// </summary>
internal sealed class CompareBooks(
    ReadMollieBooks theirs, ReadOurBooks ours, AskMollie ask, ReconciliationOptions options)
{
    /// <param name="renew">Keeps the account's lease; called before each stretch of work.</param>
    /// <exception cref="BooksClosedException">Mollie did not let us read to the end.</exception>
    public async Task<Findings> RunAsync(
        Account account, string key, (DateTimeOffset Since, DateTimeOffset Until) period,
        Func<Task> renew, CancellationToken stop)
    {
        var findings = new Findings();
        var doubts = new List<Doubt>();
        foreach (var about in Enum.GetValues<BookSubject>())
        {
            var listed = new HashSet<string>(StringComparer.Ordinal);
            await renew();
            await foreach (var page in theirs.ListAsync(about, key, period.Since, stop))
            {
                // What has just happened may not have got here yet; the next comparison overlaps with this one.
                var settled = period.Until - TimeSpan.FromSeconds(options.SettleSeconds);
                var lines = page.Where(line => listed.Add(line.Id) && line.MovedAt <= settled).ToList();
                var known = await ours.FindAsync(account, about, lines, stop);
                var differing = lines
                    .Select(line => new Doubt(about, line, known.GetValueOrDefault(line.Id)))
                    .Where(doubt => doubt.Kind is not null)
                    .ToList();
                findings.Listed[about] += lines.Count;
                findings.Matched += lines.Count - differing.Count;
                doubts.AddRange(differing);
                await renew();
            }

            foreach (var unlisted in await ours.UnlistedAsync(account, about, period, listed, stop))
            {
                await renew();
                if (!await theirs.HasAsync(about, unlisted.Id, unlisted.MolliePaymentId, key, stop))
                {
                    findings.Differences.Add(new Difference(
                        DifferenceKind.Missing, about, unlisted.Id, unlisted.LinkId, unlisted.Entry, Theirs: null));
                }
            }
        }

        // Only now: the answer about one line may settle others, and each that was late is to be told.
        foreach (var doubt in doubts)
        {
            await ResolveAsync(account, doubt, findings, renew, stop);
        }

        return findings;
    }

    private async Task ResolveAsync(
        Account account, Doubt doubt, Findings findings, Func<Task> renew, CancellationToken stop)
    {
        // Twice, because the answer to a creation that is repeated under its key is the one of that time.
        var kind = doubt.Kind;
        for (var tries = 0; tries < 2 && kind is not null && doubt.Known?.PaymentId is { } payment; tries++)
        {
            await renew();
            if (!(await ask.AboutAsync(account.MerchantId, payment, stop)).Reached)
            {
                throw new BooksClosedException("mollie_unreachable");
            }

            var known = await ours.FindAsync(account, doubt.About, [doubt.Line], stop);
            kind = (doubt with { Known = known.GetValueOrDefault(doubt.Line.Id) }).Kind;
        }

        if (kind is null && doubt.Kind is DifferenceKind.Refunded or DifferenceKind.Disputed)
        {
            // The refund or dispute itself has a line of its own, and that was late or in time.
            findings.Matched++;
            return;
        }

        findings.Differences.Add(new Difference(
            kind ?? DifferenceKind.Late, doubt.About, doubt.Line.Id, doubt.Known?.LinkId, doubt.Known?.Entry,
            doubt.Line.Entry));
    }

    /// <summary>A line of Mollie's, and what we know of it.</summary>
    private sealed record Doubt(BookSubject About, Listed Line, Known? Known)
    {
        /// <summary>How the two differ; null if they do not.</summary>
        public DifferenceKind? Kind => Known?.Entry is { } entry
            ? BookEntry.Difference(entry, Line.Entry)
            : DifferenceKind.Unknown;
    }
}
