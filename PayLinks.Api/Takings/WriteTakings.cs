using Npgsql;
using PayLinks.Api.Csv;
using PayLinks.Core;

namespace PayLinks.Api.Takings;

/// <summary>
/// The takings as a table with a line for each movement. Each column adds up to the sum of its name, to the cent.
/// </summary>
internal static class WriteTakings
{
    // Names for programs, which no language changes.
    private static readonly string[] Headings =
    [
        "day", "time", "kind", "id", "link", "reference", "description", "currency", "gross", "fees", "refunds",
        "disputes", "net",
    ];

    public static IResult Of(
        NpgsqlDataSource database, Guid merchantId, string mode, string zone, TakingsPeriod period, Currency? currency,
        CancellationToken cancellationToken) =>
        new CsvAnswer(
            $"takings-{period.FirstDay}-{period.LastDay}.csv",
            Headings,
            database.MovementsAsync(merchantId, mode, zone, period, currency, cancellationToken).Select(ToCells));

    private static IReadOnlyList<CsvCell> ToCells(Movement movement)
    {
        var amount = movement.Amount;
        var nothing = new Money(0, amount.Currency);
        var taken = new Money(-amount.MinorUnits, amount.Currency);
        var (gross, refunds, disputes, net) = movement.Kind switch
        {
            Movements.Payment => (amount, nothing, nothing, amount),
            Movements.Refund => (nothing, amount, nothing, taken),
            Movements.Dispute => (nothing, nothing, amount, taken),
            Movements.Reversal => (nothing, nothing, taken, amount),
            _ => throw new InvalidOperationException($"Money does not move by '{movement.Kind}'."),
        };
        return
        [
            CsvCell.Own(movement.Day),
            CsvCell.Own(Console.ConsolePage.Iso(movement.At)),
            CsvCell.Own(movement.Kind),
            CsvCell.Own(PublicId.Format(PrefixOf(movement.Kind), movement.Id)),
            CsvCell.Own(PublicId.Format(PublicId.Link, movement.LinkId)),
            CsvCell.Text(movement.Reference),
            CsvCell.Text(movement.Description),
            CsvCell.Own(movement.Currency),
            CsvCell.Own(gross.Value),
            // A payment does not tell what Mollie keeps of it.
            CsvCell.Own(""),
            CsvCell.Own(refunds.Value),
            CsvCell.Own(disputes.Value),
            CsvCell.Own(net.Value),
        ];
    }

    private static string PrefixOf(string kind) => kind switch
    {
        Movements.Payment => PublicId.Payment,
        Movements.Refund => PublicId.Refund,
        _ => PublicId.Dispute,
    };
}
