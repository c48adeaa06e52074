using PayLinks.Core.Database;
using PayLinks.Core.Hosting;
using PayLinks.Core.Links;
using PayLinks.Core.Messages;
using PayLinks.Core.Secrets;

namespace PayLinks.Api.Links;

/// <summary>
/// Sends a link once more, or to another address, which then becomes the link's own. The caller commits and wakes.
/// </summary>
public sealed class SendMessage(Vault vault, PayLinksOptions options, LimitSending limit, ShowLink show)
{
    /// <param name="channel"><c>sms</c> or <c>email</c>.</param>
    /// <param name="to">By default the address that the link has.</param>
    /// <param name="onCall">The customer is on the phone meanwhile.</param>
    public async Task<LinkOutcome> ExecuteAsync(
        MerchantTransaction transaction, Actor actor, Guid linkId, string? channel, string? to, MessageLane lane,
        bool onCall = false)
    {
        var merchant = await MerchantFacts.ReadAsync(transaction);
        var link = await transaction.LockLinkAsync(actor, linkId);
        if (link is null)
        {
            return new LinkOutcome.NotFound();
        }

        var errors = new List<FieldError>();
        var (by, recipient) = CheckLink.Recipient(
            channel, to ?? (channel == "sms" ? link.Phone : link.Email), merchant, errors);
        if (by is null || recipient is null)
        {
            return new LinkOutcome.Invalid(errors);
        }

        if (link.WhyNotPayable is { } why)
        {
            return new LinkOutcome.Conflict(why);
        }

        if (await limit.WhyNotAgainAsync(transaction, linkId, by.Value, recipient) is { } tooMany)
        {
            return tooMany;
        }

        if (await transaction.IsOptedOutAsync(recipient))
        {
            return new LinkOutcome.Invalid([new FieldError("/to", FieldCodes.OptedOut)]);
        }

        if (recipient != link.AddressOn(by.Value))
        {
            await transaction.ChangeAddressAsync(
                actor, linkId, by.Value,
                by == MessageChannel.Sms ? (recipient, link.Email) : (link.Phone, recipient));
        }

        await transaction.MarkSentByAsync(linkId, by.Value);
        var id = await transaction.QueueAsync(
            new NewMessage(linkId, actor.Mode, by.Value, MessagePurpose.Link, recipient, link.Locale, lane)
            {
                MayFallBack = by.Value.HasOther(link.Phone, link.Email),
                OnCall = onCall,
            },
            vault, options);
        var view = (await show.FindAsync(transaction, actor, linkId))!;
        return new LinkOutcome.Done(view, view.Messages.Single(message => message.Id == id));
    }
}
