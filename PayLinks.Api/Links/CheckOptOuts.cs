using Dapper;
using PayLinks.Core.Database;
using PayLinks.Core.Messages;

namespace PayLinks.Api.Links;

/// <summary>Somebody who does not want to be written to by this merchant on this channel.</summary>
/// <param name="Recipient">E.164, or an address in lower case.</param>
public sealed record OptedOut(MessageChannel Channel, string Recipient, DateTimeOffset Since)
{
    public bool Is(string? recipient) => Recipient == recipient?.ToLowerInvariant();
}

internal static class CheckOptOuts
{
    private const string ReadSql =
        """
        select channel, recipient, opted_out_at as since from opt_out
        where merchant_id = paylinks_merchant() and channel in ('sms', 'email') and recipient = any(@recipients)
            and opted_in_at is null
        order by channel desc
        """;

    extension(MerchantTransaction transaction)
    {
        /// <summary>
        /// Those of these numbers and addresses that have opted out. A number is no address, so their channel needs no
        /// saying.
        /// </summary>
        public async Task<IReadOnlyList<OptedOut>> OptedOutAsync(params IEnumerable<string?> recipients) =>
            (await transaction.Connection.QueryAsync<OptedOut>(
                ReadSql,
                new { recipients = recipients.OfType<string>().Select(one => one.ToLowerInvariant()).ToArray() }))
            .AsList();

        /// <summary>What forbids to invite to this link, after <see cref="CheckLink"/> found it good.</summary>
        public async Task<IReadOnlyList<FieldError>> CheckOptOutsAsync(NewLink link)
        {
            if (link.Send.Count == 0)
            {
                return [];
            }

            var optedOut = await transaction.OptedOutAsync(
                link.Send.Select(channel => channel == MessageChannel.Sms ? link.Phone : link.Email));
            return
            [
                .. optedOut.Select(one => new FieldError(
                    one.Channel == MessageChannel.Sms ? "/customer/phone" : "/customer/email", FieldCodes.OptedOut)),
            ];
        }

        /// <summary>Whether it is forbidden to invite this one.</summary>
        public async Task<bool> IsOptedOutAsync(string recipient) =>
            (await transaction.OptedOutAsync(recipient)).Count > 0;
    }
}
