using PayLinks.Api.Desk;
using PayLinks.Core;
using PayLinks.Core.Events;
using PayLinks.Core.Links;
using PayLinks.Core.Messages;
using PayLinks.Core.Payments;

namespace PayLinks.Tests.Desk;

/// <summary>Which state an agent sees, for each way a call can go.</summary>
public sealed class DeskStateTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 23, 14, 2, 9, TimeSpan.Zero);

    [TestCase(MessageStatus.Queued, ExpectedResult = DeskState.Queued)]
    [TestCase(MessageStatus.Sending, ExpectedResult = DeskState.Queued)]
    [TestCase(MessageStatus.Unknown, ExpectedResult = DeskState.Queued)]
    [TestCase(MessageStatus.Accepted, ExpectedResult = DeskState.Sent)]
    [TestCase(MessageStatus.Delivered, ExpectedResult = DeskState.Delivered)]
    [TestCase(MessageStatus.Undelivered, ExpectedResult = DeskState.NotDelivered)]
    [TestCase(MessageStatus.Failed, ExpectedResult = DeskState.NotDelivered)]
    public DeskState Before_it_is_opened_the_message_tells(MessageStatus status) =>
        DeskStates.Of(Link(LinkStatus.Open, message: status), [], Start);

    [Test]
    public void An_email_that_may_have_left_is_asked_about() => Assert.That(
        DeskStates.Of(
            Link(LinkStatus.Open) with
            {
                Messages =
                [
                    Message(MessagePurpose.Link, MessageStatus.Unknown) with { Channel = MessageChannel.Email },
                ],
            },
            [],
            Start),
        Is.EqualTo(DeskState.Unsure));

    [Test]
    public void A_link_sent_to_nobody_is_ready() =>
        Assert.That(DeskStates.Of(Link(LinkStatus.Open), [], Start), Is.EqualTo(DeskState.Ready));

    [Test]
    public void A_text_that_nobody_wants_has_not_arrived() => Assert.That(
        DeskStates.Of(
            Link(LinkStatus.Open) with
            {
                Messages =
                [
                    Message(MessagePurpose.Link, MessageStatus.Suppressed) with { Reason = DeliveryReason.OptedOut },
                ],
            },
            [],
            Start),
        Is.EqualTo(DeskState.NotDelivered));

    [Test]
    public void A_receipt_is_no_invitation() => Assert.That(
        DeskStates.Of(
            Link(LinkStatus.Open, message: MessageStatus.Delivered) with
            {
                Messages = [Message(MessagePurpose.Receipt, MessageStatus.Failed)],
            },
            [],
            Start),
        Is.EqualTo(DeskState.Ready));

    [TestCase(EventTypes.LinkOpened, ExpectedResult = DeskState.Opened)]
    [TestCase(EventTypes.LinkTyping, ExpectedResult = DeskState.Typing)]
    [TestCase(EventTypes.LinkDeclined, ExpectedResult = DeskState.Declined)]
    [TestCase(EventTypes.LinkAsked, ExpectedResult = DeskState.Asked)]
    [TestCase(EventTypes.PaymentFailed, ExpectedResult = DeskState.Refused)]
    public DeskState What_the_customer_did_outweighs_the_message(string type) =>
        DeskStates.Of(Link(LinkStatus.Open, message: MessageStatus.Delivered), [At(5, type)], Start);

    [Test]
    public void A_delivery_report_that_comes_after_the_opening_moves_nothing_back() => Assert.That(
        DeskStates.Of(
            Link(LinkStatus.Open, message: MessageStatus.Delivered),
            [At(5, EventTypes.LinkOpened), At(6, EventTypes.LinkDelivered)],
            Start.AddMinutes(5)),
        Is.EqualTo(DeskState.Opened));

    [TestCase(45, ExpectedResult = DeskState.Delivered)]
    [TestCase(46, ExpectedResult = DeskState.Unopened)]
    public DeskState Nobody_opens_what_arrived(int secondsLater) => DeskStates.Of(
        Link(LinkStatus.Open, message: MessageStatus.Delivered), [At(5, EventTypes.LinkDelivered)],
        Start.AddSeconds(5 + secondsLater));

    [Test]
    public void Who_asked_for_a_new_link_is_answered_by_more_time() => Assert.That(
        DeskStates.Of(
            Link(LinkStatus.Open, message: MessageStatus.Delivered),
            [At(5, EventTypes.LinkOpened), At(6, EventTypes.LinkAsked), At(7, EventTypes.LinkExtended)],
            Start.AddMinutes(1)),
        Is.EqualTo(DeskState.Opened));

    [Test]
    public void Sending_again_starts_anew() => Assert.That(
        DeskStates.Of(
            Link(LinkStatus.Open) with { Messages = [Message(MessagePurpose.Link, MessageStatus.Queued, after: 60)] },
            [At(5, EventTypes.LinkOpened)],
            Start),
        Is.EqualTo(DeskState.Queued));

    [TestCase(PaymentStatus.Creating, ExpectedResult = DeskState.Paying)]
    [TestCase(PaymentStatus.Unknown, ExpectedResult = DeskState.Paying)]
    [TestCase(PaymentStatus.Open, ExpectedResult = DeskState.BankCheck)]
    [TestCase(PaymentStatus.Pending, ExpectedResult = DeskState.BankDecides)]
    [TestCase(PaymentStatus.Authorized, ExpectedResult = DeskState.BankDecides)]
    public DeskState While_paying_the_payment_tells(PaymentStatus status) => DeskStates.Of(
        Link(LinkStatus.Processing, message: MessageStatus.Delivered) with
        {
            Payments = [new PaymentView(Guid.Empty, status, "creditcard", null, null, null, Surplus: false, Start)],
        },
        [At(5, EventTypes.LinkOpened)],
        Start);

    [TestCase(LinkStatus.Paid, ExpectedResult = DeskState.Paid)]
    [TestCase(LinkStatus.Canceled, ExpectedResult = DeskState.Canceled)]
    [TestCase(LinkStatus.Expired, ExpectedResult = DeskState.Expired)]
    public DeskState An_end_is_an_end(LinkStatus status) =>
        DeskStates.Of(Link(status, message: MessageStatus.Delivered), [At(5, EventTypes.LinkOpened)], Start);

    private static LinkView Link(LinkStatus status, MessageStatus? message = null)
    {
        var amount = new Money(4990, Currency.Get("EUR"));
        return new LinkView(
            Guid.Empty, "test", status, "https://pay.example.test/p/token", amount, "Ordine 1042", "1042", null,
            "+393471234567", null, "it-IT", Start, "usr_anna", Start.AddDays(3), null, null, Late: false,
            new Money(0, amount.Currency), null, new Dictionary<string, string>(StringComparer.Ordinal))
        {
            Messages = message is { } sent ? [Message(MessagePurpose.Link, sent)] : [],
        };
    }

    private static MessageView Message(MessagePurpose purpose, MessageStatus status, int after = 0) =>
        new(Guid.Empty, MessageChannel.Sms, purpose, "+393471234567", status, null, Start.AddSeconds(after));

    private static DeskEvent At(int seconds, string type) => new(type, Start.AddSeconds(seconds), "customer");
}
