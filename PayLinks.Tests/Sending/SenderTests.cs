using PayLinks.Core.Messages;
using PayLinks.Worker.SendGrid;
using PayLinks.Worker.Sending;

namespace PayLinks.Tests.Sending;

/// <summary>Messages come from whom the merchant says.</summary>
public sealed class SenderTests
{
    private Bench _bench = null!;

    [SetUp]
    public async Task StartAsync() => _bench = await Bench.StartAsync();

    [TearDown]
    public async Task StopAsync() => await _bench.DisposeAsync();

    [TestCase("FERRAMENTA")]
    [TestCase("+390612345678")]
    [TestCase("48383")]
    public async Task A_text_comes_from_a_name_a_number_or_a_short_code(string sender)
    {
        var sent = await SendAsync(sender);

        Assert.That(sent.From, Is.EqualTo(sender));
    }

    [Test]
    public async Task A_text_may_leave_the_choice_to_a_messaging_service()
    {
        var service = "MG" + new string('5', 32);

        var sent = await SendAsync(service);

        // The sandbox takes no such sender in the place of a number.
        Assert.That(sent.From, Is.EqualTo(service));
        Assert.That(sent.Status, Is.EqualTo("accepted").Or.EqualTo("sent").Or.EqualTo("delivered"));
    }

    [Test]
    public async Task An_email_has_the_name_and_the_reply_address_of_the_merchants_choice()
    {
        await _bench.Database.ExecuteAsync(
            """
            update merchant set email_from_name = E'Cassa\r\nBcc: x@example.test', email_reply_to = 'cassa@example.test'
            """);

        var email = await PrepareAsync();

        Assert.That(email.FromName, Is.EqualTo("Cassa  Bcc: x@example.test"), "on one line");
        Assert.That(email.ReplyTo, Is.EqualTo("cassa@example.test"));
    }

    [Test]
    public async Task An_email_has_the_merchants_own_name_and_address_otherwise()
    {
        var email = await PrepareAsync();

        Assert.That(email.FromName, Is.EqualTo("Ferramenta Rossi"));
        Assert.That(email.ReplyTo, Is.EqualTo("orders@example.test"));
    }

    private async Task<Infrastructure.AcceptedMessage> SendAsync(string sender)
    {
        await _bench.Database.ExecuteAsync("update merchant set sms_sender = @sender", new { sender });
        await _bench.QueueSmsAsync();
        await _bench.DeliverAsync();
        return (await _bench.Sandbox.MessagesAsync()).Single();
    }

    private async Task<Email> PrepareAsync()
    {
        await _bench.QueueAsync(await _bench.NewLinkAsync(), MessageChannel.Email);
        var provider = new Mailbox();
        await Bench.RunAsync(_bench.Make<DeliverMessages>(
            MessageChannel.Email, (Prepare)_bench.Make<SendEmail>(provider).PrepareAsync));
        return provider.Got!;
    }

    /// <summary>Keeps what the sandbox's books do not tell.</summary>
    private sealed class Mailbox : IEmailProvider
    {
        public Email? Got { get; private set; }

        public Task<SendOutcome> SendAsync(Email email, CancellationToken cancellationToken)
        {
            Got = email;
            return Task.FromResult<SendOutcome>(new SendOutcome.Refused(DeliveryReason.Technical));
        }
    }
}
