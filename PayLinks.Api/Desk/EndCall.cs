using Dapper;
using Npgsql;
using PayLinks.Api.Console;
using PayLinks.Api.SignIn;
using PayLinks.Core;
using PayLinks.Core.Database;
using PayLinks.Core.Events;

namespace PayLinks.Api.Desk;

/// <summary>
/// The call about a link is over: its card leaves the desk it is on. The customer may still pay, and hears nothing of
/// it.
/// </summary>
internal static class EndCall
{
    private const string LockSql =
        """
        select call_ended_at is not null from link
        where merchant_id = paylinks_merchant() and id = @linkId and mode = @Mode
            and created_by like 'usr\_%' and coalesce(taken_over_by, created_by) = @Name
        for update
        """;

    private const string EndSql =
        """
        update link set call_ended_at = paylinks_now()
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
        var isOver = await transaction.Connection.ExecuteScalarAsync<bool?>(
            LockSql, new { linkId, staff.Actor.Mode, staff.Actor.Name });
        if (isOver is null)
        {
            return page.NotFound();
        }

        if (isOver is false)
        {
            await transaction.Connection.ExecuteAsync(EndSql, new { linkId });
            await transaction.RecordAsync(new NewEvent(linkId, EventTypes.LinkCallEnded, staff.Actor.Name));
            await transaction.CommitAsync(CancellationToken.None);
            wakeups.Link(staff.MerchantId, linkId);
        }

        return ConsoleResults.SeeOther("/desk?done=ended");
    }
}
