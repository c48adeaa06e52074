using System.Runtime.CompilerServices;
using Npgsql;
using PayLinks.Api.Csv;
using PayLinks.Api.Links;
using PayLinks.Api.SignIn;
using PayLinks.Core;
using PayLinks.Core.Database;
using PayLinks.Core.Links;
using PayLinks.Core.Payments;

namespace PayLinks.Api.Console;

/// <summary>
/// The links of a filtered list as a table: the same ones in the same order, in the words of the screen.
/// </summary>
internal static class ExportLinks
{
    private const int PageSize = 250;

    public static IResult Handle(
        HttpRequest request, ConsolePage page, Staff staff, NpgsqlDataSource database, ListLinks list,
        CancellationToken cancellationToken)
    {
        if (!LinksFilter.Of(request).TryRead(staff.TimeZone, out var filter))
        {
            return TypedResults.StatusCode(StatusCodes.Status400BadRequest);
        }

        var l = page.Words.Links;
        return new CsvAnswer(
            "links.csv",
            [
                l.Id, l.Status, l.Currency, l.Amount, l.Refunded, l.What, l.Reference, l.Customer, l.Phone, l.Email,
                l.Created, l.CreatedBy, l.Expires, l.Paid, l.Card,
            ],
            RowsAsync(page, staff, database, list, filter, cancellationToken));
    }

    // A transaction for each page, so that whoever reads slowly holds no connection.
    private static async IAsyncEnumerable<IReadOnlyList<CsvCell>> RowsAsync(
        ConsolePage page, Staff staff, NpgsqlDataSource database, ListLinks list, LinkFilter filter,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        IReadOnlyDictionary<string, string>? names = null;
        Guid? after = null;
        PayLinks.Api.Links.LinkPage found;
        do
        {
            await using (var transaction = await database.BeginAsync(staff.MerchantId, cancellationToken))
            {
                names ??= await transaction.StaffNamesAsync();
                found = await list.ReadAsync(transaction, staff.Actor, filter, new PageRequest(PageSize, after));
            }

            foreach (var link in found.Links)
            {
                yield return ToCells(link, page, names);
                after = link.Id;
            }
        }
        while (found.HasMore);
    }

    private static IReadOnlyList<CsvCell> ToCells(
        LinkView link, ConsolePage page, IReadOnlyDictionary<string, string> names)
    {
        var paidBy = link.Payments.LastOrDefault(payment => payment is { Status: PaymentStatus.Paid, Surplus: false });
        return
        [
            CsvCell.Own(PublicId.Format(PublicId.Link, link.Id)),
            CsvCell.Own(page.Words.States.Of(link.Status)),
            CsvCell.Own(link.Amount.Currency.Code),
            CsvCell.Own(link.Amount.Value),
            CsvCell.Own(link.Refunded.Value),
            CsvCell.Text(link.Description),
            CsvCell.Text(link.Reference),
            CsvCell.Text(link.CustomerName),
            CsvCell.Text(link.Phone),
            CsvCell.Text(link.Email),
            CsvCell.Own(page.ForTable(link.CreatedAt)),
            CsvCell.Text(names.GetValueOrDefault(link.CreatedBy) ?? page.Words.Events.Program),
            CsvCell.Own(page.ForTable(link.ExpiresAt)),
            CsvCell.Own(link.PaidAt is { } paidAt ? page.ForTable(paidAt) : ""),
            CsvCell.Text(LinkModel.PaidWith(paidBy)),
        ];
    }
}
