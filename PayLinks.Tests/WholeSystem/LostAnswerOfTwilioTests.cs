using PayLinks.Tests.Infrastructure;

namespace PayLinks.Tests.WholeSystem;

/// <summary>Twilio fails twice, and the customer gets the text once.</summary>
public sealed class LostAnswerOfTwilioTests
{
    private TestSystem _system = null!;

    [OneTimeSetUp]
    public async Task Start() => _system = await TestSystem.StartAsync(Hosts.All, TestSystem.WideOpen);

    [OneTimeTearDown]
    public async Task Stop() => await _system.DisposeAsync();

    [TestCase("500")]
    [TestCase("effect-then-500")]
    [TestCase("429")]
    [TestCase("reset")]
    public async Task Whatever_Twilio_answers_twice_one_SMS_is_accepted(string mode)
    {
        await _system.Sandbox.FailAsync("twilio", "createMessage", mode, count: 2);

        var link = await _system.Merchant.CreateLinkAsync("sms");
        await Eventually.SeesAsync(
            () => _system.Merchant.GetLinkAsync(link.Id),
            seen => seen.Messages.Single().Status == "delivered", "the message is delivered", TimeSpan.FromSeconds(90));

        Assert.That(
            (await _system.Sandbox.MessagesAsync()).Count(message => message.Text.Contains(link.Url)), Is.EqualTo(1));
    }
}
