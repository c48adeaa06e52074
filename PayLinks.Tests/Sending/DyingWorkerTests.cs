using PayLinks.Core.Hosting;
using PayLinks.Core.Messages;
using PayLinks.Worker.Sending;
using PayLinks.Worker.Twilio;

namespace PayLinks.Tests.Sending;

/// <summary>Wherever a worker stops for ever, another one goes on, and the customer gets one text.</summary>
public sealed class DyingWorkerTests
{
    private static readonly TimeSpan LeaseAndMore = TimeSpan.FromSeconds(14);

    private Bench _bench = null!;

    [SetUp]
    public async Task StartAsync() => _bench = await Bench.StartAsync();

    [TearDown]
    public async Task StopAsync() => await _bench.DisposeAsync();

    [Test]
    public async Task A_text_whose_worker_died_before_sending_is_sent_once()
    {
        var message = await _bench.QueueSmsAsync();
        await RunAndDieAsync(sends: false);

        await _bench.DeliverAsync();
        Assert.That(await _bench.Sandbox.MessagesAsync(), Is.Empty, "still leased");
        await TakeOverAsync();
        await _bench.DeliverAsync();

        Assert.That(await _bench.StatusOfAsync(message), Is.EqualTo("accepted"));
        Assert.That(await _bench.Sandbox.MessagesAsync(), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_text_whose_worker_died_after_sending_is_not_sent_again()
    {
        var message = await _bench.QueueSmsAsync();
        await RunAndDieAsync(sends: true);

        await TakeOverAsync();
        await _bench.DeliverAsync();

        Assert.That(await _bench.StatusOfAsync(message), Is.EqualTo("accepted"));
        Assert.That(await _bench.Sandbox.MessagesAsync(), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task An_email_whose_worker_died_is_left_for_a_person()
    {
        var message = await _bench.QueueAsync(await _bench.NewLinkAsync(), MessageChannel.Email);
        await LeaseAndDieAsync("email");

        await TakeOverAsync();
        await _bench.DeliverAsync(MessageChannel.Email);

        Assert.That(await _bench.StatusOfAsync(message), Is.EqualTo("unknown"));
        Assert.That(await _bench.Sandbox.MessagesAsync(), Is.Empty);
    }

    [Test]
    public async Task A_worker_that_wakes_up_late_writes_nothing_over_what_was_done_meanwhile()
    {
        var message = await _bench.QueueSmsAsync();
        var answer = new TaskCompletionSource<SendOutcome>();
        var frozen = _bench.Make<DeliverMessages>(
            MessageChannel.Sms, (Prepare)(_ => Task.FromResult<Send>(_ => answer.Task)));
        await frozen.RunOnceAsync(CancellationToken.None);

        await TakeOverAsync();
        await _bench.DeliverAsync();
        var written = await ProviderIdAsync();
        answer.SetResult(new SendOutcome.Accepted("SM-late"));
        await frozen.FinishAsync();

        Assert.That(await ProviderIdAsync(), Is.EqualTo(written).And.Not.EqualTo("SM-late"));
        Assert.That(await _bench.StatusOfAsync(message), Is.EqualTo("accepted"));
        Assert.That(await _bench.EventsOfMessageAsync(message), Is.EqualTo(new[] { "link.created", "link.sent" }));
    }

    [Test]
    public async Task A_worker_that_wakes_up_past_its_lease_does_not_send()
    {
        await _bench.QueueSmsAsync();
        var frozen = _bench.Make<DeliverMessages>(
            MessageChannel.Sms, new LeapingClock(), (Prepare)_bench.Get<SendSms>().PrepareAsync);

        await Bench.RunAsync(frozen);

        Assert.That(await _bench.Sandbox.MessagesAsync(), Is.Empty);
    }

    private Task<string> ProviderIdAsync() => _bench.Database.ReadAsync<string>("select provider_id from message");

    // What a killed worker leaves behind: a lease, and perhaps a text at the provider, but no outcome.
    private async Task RunAndDieAsync(bool sends)
    {
        if (!sends)
        {
            await LeaseAndDieAsync("sms");
            return;
        }

        var provider = _bench.Get<ISmsProvider>();
        var sms = new SendSms(new SilentProvider(provider), _bench.Get<OpenSecrets>(), _bench.Get<PayLinksOptions>());
        var dying = _bench.Make<DeliverMessages>(MessageChannel.Sms, (Prepare)sms.PrepareAsync);
        await dying.RunOnceAsync(CancellationToken.None);
        await Eventually.SeesAsync(_bench.Sandbox.MessagesAsync, messages => messages.Count == 1, "the text was taken");
    }

    private Task<int> LeaseAndDieAsync(string channel) => _bench.Database.ExecuteAsync(
        "select lease_messages(@channel, 10, interval '13 seconds', 1, 10, 30, 10)", new { channel });

    private async Task TakeOverAsync()
    {
        await _bench.MoveClockAsync(LeaseAndMore);
        await _bench.RunAsync<GiveUpDeadLeases>();
        await _bench.RunAsync<LookUpUnknownSms>();
    }

    /// <summary>Sends, and never comes back with the answer.</summary>
    private sealed class SilentProvider(ISmsProvider real) : ISmsProvider
    {
        public async Task<SendOutcome> SendAsync(Sms sms, CancellationToken cancellationToken)
        {
            await real.SendAsync(sms, CancellationToken.None);
            return await new TaskCompletionSource<SendOutcome>().Task;
        }

        public Task<IReadOnlyList<SentSms>?> FindSentAsync(
            string to, TimeSpan youngerThan, CancellationToken cancellationToken) =>
            real.FindSentAsync(to, youngerThan, cancellationToken);
    }

    /// <summary>As if the process had stood still for a minute between any two looks at the clock.</summary>
    private sealed class LeapingClock : TimeProvider
    {
        private long _minutes;

        public override long GetTimestamp() => Interlocked.Increment(ref _minutes) * 60 * TimestampFrequency;
    }
}
