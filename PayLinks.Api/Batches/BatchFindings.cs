using System.Text.Json.Serialization;
using PayLinks.Api.Links;
using PayLinks.Core;
using PayLinks.Core.Messages;

namespace PayLinks.Api.Batches;

/// <summary>What a file says, as it is shown before anything is made.</summary>
/// <param name="SumsMinor">What its good rows ask for, by currency.</param>
/// <param name="Segments">What its texts cost.</param>
public sealed record BatchFindings(
    string Encoding, IReadOnlyList<string> Unused, IReadOnlyDictionary<string, long> SumsMinor, int Texts,
    int Segments, int Emails)
{
    [JsonIgnore]
    public IEnumerable<Money> Sums =>
        SumsMinor.Select(sum => new Money(sum.Value, Currency.Get(sum.Key)))
            .OrderBy(sum => sum.Currency.Code, StringComparer.Ordinal);

    internal static BatchFindings Of(BatchFile file, IReadOnlyList<NewLink> links, Func<NewLink, int> segmentsOf)
    {
        var texts = links.Where(link => link.Send.Contains(MessageChannel.Sms)).ToList();
        return new BatchFindings(
            file.Encoding,
            file.Unused,
            links.GroupBy(link => link.Amount.Currency.Code, StringComparer.Ordinal)
                .ToDictionary(one => one.Key, one => one.Sum(link => link.Amount.MinorUnits), StringComparer.Ordinal),
            texts.Count,
            texts.Sum(segmentsOf),
            links.Count(link => link.Send.Contains(MessageChannel.Email)));
    }
}
