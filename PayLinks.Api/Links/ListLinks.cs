using Dapper;
using PayLinks.Api.Takings;
using PayLinks.Core;
using PayLinks.Core.Database;
using PayLinks.Core.Links;

namespace PayLinks.Api.Links;

/// <summary>
/// Lists links by place, never by number: links made meanwhile shift nothing, and no page costs more than the first.
/// </summary>
public sealed class ListLinks(ReadLinks read)
{
    /// <summary>Stands for everybody who calls with an API key.</summary>
    public const string Programs = "api";

    // Sorts after whatever follows a prefix.
    private const string LastCharacter = "chr(1114111)";

    // How much a search finds decides how to look for it, and no plan is good for all; transactions end with the page.
    private const string PlanAnewSql = "set local plan_cache_mode = force_custom_plan;";

    public async Task<LinkPage> ReadAsync(
        MerchantTransaction transaction, Actor actor, LinkFilter filter, PageRequest page)
    {
        var isUpwards = page.Before is not null;
        // The limit is no parameter, because PostgreSQL would plan anew for each page to know it.
        var sql =
            $"""
            {(filter.Search is null ? "" : PlanAnewSql)}
            select {ReadLinks.Columns}
            from link
            where {string.Join(" and ", Conditions(actor, filter, page))}
            order by id {(isUpwards ? "asc" : "desc")}
            limit {page.Limit + 1}
            """;
        var rows = (await transaction.Connection.QueryAsync<ReadLinks.Row>(sql, new
        {
            actor.Mode,
            actor.Name,
            filter.Reference,
            filter.Phone,
            filter.CreatedFrom,
            filter.CreatedTo,
            page.After,
            page.Before,
            filter.Search,
            PhoneEnd = PhoneEnd(filter.Search),
            Last4 = filter.Search is { Length: 4 } last4 && last4.All(char.IsAsciiDigit) ? last4 : null,
            FirstDay = filter.Moved?.Period.FirstDay,
            LastDay = filter.Moved?.Period.LastDay,
            filter.Moved?.Zone,
            filter.Maker,
            SearchId = PublicId.TryParse(PublicId.Link, filter.Search, out var id) ? id : (Guid?)null,
        })).AsList();

        var hasMore = rows.Count > page.Limit;
        if (hasMore)
        {
            rows.RemoveAt(rows.Count - 1);
        }

        if (isUpwards)
        {
            rows.Reverse();
        }

        return new LinkPage(await read.ToViewsAsync(transaction, rows), hasMore);
    }

    private static IEnumerable<string> Conditions(Actor actor, LinkFilter filter, PageRequest page)
    {
        yield return "merchant_id = paylinks_merchant() and mode = @Mode";
        if (actor.OnlyOwn)
        {
            yield return "created_by = @Name";
        }

        if (filter.Status is { } status)
        {
            yield return status switch
            {
                LinkStatus.Open => "status = 'open' and expires_at > (select paylinks_now())",
                LinkStatus.Processing => "status = 'processing'",
                LinkStatus.Paid => "status = 'paid'",
                LinkStatus.Expired =>
                    "status in ('expired', 'open') and (status = 'expired' or expires_at <= (select paylinks_now()))",
                LinkStatus.Canceled => "status = 'canceled'",
            };
        }

        if (filter.Reference is not null)
        {
            yield return $"reference_key = {Lower("@Reference")}";
        }

        if (filter.Phone is not null)
        {
            // The column that is indexed, for searches by a number's end.
            yield return "phone_reversed = reverse(@Phone)";
        }

        if (filter.CreatedFrom is not null)
        {
            yield return "created_at >= @CreatedFrom and id >= lowest_id_since(@CreatedFrom)";
        }

        if (filter.CreatedTo is not null)
        {
            yield return "created_at < @CreatedTo and id < lowest_id_after(@CreatedTo)";
        }

        if (filter.Search is not null)
        {
            // Each a range of a plain column, which row-level security lets an index serve; the links of a card are
            // found first, or else none of the indexes would be.
            yield return
                $"""
                (reference_key >= {Lower("@Search")} and reference_key < {Lower("@Search")} || {LastCharacter}
                    or name_key >= {Lower("@Search")} and name_key < {Lower("@Search")} || {LastCharacter}
                    or phone_reversed >= @PhoneEnd and phone_reversed < @PhoneEnd || {LastCharacter}
                    or id = any (array(
                        select p.link_id from payment p
                        where p.merchant_id = paylinks_merchant() and p.mode = @Mode and p.card_last4 = @Last4
                            and p.paid_at is not null))
                    or id = @SearchId)
                """;
        }

        if (filter.Attention is { } attention)
        {
            yield return attention.Condition();
        }

        if (filter.Moved is { } moved)
        {
            yield return $"id in (select link_id from ({Movements.Sql}) movement where {KindsOf(moved.Move)})";
        }

        if (filter.Sent is { } sent)
        {
            yield return sent switch
            {
                // Each column may be true for too many, and is what there is an index for.
                SentBy.Sms => "texted and " + Invited("and m.channel = 'sms'"),
                SentBy.Email => "emailed and " + Invited("and m.channel = 'email'"),
                SentBy.None => "unsent and not " + Invited(""),
            };
        }

        if (filter.Maker is not null)
        {
            // A range, because PostgreSQL does not look into its statistics for a pattern under row-level security.
            yield return filter.Maker == Programs
                ? "created_by collate \"C\" >= 'key_' and created_by collate \"C\" < 'key`'"
                : "created_by = @Maker";
        }

        if (page.After is not null)
        {
            yield return "id < @After";
        }

        if (page.Before is not null)
        {
            yield return "id > @Before";
        }
    }

    // Along the index of a link's messages, link by link of the page: whatever filter there is, most links have one.
    private static string Invited(string and) =>
        $"""
        exists (
            select from message m
            where m.merchant_id = link.merchant_id and m.link_id = link.id and m.purpose = 'link' {and})
        """;

    private static string KindsOf(MoneyMove move) => move switch
    {
        MoneyMove.Paid => $"kind = '{Movements.Payment}'",
        MoneyMove.Refunded => $"kind = '{Movements.Refund}'",
        MoneyMove.Disputed => $"kind in ('{Movements.Dispute}', '{Movements.Reversal}')",
    };

    // As the columns are made that it is compared with.
    private static string Lower(string parameter) => $"lower({parameter} collate \"und-x-icu\") collate \"C\"";

    // What people read out is the end of a number, in groups.
    private static string? PhoneEnd(string? search)
    {
        var digits = search?.Where(character => char.IsAsciiDigit(character)).ToArray() ?? [];
        var isPhone = digits.Length >= 3
            && search!.All(character => char.IsAsciiDigit(character) || character is ' ' or '+' or '-');
        Array.Reverse(digits);
        return isPhone ? new string(digits) : null;
    }
}
