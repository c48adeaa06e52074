using PayLinks.Api.Console;
using PayLinks.Api.Links;
using PayLinks.Core.Links;
using PayLinks.Core.Messages;
using PayLinks.Core.Payments;

namespace PayLinks.Api.Desk;

/// <summary>A link that an agent follows.</summary>
/// <param name="Steps">
/// When each step of the way was reached, counted from the link's creation; null while it was not.
/// </param>
/// <param name="OptedOut">Which of the link's addresses is not to be written to.</param>
/// <param name="HidesAddress">The call is over, and nobody has asked to see the number again.</param>
public sealed record DeskCard(
    LinkView Link, DeskState State, IReadOnlyList<TimeSpan?> Steps, IReadOnlyList<OptedOut> OptedOut, bool HidesAddress)
{
    /// <summary>The last message that carried the link to the customer.</summary>
    public MessageView? Invitation => Link.Messages.LastOrDefault(LinkModel.IsInvitation);

    /// <summary>The customer's number or address, as far as it may be seen.</summary>
    public string Address => (Invitation?.Recipient ?? Link.Phone ?? Link.Email) is { } address
        ? HidesAddress ? PhoneText.Masked(address) : PhoneText.OrEmail(address)
        : "";

    /// <summary>What it says will be out of date without anything having happened.</summary>
    public bool IsWaiting => State == DeskState.Delivered || (Invitation is { } one && LinkModel.IsLeaving(one));

    /// <summary>The sentence for the agent, to read or to say.</summary>
    public string Say(ConsoleWords words) => State switch
    {
        DeskState.Ready => words.Desk.Say.Ready,
        DeskState.Queued => Invitation is { } waiting && words.Reasons.About(waiting) is { } why
            ? words.Desk.Say.Waits(why)
            : words.Desk.Say.Queued,
        DeskState.Unsure => words.Desk.Say.Unsure,
        DeskState.Sent => words.Desk.Say.Sent,
        DeskState.Delivered => words.Desk.Say.Delivered,
        DeskState.Unopened => words.Desk.Say.Unopened,
        DeskState.NotDelivered => Invitation?.Reason is { } reason
            ? $"{words.Desk.Say.NotDelivered} {words.Reasons.Of(reason)} "
                + words.Desk.Say.StepOf(DeliveryReasons.ClassOf(reason))
            : words.Desk.Say.NotDelivered,
        DeskState.Opened => words.Desk.Say.Opened,
        DeskState.Typing => words.Desk.Say.Typing,
        DeskState.Paying => words.Desk.Say.Paying,
        DeskState.BankCheck => Link.Payments is [.., { Method: var method }] && PaymentWays.NameOf(method) is { } way
            ? words.Desk.Say.AtWay(way)
            : words.Desk.Say.BankCheck,
        DeskState.BankDecides => words.Desk.Say.BankDecides,
        DeskState.Refused => words.Desk.Say.Refused(words.States.Of(LastFailure)),
        DeskState.Paid => words.Desk.Say.Paid,
        DeskState.Expired => words.Desk.Say.Expired,
        DeskState.Canceled => words.Desk.Say.Canceled,
        DeskState.Declined => words.Desk.Say.Declined,
        DeskState.Asked => words.Desk.Say.Asked,
    };

    private FailureClass LastFailure => Link.Payments is [.., var payment]
        ? FailureClasses.Of(payment.Status, payment.FailureReason)
        : FailureClass.Technical;
}
