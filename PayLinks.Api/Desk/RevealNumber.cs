using Dapper;
using Npgsql;
using PayLinks.Api.Console;
using PayLinks.Api.Links;
using PayLinks.Api.SignIn;
using PayLinks.Core;
using PayLinks.Core.Database;
using PayLinks.Core.Events;

namespace PayLinks.Api.Desk;

/// <summary>Shows the number of a call that is over to whoever asks for it, and writes down who that was.</summary>
internal static class RevealNumber
{
    private const string IsRevealedSql =
        """
        select exists (
            select from event
            where merchant_id = paylinks_merchant() and link_id = @linkId and type = @Type and actor = @Name
                and created_at > paylinks_now() - @RevealLasts)
        """;

    public static async Task<IResult> HandleAsync(
        string id, HttpContext context, ConsolePage page, Staff staff, NpgsqlDataSource database, Wakeups wakeups,
        CancellationToken cancellationToken)
    {
        var form = await context.Request.ReadFormAsync(cancellationToken);
        if (!PublicId.TryParse(PublicId.Link, id, out var linkId))
        {
            return page.NotFound();
        }

        await using var transaction = await database.BeginAsync(staff.MerchantId, cancellationToken);
        if (await transaction.LockLinkAsync(staff.Actor, linkId) is null)
        {
            return page.NotFound();
        }

        // Asking twice is one look.
        if (!await transaction.Connection.ExecuteScalarAsync<bool>(
            IsRevealedSql,
            new { linkId, Type = EventTypes.LinkNumberRevealed, staff.Actor.Name, ClosedCall.RevealLasts }))
        {
            await transaction.RecordAsync(new NewEvent(linkId, EventTypes.LinkNumberRevealed, staff.Actor.Name));
            await transaction.CommitAsync(CancellationToken.None);
            wakeups.Link(staff.MerchantId, linkId);
        }

        var back = form["next"] == "desk" ? "/desk" : $"/links/{PublicId.Format(PublicId.Link, linkId)}";
        return ConsoleResults.SeeOther(back + "?done=revealed");
    }
}
