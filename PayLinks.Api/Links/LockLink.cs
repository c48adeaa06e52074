using Dapper;
using PayLinks.Core.Database;
using PayLinks.Core.Links;
using PayLinks.Core.Messages;

namespace PayLinks.Api.Links;

/// <summary>A link's state under its lock, which the transaction holds to its end.</summary>
/// <param name="IsPast">Its time is over, whatever its status says.</param>
internal sealed record LockedLink(
    LinkStatus Status, bool IsPast, string? Phone, string? Email, string Locale, DateTimeOffset ExpiresAt)
{
    /// <summary>Why an invitation to pay makes no sense any more, or null.</summary>
    public string? WhyNotPayable => Status switch
    {
        LinkStatus.Paid => Conflicts.AlreadyPaid,
        LinkStatus.Canceled => Conflicts.LinkCanceled,
        LinkStatus.Expired => Conflicts.LinkExpired,
        LinkStatus.Open or LinkStatus.Processing => IsPast ? Conflicts.LinkExpired : null,
    };

    /// <summary>The address that it has on this channel.</summary>
    public string? AddressOn(MessageChannel channel) => channel == MessageChannel.Sms ? Phone : Email;
}

internal static class LockLink
{
    private const string LockSql =
        """
        select status, expires_at <= paylinks_now() as is_past, customer_phone as phone, customer_email as email,
            locale, expires_at
        from link
        where merchant_id = paylinks_merchant() and id = @linkId and mode = @Mode
            and (not @OnlyOwn or created_by = @Name)
        for update
        """;

    extension(MerchantTransaction transaction)
    {
        /// <summary>Locks the link; null if there is none that this actor may see.</summary>
        public Task<LockedLink?> LockLinkAsync(Actor actor, Guid linkId) =>
            transaction.Connection.QuerySingleOrDefaultAsync<LockedLink>(
                LockSql, new { linkId, actor.Mode, actor.OnlyOwn, actor.Name });
    }
}
