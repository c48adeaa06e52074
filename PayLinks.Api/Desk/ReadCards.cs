using Dapper;
using PayLinks.Api.Console;
using PayLinks.Api.Links;
using PayLinks.Core.Database;
using PayLinks.Core.Events;
using PayLinks.Core.Links;
using PayLinks.Core.Messages;

namespace PayLinks.Api.Desk;

/// <summary>A link that an agent follows.</summary>
/// <param name="Steps">
/// When each step of the way was reached, counted from the link's creation; null while it was not.
/// </param>
/// <param name="OptedOut">Which of the link's addresses is not to be written to.</param>
public sealed record DeskCard(
    LinkView Link, DeskState State, IReadOnlyList<TimeSpan?> Steps, IReadOnlyList<OptedOut> OptedOut)
{
    /// <summary>The sentence for the agent, to read or to say.</summary>
    public string Say(ConsoleWords words) => State switch
    {
        DeskState.Ready => words.Desk.Ready,
        DeskState.Queued => Invitation is { } waiting && words.Reasons.About(waiting) is { } why
            ? words.Desk.Waits(why)
            : words.Desk.Queued,
        DeskState.Unsure => words.Desk.Unsure,
        DeskState.Sent => words.Desk.Sent,
        DeskState.Delivered => words.Desk.Delivered,
        DeskState.NotDelivered => Invitation?.Reason is { } reason
            ? $"{words.Desk.NotDelivered} {words.Reasons.Of(reason)} "
                + words.Desk.StepOf(DeliveryReasons.ClassOf(reason))
            : words.Desk.NotDelivered,
        DeskState.Opened => words.Desk.Opened,
        DeskState.Paying => words.Desk.Paying,
        DeskState.BankCheck => words.Desk.BankCheck,
        DeskState.BankDecides => words.Desk.BankDecides,
        DeskState.Refused => words.Desk.Refused(words.States.Of(LastFailure)),
        DeskState.Paid => words.Desk.Paid,
        DeskState.Expired => words.Desk.Expired,
        DeskState.Canceled => words.Desk.Canceled,
        DeskState.Declined => words.Desk.Declined,
        DeskState.Asked => words.Desk.Asked,
    };

    private MessageView? Invitation => Link.Messages.LastOrDefault(LinkModel.IsInvitation);

    private FailureClass LastFailure => Link.Payments is [.., var payment]
        ? FailureClasses.Of(payment.Status, payment.FailureReason)
        : FailureClass.Technical;
}

/// <summary>What an agent made in the last day, newest first.</summary>
public sealed class ReadCards(ReadLinks read)
{
    private const int CardsMax = 12;

    private const string LinksSql =
        $"""
        select {ReadLinks.Columns}
        from link
        where merchant_id = paylinks_merchant() and mode = @Mode and created_by = @Name
            and created_at > paylinks_now() - interval '24 hours'
        order by id desc
        limit @CardsMax
        """;

    private const string EventsSql =
        """
        select link_id, type, created_at
        from event
        where merchant_id = paylinks_merchant() and link_id = any (@Ids)
        order by link_id, sequence
        """;

    public async Task<IReadOnlyList<DeskCard>> ReadAsync(MerchantTransaction transaction, Actor actor)
    {
        var rows = (await transaction.Connection.QueryAsync<ReadLinks.Row>(
            LinksSql, new { actor.Mode, actor.Name, CardsMax })).AsList();
        var links = await read.ToViewsAsync(transaction, rows);
        var events = (await transaction.Connection.QueryAsync<EventRow>(
                EventsSql, new { Ids = links.Select(link => link.Id).ToArray() }))
            .ToLookup(row => row.LinkId, row => new DeskEvent(row.Type, row.CreatedAt));
        var optedOut = await transaction.OptedOutAsync(links.SelectMany(link => new[] { link.Phone, link.Email }));
        return
        [
            .. links.Select(link => ToCard(
                link, [.. events[link.Id]], [.. optedOut.Where(one => one.Is(link.Phone) || one.Is(link.Email))])),
        ];
    }

    private static DeskCard ToCard(
        LinkView link, IReadOnlyList<DeskEvent> events, IReadOnlyList<OptedOut> optedOut)
    {
        // A payment that failed is over: the steps after "opened" start again with the next one.
        var lastFailure = events.LastOrDefault(happened => happened.Type == EventTypes.PaymentFailed)?.CreatedAt;
        TimeSpan? Reached(string type, DateTimeOffset? after = null) =>
            events.FirstOrDefault(happened => happened.Type == type && !(happened.CreatedAt <= after))?.CreatedAt
                - link.CreatedAt;

        return new DeskCard(link, DeskStates.Of(link, events),
        [
            Reached(EventTypes.LinkSent),
            Reached(EventTypes.LinkDelivered),
            Reached(EventTypes.LinkOpened),
            Reached(EventTypes.PaymentStarted, lastFailure),
            Reached(EventTypes.PaymentAuthenticating, lastFailure),
            Reached(EventTypes.LinkPaid),
        ],
        optedOut);
    }

    private sealed record EventRow(Guid LinkId, string Type, DateTimeOffset CreatedAt);
}
