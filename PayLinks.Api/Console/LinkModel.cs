using PayLinks.Api.Desk;
using PayLinks.Api.Events;
using PayLinks.Api.Links;
using PayLinks.Api.Refunds;
using PayLinks.Core;
using PayLinks.Core.Database;
using PayLinks.Core.Events;
using PayLinks.Core.Links;
using PayLinks.Core.Messages;
using PayLinks.Core.Payments;

namespace PayLinks.Api.Console;

/// <summary>What the page of one link shows.</summary>
/// <param name="Names">The merchant's people by <c>usr_…</c>.</param>
/// <param name="Done">What was just done here, in words.</param>
/// <param name="Now">When this was so.</param>
/// <param name="Typed">The address in the form that sends again, when it is shown again.</param>
/// <param name="Recipient">The form that sends to somebody else, when it is shown again.</param>
/// <param name="Refund">The form that gives money back, when it is shown again.</param>
public sealed record LinkModel(
    LinkView Link, IReadOnlyList<LinkEvent> Events, IReadOnlyDictionary<string, string> Names, FeedPlace Live,
    TimeSpan Lifetime, DateTimeOffset Now, string? Done = null, string? Refused = null, string Typed = "",
    TypedRecipient? Recipient = null, TypedRefund? Refund = null)
{
    public IReadOnlyList<FormProblem> Problems { get; init; } = [];

    /// <summary>Which of the link's addresses is not to be written to.</summary>
    public IReadOnlyList<OptedOut> OptedOut { get; init; } = [];

    /// <summary>The call about it is over, and whoever looks has not asked for the number.</summary>
    public bool HidesAddresses { get; init; }

    /// <summary>A number or address as far as it may be seen.</summary>
    public string Address(string recipient) =>
        HidesAddresses ? PhoneText.Masked(recipient) : PhoneText.OrEmail(recipient);

    /// <summary>Null when there is no such link for this actor.</summary>
    public static async Task<LinkModel?> ReadAsync(
        MerchantTransaction transaction, Actor actor, Guid linkId, ShowLink show)
    {
        // The place in the feed comes first, so that whatever happens after the rest was read is still told.
        var live = await transaction.FeedPlaceAsync();
        if (await show.FindAsync(transaction, actor, linkId) is not { } link)
        {
            return null;
        }

        var merchant = await MerchantFacts.ReadAsync(transaction);
        var events = await LinkEvents.ReadAsync(transaction, actor, linkId);
        return new LinkModel(
            link, [.. events.Where(IsWorthALine)],
            await transaction.StaffNamesAsync(), live,
            merchant.LinkLifetime, merchant.Now)
        {
            OptedOut = await transaction.OptedOutAsync(link.Phone, link.Email),
            // Agents have no business with a number after the call; whoever answers for them has the books to keep.
            HidesAddresses = actor.OnlyOwn && ClosedCall.HidesAddress(
                link, [.. events.Select(one => new DeskEvent(one.Type, one.CreatedAt, one.Actor))], actor.Name,
                merchant.Now),
        };
    }

    /// <summary>
    /// What the customer has said of the link and nobody has acted upon yet, by giving it more time or somebody else.
    /// </summary>
    public LinkEvent? Unanswered => Events.LastOrDefault(happened => happened.Type
        is EventTypes.LinkAsked or EventTypes.LinkDeclined
        or EventTypes.LinkExtended or EventTypes.LinkRecipientChanged);

    // How a refund is being asked for is our own affair; that Mollie has taken it on is news.
    private static bool IsWorthALine(LinkEvent happened) =>
        happened.Type != EventTypes.RefundUpdated || happened.Data.ContainsKey("status");

    /// <summary>When the link may go to this address again, if that is not now.</summary>
    public DateTimeOffset? ResendableAt(string recipient, TimeSpan after) =>
        Link.Messages.LastOrDefault(message => message.Purpose == MessagePurpose.Link
            && message.Recipient == recipient && message.Status != MessageStatus.Suppressed) is { } last
        && last.CreatedAt + after > Now
            ? last.CreatedAt + after
            : null;

    /// <summary>One event as a sentence.</summary>
    public string Sentence(LinkEvent happened, ConsoleWords words) => words.Events.Of(new EventLine(
        happened.Type,
        Who(happened.Actor, words.Events),
        IsEmail: happened.Data.GetValueOrDefault("channel") == "email",
        Detail(happened, words)));

    private string? Who(string actor, EventWords words) =>
        Names.GetValueOrDefault(actor)
        ?? (actor.StartsWith("key_", StringComparison.Ordinal) ? words.Program : null);

    private PaymentView? Settling =>
        Link.Payments.LastOrDefault(payment => payment.Status == PaymentStatus.Paid && !payment.Surplus);

    private string? Detail(LinkEvent happened, ConsoleWords words) => happened.Type switch
    {
        EventTypes.LinkUndelivered => words.Reasons.Of(happened.Data.GetValueOrDefault("reason")),
        EventTypes.PaymentAuthenticating => PaymentWays.NameOf(
            Link.Payments.LastOrDefault(payment => payment.CreatedAt <= happened.CreatedAt)?.Method),
        EventTypes.PaymentFailed => words.States.Of(FailureClasses.Of(
            Enum.TryParse<PaymentStatus>(happened.Data.GetValueOrDefault("status"), ignoreCase: true, out var status)
                ? status
                : PaymentStatus.Failed,
            happened.Data.GetValueOrDefault("reason"))),
        EventTypes.LinkPaid =>
            $"{Link.Amount.Display(words.Culture)} {PaidWith(Settling)}".TrimEnd(),
        EventTypes.PaymentSurplus => Link.Amount.Display(words.Culture),
        EventTypes.RefundRequested or EventTypes.RefundRefunded or EventTypes.RefundFailed
            or EventTypes.RefundCanceled or EventTypes.RefundUpdated
            or EventTypes.DisputeReceived or EventTypes.DisputeReversed => AmountOf(happened, words),
        _ => null,
    };

    private static string? AmountOf(LinkEvent happened, ConsoleWords words) =>
        happened.Data.TryGetValue("currency", out var code) && Currency.TryGet(code, out var currency)
        && Money.TryParse(happened.Data.GetValueOrDefault("amount", ""), currency, out var amount)
            ? amount.Display(words.Culture)
            : null;

    /// <summary>Brand and last digits of the card, once it has paid, like "Visa •••• 4242", or "PayPal".</summary>
    public static string PaidWith(PaymentView? payment) =>
        payment?.CardLast4 is null
            ? PaymentWays.NameOf(payment?.Method) ?? ""
            : $"{payment.CardBrand} •••• {payment.CardLast4}".Trim();

    /// <summary>
    /// Only what carries the link is the customer's affair to be chased; receipts and notices follow by themselves.
    /// </summary>
    public static bool IsInvitation(MessageView message) => message.Purpose.Invites();

    /// <summary>Whether we are still at it; nobody looks an email up, so that it may stay unknown for ever.</summary>
    public static bool IsLeaving(MessageView message) =>
        message.Status is MessageStatus.Queued or MessageStatus.Sending
        || message is { Status: MessageStatus.Unknown, Channel: MessageChannel.Sms };
}

/// <summary>What stands in the form that sends a link to somebody else, exactly as typed.</summary>
/// <param name="Keep">Whether the same link goes there.</param>
public sealed record TypedRecipient(string To, bool Keep)
{
    public RecipientDraft ToDraft() => new(TypedLink.IsEmail(To) ? "email" : "sms", To, Keep);
}

/// <param name="FromDesk">Where to go back to.</param>
public sealed record CancelLinkModel(LinkView Link, bool FromDesk);
