using Npgsql;
using PayLinks.Core;
using PayLinks.Core.Database;
using PayLinks.Core.Events;
using PayLinks.Core.Hosting;
using PayLinks.Core.Links;
using PayLinks.Core.Messages;
using PayLinks.Core.Secrets;

namespace PayLinks.Api.Links;

/// <summary>Who is to get a link instead, as somebody typed or posted it.</summary>
/// <param name="KeepLink">
/// Whether the same link goes there. If not, it ends, so that whoever had the wrong number cannot open it, and another
/// of the same content goes there.
/// </param>
public sealed record RecipientDraft(string? Channel, string? To, bool? KeepLink);

/// <summary>
/// Sends a link to somebody else, and takes back what still waits to go to the old address. The caller commits and
/// wakes.
/// </summary>
public sealed class ChangeRecipient(
    NpgsqlDataSource database, Vault vault, PayLinksOptions options, LinkLimits limits, LimitSending limit,
    CancelLink cancel, CreateLink create, ShowLink show)
{
    /// <summary>
    /// Where the link is to end, cancels a payment under way at Mollie first, before any transaction; but not for a
    /// request that would be refused for another reason.
    /// </summary>
    public async Task MakeWayAsync(
        Actor actor, Guid linkId, RecipientDraft wanted, CancellationToken cancellationToken)
    {
        if (wanted.KeepLink != false)
        {
            return;
        }

        LinkOutcome outcome;
        await using (var rehearsal = await database.BeginAsync(actor.MerchantId, cancellationToken))
        {
            outcome = await ExecuteAsync(rehearsal, actor, linkId, wanted, MessageLane.Api);
        }

        if (outcome is LinkOutcome.Conflict { Code: Conflicts.PaymentInProgress })
        {
            await cancel.EndPaymentsAsync(actor, linkId, cancellationToken);
        }
    }

    /// <returns>The link that has gone to the new address.</returns>
    public async Task<LinkOutcome> ExecuteAsync(
        MerchantTransaction transaction, Actor actor, Guid linkId, RecipientDraft wanted, MessageLane lane)
    {
        var merchant = await MerchantFacts.ReadAsync(transaction);
        var link = await transaction.LockLinkAsync(actor, linkId);
        if (link is null)
        {
            return new LinkOutcome.NotFound();
        }

        var errors = new List<FieldError>();
        var (channel, to) = CheckLink.Recipient(wanted.Channel, wanted.To, merchant, errors);
        if (channel is { } known && to is not null && to == link.AddressOn(known))
        {
            errors.Add(new FieldError("/to", FieldCodes.RecipientUnchanged));
        }

        if (to is not null && await transaction.IsOptedOutAsync(to))
        {
            errors.Add(new FieldError("/to", FieldCodes.OptedOut));
        }

        if (wanted.KeepLink is null)
        {
            errors.Add(new FieldError("/keepLink", FieldCodes.Required));
        }

        if (errors.Count > 0)
        {
            return new LinkOutcome.Invalid(errors);
        }

        if (link.WhyNotPayable is { } why)
        {
            return new LinkOutcome.Conflict(why);
        }

        var change = Change.Of(link, channel!.Value, to!);
        return wanted.KeepLink == true
            ? await KeepAsync(transaction, actor, linkId, link, change, lane)
            : await ReplaceAsync(transaction, actor, linkId, merchant, change, lane);
    }

    private async Task<LinkOutcome> KeepAsync(
        MerchantTransaction transaction, Actor actor, Guid linkId, LockedLink link, Change change, MessageLane lane)
    {
        // Before the count, which what is taken back no longer belongs to.
        if (change.Replaced is { } replaced)
        {
            await transaction.SuppressReplacedAsync(linkId, replaced);
        }

        if (await limit.WhyNotAgainAsync(transaction, linkId, change.Channel, change.To) is { } tooMany)
        {
            return tooMany;
        }

        await transaction.ChangeAddressAsync(actor, linkId, change.Channel, (change.Phone, change.Email));
        await transaction.MarkSentByAsync(linkId, change.Channel);
        await transaction.QueueAsync(
            new NewMessage(linkId, actor.Mode, change.Channel, MessagePurpose.Link, change.To, link.Locale, lane)
            {
                MayFallBack = change.Channel.HasOther(change.Phone, change.Email),
            },
            vault, options);
        return new LinkOutcome.Done((await show.FindAsync(transaction, actor, linkId))!);
    }

    private async Task<LinkOutcome> ReplaceAsync(
        MerchantTransaction transaction, Actor actor, Guid linkId, MerchantFacts merchant, Change change,
        MessageLane lane)
    {
        // Asked here too, so that nothing is canceled, least of all a payment at Mollie, for what may not be sent.
        if (change.Channel == MessageChannel.Sms
            && await limit.WhyNotTextAsync(transaction, change.To) is { } tooMany)
        {
            return tooMany;
        }

        var canceled = await cancel.ExecuteAsync(transaction, actor, linkId);
        if (canceled is not LinkOutcome.Done { Link: var old })
        {
            return canceled;
        }

        // It ends when the old one would have, but nobody is left without the time to pay.
        var earliest = merchant.Now + limits.LifetimeMin;
        var expiresAt = old.ExpiresAt > earliest ? old.ExpiresAt : earliest;
        var made = await create.ExecuteAsync(
            transaction, actor, merchant,
            new NewLink(
                old.Amount, old.Description, old.Reference, old.CustomerName, change.Phone, change.Email, old.Locale,
                [change.Channel], expiresAt, merchant.RemindAt(expiresAt, change.Phone, old.Locale), old.ReturnUrl,
                old.Metadata, WithCode: old.Code is not null),
            lane);
        if (made is LinkOutcome.Done { Link: var link })
        {
            await transaction.RecordAsync(new NewEvent(linkId, EventTypes.LinkRecipientChanged, actor.Name)
            {
                Data = new Dictionary<string, string>(StringComparer.Ordinal)
                {
                    ["channel"] = change.Channel.ToText(),
                    ["link"] = PublicId.Format(PublicId.Link, link.Id),
                },
            });
        }

        return made;
    }

    /// <param name="Replaced">The link's address on this channel; if it has none there, its other one.</param>
    private sealed record Change(MessageChannel Channel, string To, string? Replaced, string? Phone, string? Email)
    {
        public static Change Of(LockedLink link, MessageChannel channel, string to)
        {
            var there = link.AddressOn(channel);
            var replaced = there ?? link.Phone ?? link.Email;
            return channel == MessageChannel.Sms
                ? new Change(channel, to, replaced, to, there is null ? null : link.Email)
                : new Change(channel, to, replaced, there is null ? null : link.Phone, to);
        }
    }
}
