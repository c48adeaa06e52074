using System.Globalization;
using System.Net;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using PayLinks.Worker.Sending;
using PayLinks.Worker.Twilio;

namespace PayLinks.Tests.Sending;

/// <summary>What may be concluded from Twilio's list, and what not.</summary>
public sealed class FindOurSmsTests
{
    private const string Url = "https://pay.example.test/p/abc";
    private const string Text = "FERRAMENTA: paga 49,90 EUR " + Url;

    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(5);

    [Test]
    public void Ours_is_known_by_its_address_or_to_the_letter()
    {
        Assert.Multiple(() =>
        {
            Assert.That(Find([Sent("a", Text, 3)]), Is.EqualTo(new SmsFate.There("a")));
            Assert.That(
                Find([Sent("a", "Sent from a trial account - " + Text, 3)]), Is.EqualTo(new SmsFate.There("a")));
            Assert.That(
                FindOurSms.Find(Url, "Annullato.", [Sent("a", "Annullato.", 3)], [], Margin),
                Is.EqualTo(new SmsFate.There("a")), "without an address");
            Assert.That(Find([Sent("a", "Your code is 1234", 3)]), Is.EqualTo(new SmsFate.Absent()));
            Assert.That(Find([]), Is.EqualTo(new SmsFate.Absent()));
        });
    }

    [TestCase("")]
    [TestCase("***")]
    public void Nothing_is_concluded_from_a_text_that_was_not_kept(string body)
    {
        Assert.That(Find([Sent("a", body, 3)]), Is.EqualTo(new SmsFate.Unsure()));
        Assert.That(Find([Sent("a", body, 3), Sent("b", Text, 2)]), Is.EqualTo(new SmsFate.There("b")));
    }

    [Test]
    public void The_same_words_for_a_later_message_are_the_later_messages()
    {
        // Ours was leased a minute and a half ago, the other one 20 seconds ago.
        TimeSpan[] later = [TimeSpan.FromSeconds(20)];

        Assert.Multiple(() =>
        {
            Assert.That(Find([Sent("theirs", Text, 19)], later), Is.EqualTo(new SmsFate.Absent()));
            Assert.That(Find([Sent("ours", Text, 88)], later), Is.EqualTo(new SmsFate.There("ours")));
            Assert.That(
                Find([Sent("theirs", Text, 19), Sent("ours", Text, 88)], later),
                Is.EqualTo(new SmsFate.There("ours")));
        });
    }

    [TestCase(0, 1)]
    [TestCase(7, 1)]
    [TestCase(30, 1)]
    public async Task A_list_that_Twilio_takes_its_time_over_hides_nothing(int seconds, int found)
    {
        var clock = new FakeTimeProvider();
        var created = clock.GetUtcNow();
        clock.Advance(TimeSpan.FromSeconds(9));

        var sent = await AskAsync(clock, created, youngerThan: TimeSpan.FromSeconds(10), takes: seconds);

        Assert.That(sent, Has.Count.EqualTo(found));
        Assert.That(sent![0].Age, Is.EqualTo(TimeSpan.FromSeconds(9)));
    }

    [Test]
    public async Task A_clock_of_Twilios_that_is_wrong_by_an_hour_changes_nothing()
    {
        var clock = new FakeTimeProvider();
        var created = clock.GetUtcNow().AddHours(1);
        clock.Advance(TimeSpan.FromSeconds(9));

        var sent = await AskAsync(clock, created, TimeSpan.FromSeconds(10), takes: 1, ahead: TimeSpan.FromHours(1));

        Assert.That(sent, Has.Count.EqualTo(1));
    }

    private static async Task<IReadOnlyList<SentSms>?> AskAsync(
        FakeTimeProvider clock, DateTimeOffset created, TimeSpan youngerThan, int takes, TimeSpan ahead = default)
    {
        using var twilio = new SlowTwilio(clock, created, TimeSpan.FromSeconds(takes), ahead);
        var client = new TwilioClient(
            twilio, new TwilioOptions { AccountSid = "AC1", AuthToken = "word" }, clock,
            NullLogger<TwilioClient>.Instance);
        return await client.FindSentAsync("+393471234567", youngerThan, CancellationToken.None);
    }

    private static SmsFate Find(SentSms[] unbound, params TimeSpan[] laterLeases) =>
        FindOurSms.Find(Url, Text, unbound, laterLeases, Margin);

    private static SentSms Sent(string id, string body, int age) => new(id, body, TimeSpan.FromSeconds(age));

    /// <summary>Lists one text, after a while, and says what time it is then by its own clock.</summary>
    private sealed class SlowTwilio(FakeTimeProvider clock, DateTimeOffset created, TimeSpan takes, TimeSpan ahead)
        : HttpMessageHandler, IHttpClientFactory
    {
        public HttpClient CreateClient(string name) =>
            new(this, disposeHandler: false) { BaseAddress = new Uri("https://twilio.example.test/2010-04-01/") };

        protected override Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken)
        {
            clock.Advance(takes);
            var time = created.ToString("R", CultureInfo.InvariantCulture);
            var list =
                $$"""
                {"messages":[{"sid":"SM1","body":"x","direction":"outbound-api","date_created":"{{time}}"}]}
                """;
            var answer = new HttpResponseMessage(HttpStatusCode.OK)
            {
                Content = new StringContent(list, Encoding.UTF8, "application/json"),
            };
            answer.Headers.Date = clock.GetUtcNow() + ahead;
            return Task.FromResult(answer);
        }
    }
}
