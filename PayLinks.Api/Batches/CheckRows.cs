using System.Globalization;
using PayLinks.Api.Console;
using PayLinks.Api.Links;
using PayLinks.Core.Database;
using PayLinks.Core.Messages;

namespace PayLinks.Api.Batches;

/// <param name="Link">Null together with at least one error.</param>
internal sealed record CheckedRow(BatchRow Row, NewLink? Link, IReadOnlyList<FieldError> Errors);

/// <summary>
/// Reads rows into links as the form would: once before anything is made, to be shown, and again when each is made,
/// because opt-outs and settings may have changed and times go by.
/// </summary>
internal static class CheckRows
{
    private static readonly char[] BetweenChannels = [' ', ',', '+', '/', ';', '&'];
    private static readonly string[] Days = ["d/M/yyyy", "d.M.yyyy", "d-M-yyyy", "yyyy-MM-dd"];

    extension(MerchantTransaction transaction)
    {
        /// <summary>Refuses those whose customers do not want to be written to.</summary>
        public async Task<IReadOnlyList<CheckedRow>> CheckOptOutsAsync(IReadOnlyList<CheckedRow> rows)
        {
            var optedOut = (await transaction.OptedOutAsync(rows.SelectMany(row => Recipients(row.Link))))
                .Select(one => one.Recipient).ToHashSet(StringComparer.Ordinal);
            return optedOut.Count == 0 ? rows : [.. rows.Select(row => WithOptOuts(row, optedOut))];
        }
    }

    public static CheckedRow Read(BatchRow row, MerchantFacts merchant, LinkLimits limits)
    {
        var errors = new List<FieldError>();
        row = WithoutCards(row, errors);
        if (row.Flaw is { } flaw)
        {
            errors.Add(new FieldError("", flaw));
            return new CheckedRow(row, null, errors);
        }

        var draft = ToDraft(row, merchant);
        if (row[BatchColumn.Currency] is { } currency
            && !currency.Equals(draft.Currency, StringComparison.OrdinalIgnoreCase))
        {
            errors.Add(new FieldError(BatchColumn.Currency.Pointer(), FieldCodes.CurrencyDiffers, draft.Currency));
        }

        if (draft.Send.Count == 0 && row.MayHaveAddress && row[BatchColumn.Send] is null)
        {
            errors.Add(new FieldError(BatchColumn.Phone.Pointer(), RowCodes.AddressNeeded));
        }

        var (link, wrong) = CheckLink.Read(draft, merchant, limits);
        errors.AddRange(wrong);
        return new CheckedRow(row, errors.Count == 0 ? link : null, errors);
    }

    // A card number is neither kept nor shown again, in whatever cell it stands.
    private static BatchRow WithoutCards(BatchRow row, List<FieldError> errors)
    {
        var cards = row.Cells.Where(cell => CardNumber.IsIn(cell.Value, isProse: cell.Key == BatchColumn.Description))
            .Select(cell => cell.Key).ToHashSet();
        if (cards.Count == 0)
        {
            return row;
        }

        errors.AddRange(cards.Select(column => new FieldError(column.Pointer(), FieldCodes.CardDataNotAllowed)));
        return row with
        {
            Cells = row.Cells.ToDictionary(cell => cell.Key, cell => cards.Contains(cell.Key) ? "" : cell.Value),
        };
    }

    private static LinkDraft ToDraft(BatchRow row, MerchantFacts merchant)
    {
        var (value, currency) = TypedAmount.Read(
            row[BatchColumn.Amount] ?? "", row[BatchColumn.Currency]?.ToUpperInvariant() ?? merchant.Currency);
        var (expiresIn, expiresAt) = Expiry(row[BatchColumn.Expires], merchant);
        return new LinkDraft
        {
            AmountValue = value,
            Currency = currency,
            Description = row[BatchColumn.Description],
            Reference = row[BatchColumn.Reference],
            CustomerName = row[BatchColumn.Name],
            Phone = row[BatchColumn.Phone],
            Email = row[BatchColumn.Email],
            Locale = row[BatchColumn.Language],
            ExpiresIn = expiresIn,
            ExpiresAt = expiresAt,
            Send = Channels(row),
        };
    }

    // Where nothing is said, to whatever addresses there are, as the form does.
    private static IReadOnlyList<string> Channels(BatchRow row)
    {
        if (row[BatchColumn.Send] is not { } said)
        {
            return
            [
                .. row[BatchColumn.Phone] is null ? (string[])[] : ["sms"],
                .. row[BatchColumn.Email] is null ? (string[])[] : ["email"],
            ];
        }

        return
        [
            .. said.ToLowerInvariant().Split(BetweenChannels, StringSplitOptions.RemoveEmptyEntries)
                .SelectMany(word => word switch
                {
                    "e-mail" or "mail" => ["email"],
                    "entrambi" or "both" => ["sms", "email"],
                    "nessuno" or "none" => [],
                    "e" or "and" => [],
                    _ => (string[])[word],
                }),
        ];
    }

    // A number of days, or a day with the whole of it; or a duration as the API takes it.
    private static (string? In, string? At) Expiry(string? said, MerchantFacts merchant)
    {
        if (said is { Length: <= 4 } && said.All(char.IsAsciiDigit))
        {
            return ($"P{said}D", null);
        }

        if (!DateTime.TryParseExact(said, Days, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            return (said, null);
        }

        var end = day.Date + new TimeSpan(23, 59, 59);
        var zone = TimeZoneInfo.FindSystemTimeZoneById(merchant.TimeZone);
        return (null, new DateTimeOffset(end, zone.GetUtcOffset(end))
            .ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture));
    }

    private static IEnumerable<string?> Recipients(NewLink? link) =>
        link is null ? [] : link.Send.Select(channel => Recipient(link, channel));

    private static string? Recipient(NewLink link, MessageChannel channel) =>
        channel == MessageChannel.Sms ? link.Phone : link.Email;

    private static CheckedRow WithOptOuts(CheckedRow row, HashSet<string> optedOut)
    {
        if (row.Link is not { } link)
        {
            return row;
        }

        var refused = link.Send
            .Where(channel => optedOut.Contains(Recipient(link, channel)!.ToLowerInvariant()))
            .Select(channel => new FieldError(
                (channel == MessageChannel.Sms ? BatchColumn.Phone : BatchColumn.Email).Pointer(),
                FieldCodes.OptedOut))
            .ToList();
        return refused.Count > 0 ? row with { Link = null, Errors = refused } : row;
    }
}
