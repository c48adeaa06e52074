using PayLinks.Core;

namespace PayLinks.Tests.Ledgers;

/// <summary>Once any surface said paid, none says otherwise; what was acknowledged is there.</summary>
internal static class TellingInvariants
{
    public static IEnumerable<string> Check(Told told, OurBooks ours)
    {
        var links = ours.Links.ToDictionary(link => link.Name, StringComparer.Ordinal);
        foreach (var tellings in told.Tellings.GroupBy(telling => telling.Link, StringComparer.Ordinal))
        {
            var isLink = PublicId.TryParse(PublicId.Link, tellings.Key, out _);
            if (isLink && !links.ContainsKey(tellings.Key))
            {
                yield return $"Link {tellings.Key} was acknowledged ({tellings.First().By}) and is not there.";
                continue;
            }

            // An answer that was heard before another question was asked came before it; others may have crossed.
            if (tellings.Where(telling => telling.Status == "paid").MinBy(telling => telling.Heard) is not { } paid)
            {
                continue;
            }

            var name = isLink ? tellings.Key : "of the customer's page";
            if (tellings.FirstOrDefault(later => later.Status != "paid" && later.Asked > paid.Heard) is { } other)
            {
                yield return $"Link {name} was said to be paid ({paid.By}), and later '{other.Status}' ({other.By}).";
            }

            if (isLink && links[tellings.Key].Status != "paid")
            {
                yield return $"Link {name} was said to be paid ({paid.By}) and is '{links[tellings.Key].Status}'.";
            }
        }

        foreach (var (key, answered) in told.LinksByKey.Where(pair => pair.Links.Count > 1))
        {
            yield return $"The Idempotency-Key '{key}' was answered with {answered.Count} links: "
                + $"{string.Join(", ", answered)}.";
        }
    }
}
