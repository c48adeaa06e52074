using Dapper;
using PayLinks.Core.Database;
using PayLinks.Core.Events;
using PayLinks.Core.Hosting;
using PayLinks.Core.Messages;
using PayLinks.Core.Secrets;

namespace PayLinks.Api.Links;

/// <summary>
/// Sends a link once more, or to another address, which then becomes the link's own. The caller commits and wakes.
/// </summary>
public sealed class SendMessage(Vault vault, PayLinksOptions options, LinkLimits limits, ShowLink show)
{
    private const string CountSql =
        """
        select count(*)::int from message
        where merchant_id = paylinks_merchant() and link_id = @linkId and purpose = 'link'
            and created_at > paylinks_now() - interval '24 hours'
        """;

    private const string ChangeRecipientSql =
        """
        update link set customer_phone = coalesce(@Phone, customer_phone),
            customer_email = coalesce(@Email, customer_email)
        where merchant_id = paylinks_merchant() and id = @LinkId
        """;

    /// <param name="channel"><c>sms</c> or <c>email</c>.</param>
    /// <param name="to">By default the address that the link has.</param>
    public async Task<LinkOutcome> ExecuteAsync(
        MerchantTransaction transaction, Actor actor, Guid linkId, string? channel, string? to, MessageLane lane)
    {
        var merchant = await MerchantFacts.ReadAsync(transaction);
        var link = await transaction.LockLinkAsync(actor, linkId);
        if (link is null)
        {
            return new LinkOutcome.NotFound();
        }

        var errors = new List<FieldError>();
        var by = CheckLink.Channel("/channel", channel, errors);
        var recipient = by switch
        {
            MessageChannel.Sms => CheckPhone.Read("/to", to ?? link.Phone, merchant.Country, forSms: true, errors),
            MessageChannel.Email => CheckEmail.Read("/to", to ?? link.Email, errors),
            _ => null,
        };
        if (by is not null && recipient is null && errors.Count == 0)
        {
            errors.Add(new FieldError("/to", FieldCodes.Required));
        }

        if (errors.Count > 0)
        {
            return new LinkOutcome.Invalid(errors);
        }

        if (link.WhyNotPayable is { } why)
        {
            return new LinkOutcome.Conflict(why);
        }

        var sentToday = await transaction.Connection.ExecuteScalarAsync<int>(CountSql, new { linkId });
        if (sentToday >= limits.MessagesPerLinkAndDay)
        {
            return new LinkOutcome.TooMany(TimeSpan.FromHours(1));
        }

        if (await transaction.IsOptedOutAsync(recipient!))
        {
            return new LinkOutcome.Invalid([new FieldError("/to", FieldCodes.OptedOut)]);
        }

        if (recipient != (by == MessageChannel.Sms ? link.Phone : link.Email))
        {
            await ChangeRecipientAsync(transaction, actor, linkId, by!.Value, recipient!);
        }

        var id = await transaction.QueueAsync(
            new NewMessage(linkId, actor.Mode, by!.Value, MessagePurpose.Link, recipient!, link.Locale, lane)
            {
                MayFallBack = by.Value.HasOther(link.Phone, link.Email),
            },
            vault, options.RoutingPrefix);
        var view = (await show.FindAsync(transaction, actor, linkId))!;
        return new LinkOutcome.Done(view, view.Messages.Single(message => message.Id == id));
    }

    private static async Task ChangeRecipientAsync(
        MerchantTransaction transaction, Actor actor, Guid linkId, MessageChannel channel, string recipient)
    {
        await transaction.Connection.ExecuteAsync(ChangeRecipientSql, new
        {
            LinkId = linkId,
            Phone = channel == MessageChannel.Sms ? recipient : null,
            Email = channel == MessageChannel.Email ? recipient : null,
        });
        await transaction.RecordAsync(new NewEvent(linkId, EventTypes.LinkRecipientChanged, actor.Name)
        {
            Data = new Dictionary<string, string>(StringComparer.Ordinal) { ["channel"] = channel.ToText() },
        });
    }
}
