using System.Diagnostics;
using System.Text.Json;
using PayLinks.Core.Providers;
using PayLinks.Tests.Infrastructure;
using PayLinks.Tests.Live;
using PayLinks.Tests.SignIn;

namespace PayLinks.Tests.Outages;

/// <summary>While a provider does not answer, everybody at a screen knows, and goes on by what works.</summary>
public sealed class OutageTests : StaffFixture
{
    private const int Always = 1_000_000;

    private static readonly TimeSpan OnABusyMachine = TimeSpan.FromSeconds(25);

    protected override Hosts Running => Hosts.All;

    protected override IReadOnlyDictionary<string, string> Settings => TestSystem.WideOpen;

    [SetUp]
    public async Task BeginInPeace() => await Paylinks.Database.ExecuteAsync("delete from provider_outage");

    [TestCase("twilio", "sms", "503", "Gli SMS arrivano in ritardo: manda una email.")]
    [TestCase("twilio", "sms", "reset", "Gli SMS arrivano in ritardo: manda una email.")]
    [TestCase("sendgrid", "email", "429", null)]
    public async Task An_agent_is_told_in_seconds_and_told_when_it_is_over(
        string provider, string channel, string fault, string? banner)
    {
        using var agent = await SignedInAsync(TestSystem.Agent);
        await using var stream = await LiveFeed.OpenAsync(Paylinks, agent);
        Assert.That(await OutagesAsync(stream), Is.Empty);

        await Paylinks.Sandbox.FailAsync(provider, "*", fault, Always);
        var began = Stopwatch.GetTimestamp();
        var link = await Paylinks.Merchant.CreateLinkAsync(channel);
        if (banner is null)
        {
            // Who asks for less is not away.
            await IsWaitingAsync(link.Id);
            Assert.That((await agent.OpenAsync("/desk")).Words, Does.Not.Contain("in ritardo"));
        }
        else
        {
            Assert.That(await OutagesAsync(stream), Is.EqualTo(provider));
            await TellAsync("told", began);
            Assert.That((await agent.OpenAsync("/desk")).Words, Does.Contain(banner));
            Assert.That((await agent.OpenAsync("/links/new")).Words, Does.Contain(banner));
            using var owner = await SignedInAsync(TestSystem.Owner);
            Assert.That((await owner.OpenAsync("/links/" + link.Id)).Words, Does.Contain(banner));
        }

        await Paylinks.Sandbox.FailAsync(provider, "*", "none");
        began = Stopwatch.GetTimestamp();
        if (banner is not null)
        {
            Assert.That(await OutagesAsync(stream), Is.Empty);
            await TellAsync("over", began);
        }

        Assert.That((await agent.OpenAsync("/desk")).Words, Does.Not.Contain("in ritardo"));
        await IsDeliveredAsync(link.Id);
    }

    [Test]
    public async Task Who_gets_no_answer_at_all_is_away_too()
    {
        using var agent = await SignedInAsync(TestSystem.Agent, "en-GB");
        await using var stream = await LiveFeed.OpenAsync(Paylinks, agent);
        Assert.That(await OutagesAsync(stream), Is.Empty);

        await Paylinks.Sandbox.FailAsync("twilio", "createMessage", "timeout", count: 1);
        var link = await Paylinks.Merchant.CreateLinkAsync("sms");

        Assert.That(await OutagesAsync(stream), Is.EqualTo("twilio"));
        Assert.That((await agent.OpenAsync("/desk")).Words, Does.Contain("SMS are delayed: send by email"));
        // Somebody else's text gets through.
        await IsDeliveredAsync((await Paylinks.Merchant.CreateLinkAsync("sms")).Id);
        Assert.That(await OutagesAsync(stream), Is.Empty);
        await IsDeliveredAsync(link.Id);
    }

    [Test]
    public async Task Payments_that_do_not_get_through_are_told_by_whoever_meets_with_it()
    {
        using var agent = await SignedInAsync(TestSystem.Agent, "en-GB");
        var link = await Paylinks.Merchant.CreateLinkAsync();
        await Paylinks.Sandbox.FailAsync("mollie", "*", "503", Always);
        using var customer = Paylinks.NewCustomer();

        await customer.PayAsync(link.Url, await Paylinks.Sandbox.CardTokenAsync());
        await IsDownAsync("mollie");
        Assert.That((await agent.OpenAsync("/desk")).Words, Does.Contain("Payments are delayed"));

        await Paylinks.Sandbox.FailAsync("mollie", "*", "none");
        await IsUpAsync("mollie");
    }

    [Test]
    public async Task A_provider_that_is_away_holds_up_nobody_elses_messages()
    {
        await Paylinks.Sandbox.FailAsync("twilio", "*", "503", Always);
        var texts = new List<Link>();
        for (var i = 0; i < 30; i++)
        {
            texts.Add(await Paylinks.Merchant.CreateLinkAsync("sms"));
        }

        await IsDownAsync("twilio");
        var began = Stopwatch.GetTimestamp();
        var email = await Paylinks.Merchant.CreateLinkAsync("email");
        await IsDeliveredAsync(email.Id);
        await TellAsync("an email was delivered", began);
        Assert.That(
            (await Paylinks.Sandbox.MessagesAsync()).Where(message => texts.Any(text => IsOf(message, text))),
            Is.Empty);

        await Paylinks.Sandbox.FailAsync("twilio", "*", "none");
        foreach (var text in texts)
        {
            await IsDeliveredAsync(text.Id);
        }

        var accepted = await Paylinks.Sandbox.MessagesAsync();
        Assert.That(texts.Select(text => accepted.Count(message => IsOf(message, text))), Is.All.EqualTo(1));
        await IsUpAsync("twilio");
    }

    [Test]
    public async Task An_outage_that_nobody_sees_any_more_is_over()
    {
        await using (var connection = await Paylinks.Database.App.OpenConnectionAsync())
        {
            await using var note = connection.CreateCommand();
            note.CommandText = "select note_outage('sendgrid', interval '14 seconds', interval '15 seconds')";
            Assert.That(await note.ExecuteScalarAsync(), Is.True, "news");
            Assert.That(await note.ExecuteScalarAsync(), Is.False, "known");
        }

        using var agent = await SignedInAsync(TestSystem.Agent, "en-GB");
        await Eventually.IsTrueAsync(
            async () => !(await agent.OpenAsync("/desk")).Words.Contains("delayed", StringComparison.Ordinal),
            "the desk says nothing of it");
        Assert.That(ProviderWatch.ForgottenAfter, Is.EqualTo(TimeSpan.FromSeconds(15)));
    }

    private static bool IsOf(AcceptedMessage message, Link link) =>
        message.Text.Contains(link.Url, StringComparison.OrdinalIgnoreCase);

    private static async Task<string> OutagesAsync(LiveFeed stream) =>
        JsonElement.Parse((await stream.NextAsync("outages"))!).GetProperty("outages").GetString()!;

    private static Task TellAsync(string what, long since) => TestContext.Out.WriteLineAsync(
        $"{what} after {Stopwatch.GetElapsedTime(since).TotalSeconds:0.0} s");

    private Task<Link> IsDeliveredAsync(string id) => Eventually.SeesAsync(
        () => Paylinks.Merchant.GetLinkAsync(id),
        link => link.Messages.Any(message => message.Status == "delivered"), "the message is delivered",
        OnABusyMachine);

    private Task<Link> IsWaitingAsync(string id) => Eventually.SeesAsync(
        () => Paylinks.Merchant.GetLinkAsync(id),
        link => link.Messages is [{ Status: "queued", Reason: "provider_unavailable" }], "the message waits");

    private Task IsDownAsync(string provider) => Eventually.IsTrueAsync(
        () => Paylinks.Database.ReadAsync<bool>(
            "select exists (select from provider_outage where provider = @provider)", new { provider }),
        $"{provider} is down", OnABusyMachine);

    private Task IsUpAsync(string provider) => Eventually.IsTrueAsync(
        () => Paylinks.Database.ReadAsync<bool>(
            "select not exists (select from provider_outage where provider = @provider)", new { provider }),
        $"{provider} is up", OnABusyMachine);
}
