using Dapper;
using Npgsql;
using PayLinks.Api.Console;
using PayLinks.Api.Links;
using PayLinks.Api.SignIn;
using PayLinks.Core;
using PayLinks.Core.Database;
using PayLinks.Core.Events;

namespace PayLinks.Api.Desk;

/// <summary>A supervisor goes on with an agent's call: the card moves to the supervisor's desk.</summary>
internal static class TakeOver
{
    private const string HolderSql =
        """
        select coalesce(taken_over_by, created_by) from link
        where merchant_id = paylinks_merchant() and id = @linkId and created_by like 'usr\_%'
        """;

    private const string MoveSql =
        """
        update link set taken_over_by = @Name, call_ended_at = null
        where merchant_id = paylinks_merchant() and id = @linkId
        """;

    public static async Task<IResult> HandleAsync(
        string id, ConsolePage page, Staff staff, NpgsqlDataSource database, Wakeups wakeups,
        CancellationToken cancellationToken)
    {
        if (!PublicId.TryParse(PublicId.Link, id, out var linkId))
        {
            return page.NotFound();
        }

        await using var transaction = await database.BeginAsync(staff.MerchantId, cancellationToken);
        var link = await transaction.LockLinkAsync(staff.Actor, linkId);
        var holder = await transaction.Connection.ExecuteScalarAsync<string?>(HolderSql, new { linkId });
        if (link is null || holder is null)
        {
            return page.NotFound();
        }

        if (link.WhyNotPayable is { } why)
        {
            return ConsoleResults.SeeOther($"/desk/team?refused={why}");
        }

        if (holder != staff.Actor.Name)
        {
            await transaction.Connection.ExecuteAsync(MoveSql, new { linkId, staff.Actor.Name });
            await transaction.RecordAsync(new NewEvent(linkId, EventTypes.LinkTakenOver, staff.Actor.Name)
            {
                Data = new Dictionary<string, string>(StringComparer.Ordinal) { ["from"] = holder },
            });
            await transaction.CommitAsync(CancellationToken.None);
            wakeups.Link(staff.MerchantId, linkId);
        }

        return ConsoleResults.SeeOther("/desk?done=taken");
    }
}
