using PayLinks.Api.Console;
using PayLinks.Api.Desk;
using PayLinks.Core;
using PayLinks.Core.Links;
using PayLinks.Core.Messages;
using PayLinks.Core.Payments;

namespace PayLinks.Tests.Desk;

/// <summary>What an agent is to say, for each state that a customer on the phone can be in.</summary>
public sealed class SayTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 23, 14, 2, 9, TimeSpan.Zero);

    [TestCase(DeskState.Queued, "Il messaggio sta partendo.", "The message is leaving.")]
    [TestCase(DeskState.Sent, "Chieda se vede arrivare il messaggio.", "Ask whether they see the message arrive.")]
    [TestCase(DeskState.Delivered, "Resti in linea mentre lo apre.", "Stay on the line while they open it.")]
    [TestCase(DeskState.Unopened, "chieda se vede il messaggio; se no, Alt+E", "ask whether they see the message;")]
    [TestCase(DeskState.NotDelivered, "Questo numero non esiste: rileggilo al cliente. Alt+C", "Alt+C corrects")]
    [TestCase(DeskState.Opened, "Non chieda i numeri della carta.", "Do not ask for card numbers.")]
    [TestCase(DeskState.Typing, "Sta inserendo la carta.", "They are typing the card.")]
    [TestCase(DeskState.BankCheck, "la conferma nell’app della banca.", "Waiting for approval in the bank’s app.")]
    [TestCase(DeskState.Paid, "Può salutare.", "You can close.")]
    [TestCase(DeskState.Refused, "La banca ha rifiutato.", "Refused by the bank.")]
    [TestCase(DeskState.Expired, "Alt+P lo prolunga", "Alt+P extends it")]
    [TestCase(DeskState.Canceled, "il cliente non può più pagare", "the customer can no longer pay")]
    public void Each_state_has_something_to_say(DeskState state, string italian, string english)
    {
        Assert.That(Say(state, ConsoleWords.Italian), Does.Contain(italian));
        Assert.That(Say(state, ConsoleWords.English), Does.Contain(english));
    }

    [Test]
    public void No_two_states_say_the_same()
    {
        foreach (var words in ConsoleWords.All)
        {
            var said = Enum.GetValues<DeskState>().Select(state => Say(state, words));
            Assert.That(said, Is.Unique.And.All.EndsWith("."));
        }
    }

    [Test]
    public void Who_pays_with_a_brand_is_not_at_the_bank()
    {
        Assert.That(
            Say(DeskState.BankCheck, ConsoleWords.Italian, method: "paypal"),
            Does.StartWith("Sta pagando con PayPal."));
        Assert.That(
            Say(DeskState.BankCheck, ConsoleWords.English, method: "satispay"),
            Does.StartWith("They are paying with Satispay."));
    }

    [TestCase(null, FailureClass.RefusedByBank)]
    [TestCase("insufficient_funds", FailureClass.RefusedByBank)]
    [TestCase("possible_fraud", FailureClass.RefusedByBank)]
    [TestCase("invalid_cvv", FailureClass.Mistyped)]
    [TestCase("authentication_failed", FailureClass.ApprovalMissing)]
    [TestCase("technical", FailureClass.Technical)]
    public void A_refusal_is_told_by_its_class_alone(string? reason, FailureClass expected)
    {
        foreach (var words in ConsoleWords.All)
        {
            Assert.That(Say(DeskState.Refused, words, reason), Does.StartWith(words.States.Of(expected)));
        }
    }

    [Test]
    public void Every_state_of_an_open_link_has_a_place_in_the_team()
    {
        DeskState[] ended = [DeskState.Paid, DeskState.Expired, DeskState.Canceled];

        Assert.That(
            Enum.GetValues<DeskState>().Where(state => TeamStages.Of(state) is null), Is.EquivalentTo(ended));
    }

    private static string Say(
        DeskState state, ConsoleWords words, string? failure = "refused_by_issuer", string method = "creditcard")
    {
        var amount = new Money(4990, Currency.Get("EUR"));
        var link = new LinkView(
            Guid.Empty, "test", LinkStatus.Open, "https://pay.example.test/p/token", amount, "Ordine 1042", "1042",
            null, "+393471234567", null, "it-IT", Start, "usr_anna", Start.AddDays(3), null, null, Late: false,
            new Money(0, amount.Currency), null, new Dictionary<string, string>(StringComparer.Ordinal))
        {
            Messages =
            [
                new MessageView(
                    Guid.Empty, MessageChannel.Sms, MessagePurpose.Link, "+393471234567", MessageStatus.Failed,
                    state == DeskState.NotDelivered ? DeliveryReason.UnknownNumber : null, Start),
            ],
            Payments =
            [
                new PaymentView(
                    Guid.Empty, PaymentStatus.Failed, method, null, null, failure, Surplus: false, Start),
            ],
        };
        return new DeskCard(link, state, [], [], HidesAddress: false).Say(words);
    }
}
