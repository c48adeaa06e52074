using System.Globalization;
using Dapper;
using PayLinks.Core.Database;
using PayLinks.Core.Events;
using PayLinks.Core.Links;

namespace PayLinks.Api.Links;

/// <summary>
/// Gives a link more time, also one that has expired; its address stays. The caller commits and wakes.
/// </summary>
public sealed class ExtendLink(LinkLimits limits, ShowLink show)
{
    private const string ExtendSql =
        """
        update link set expires_at = @expiresAt, expiry_due_at = @expiresAt, remind_at = @remindAt
        where merchant_id = paylinks_merchant() and id = @linkId
        """;

    /// <param name="expiresIn">An ISO 8601 duration from now on; by default the merchant's usual one.</param>
    /// <param name="expiresAt">Instead, an RFC 3339 instant.</param>
    public async Task<LinkOutcome> ExecuteAsync(
        MerchantTransaction transaction, Actor actor, Guid linkId, string? expiresIn, string? expiresAt)
    {
        var merchant = await MerchantFacts.ReadAsync(transaction);
        var errors = new List<FieldError>();
        var until = CheckExpiry.Read(expiresIn, expiresAt, merchant, limits, errors);

        var link = await transaction.LockLinkAsync(actor, linkId);
        if (link is null)
        {
            return new LinkOutcome.NotFound();
        }

        if (link.Status is LinkStatus.Paid or LinkStatus.Canceled)
        {
            return new LinkOutcome.Conflict(link.WhyNotPayable!);
        }

        if (errors.Count == 0 && until <= link.ExpiresAt)
        {
            errors.Add(new FieldError(expiresAt is null ? "/expiresIn" : "/expiresAt", FieldCodes.NotLater));
        }

        if (errors.Count > 0)
        {
            return new LinkOutcome.Invalid(errors);
        }

        await transaction.Connection.ExecuteAsync(
            ExtendSql,
            new { linkId, expiresAt = until, remindAt = merchant.RemindAt(until, link.Phone, link.Locale) });
        await transaction.RecordAsync(new NewEvent(linkId, EventTypes.LinkExtended, actor.Name)
        {
            Link = link.Status == LinkStatus.Expired ? (LinkStatus.Expired, LinkStatus.Open) : null,
            Data = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["expiresAt"] = until.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
            },
        });
        FailPoint.Fail("link.to-extend");
        return new LinkOutcome.Done((await show.FindAsync(transaction, actor, linkId))!);
    }
}
