using System.Security.Cryptography;
using PayLinks.Core;
using PayLinks.Core.Hosting;
using PayLinks.Core.Links;
using PayLinks.Core.Messages;

namespace PayLinks.Api.Links;

/// <summary>A link with the ids and secrets it is stored with, and the messages that carry it.</summary>
internal sealed record LinkToStore(Actor Actor, NewLink Link, LinkToken Token, string Url, string? Code)
{
    private const int CodeLength = 4;

    public Guid Id { get; } = Guid.CreateVersion7();

    public Guid EventId { get; } = Guid.CreateVersion7();

    public IReadOnlyList<(Guid Id, NewMessage Message)> Messages { get; private init; } = [];

    /// <param name="onCall">The customer is on the phone meanwhile.</param>
    public static LinkToStore Of(
        Actor actor, MerchantFacts merchant, NewLink link, MessageLane lane, bool onCall, PayLinksOptions options)
    {
        var token = LinkToken.New(options.RoutingPrefix);
        var code = link.WithCode ? RandomNumberGenerator.GetString("0123456789", CodeLength) : null;
        var made = new LinkToStore(actor, link, token, options.LinkUrl(token.Value), code);
        return made with
        {
            // Ids of one millisecond have no order yet, and messages are listed by theirs.
            Messages =
            [
                .. link.Send.Select(_ => Guid.CreateVersion7()).Order()
                    .Zip(link.Send, (id, channel) => (id, MessageBy(channel))),
            ],
        };

        NewMessage MessageBy(MessageChannel channel) => new(
            made.Id, actor.Mode, channel, MessagePurpose.Link,
            (channel == MessageChannel.Sms ? link.Phone : link.Email)!, link.Locale, lane)
        {
            MayFallBack = link.Send.Count == 1 && channel.HasOther(link.Phone, link.Email),
            OnCall = onCall,
            Segments = channel == MessageChannel.Sms ? merchant.SegmentsOf(link, actor.Mode, onCall, made.Url) : 1,
        };
    }

    /// <summary>It has been stored, and will be there when the transaction has been committed.</summary>
    /// <param name="statuses">Of the messages, in their order.</param>
    /// <returns>The link as its merchant sees it.</returns>
    public LinkView Stored(DateTimeOffset createdAt, IEnumerable<MessageStatus> statuses)
    {
        FailPoint.Fail("link.to-create");
        return new LinkView(
            Id, Actor.Mode, LinkStatus.Open, Url, Link.Amount, Link.Description, Link.Reference, Link.CustomerName,
            Link.Phone, Link.Email, Link.Locale, createdAt, Actor.Name, Link.ExpiresAt, PaidAt: null,
            CanceledAt: null, Late: false, Refunded: new Money(0, Link.Amount.Currency), Link.ReturnUrl, Link.Metadata)
        {
            Code = Code,
            Messages =
            [
                .. Messages.Zip(statuses, (one, status) => new MessageView(
                    one.Id, one.Message.Channel, MessagePurpose.Link, one.Message.Recipient, status, null, createdAt)),
            ],
        };
    }
}
