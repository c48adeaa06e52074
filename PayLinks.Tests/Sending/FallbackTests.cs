using PayLinks.Core.Database;
using PayLinks.Core.Events;
using PayLinks.Core.Links;
using PayLinks.Core.Messages;
using PayLinks.Worker.Callbacks;
using PayLinks.Worker.Sending;

namespace PayLinks.Tests.Sending;

/// <summary>A link that does not arrive goes out on the other channel: once, and only while it can be paid.</summary>
public sealed class FallbackTests
{
    private static readonly TimeSpan DeskLimit = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan OtherLimit = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private Bench _bench = null!;

    [SetUp]
    public async Task StartAsync() => _bench = await Bench.StartAsync();

    [TearDown]
    public async Task StopAsync() => await _bench.DisposeAsync();

    [Test]
    public async Task A_definite_no_falls_back_at_once()
    {
        var message = await QueueAsync(recipient: "+15005550009");
        await _bench.DeliverAsync();

        await FallBackAsync();
        await _bench.DeliverAsync(MessageChannel.Email);

        var email = (await _bench.Sandbox.MessagesAsync()).Single();
        Assert.That(email.To, Is.EqualTo(Bench.Address));
        Assert.That(
            await _bench.EventsOfMessageAsync(message),
            Is.EqualTo(new[] { "link.created", "link.undelivered", "link.fell_back", "link.sent" }));
        Assert.That(
            await _bench.Database.ReadAsync<bool>(
                """
                select fallback_at is null and lane = 1 and purpose = 'link' from message where fallback_of = @message
                """,
                new { message }),
            "in the same lane, and itself without a way back");
    }

    [Test]
    public async Task An_email_that_bounces_becomes_a_text()
    {
        var message = await _bench.QueueAsync(
            await _bench.NewLinkAsync(), MessageChannel.Email, mayFallBack: true);
        await _bench.DeliverAsync(MessageChannel.Email);
        await HearAsync(message, "sendgrid", "bounce");
        await _bench.Database.ExecuteAsync("update link set texted = false");

        await FallBackAsync();
        await _bench.DeliverAsync();

        Assert.That((await _bench.Sandbox.MessagesAsync()).Select(sent => sent.To), Has.Member(Bench.Phone));
        Assert.That(await _bench.Database.ReadAsync<bool>("select texted from link"), "is listed by SMS too");
    }

    [TestCase("update merchant set allowed_countries = '{FR}'")]
    [TestCase("update merchant set sms_segments_per_day = 1")]
    [TestCase("update link set customer_phone = '+390612345678'")]
    public async Task No_email_becomes_a_text_that_could_not_have_been_asked_for(string but)
    {
        await _bench.QueueSmsAsync();
        await _bench.DeliverAsync();
        var message = await _bench.QueueAsync(
            await _bench.NewLinkAsync(), MessageChannel.Email, mayFallBack: true);
        await _bench.DeliverAsync(MessageChannel.Email);
        await HearAsync(message, "sendgrid", "bounce");
        await _bench.Database.ExecuteAsync(but);

        await FallBackAsync();

        Assert.That(
            await _bench.Database.ReadAsync<long>(
                "select count(*) from message where fallback_of = @message or fallback_at is not null",
                new { message }),
            Is.Zero);
    }

    [TestCase(MessageLane.Desk)]
    [TestCase(MessageLane.Api)]
    public async Task Silence_falls_back_after_the_merchants_limit(MessageLane lane)
    {
        var limit = lane == MessageLane.Desk ? DeskLimit : OtherLimit;
        var message = await QueueAsync(lane: lane);
        await _bench.DeliverAsync();

        await _bench.Database.MoveClockAsync(limit - (20 * Second));
        await FallBackAsync();
        Assert.That(await FollowersAsync(message), Is.Zero, "not before its time");
        await _bench.Database.MoveClockAsync(40 * Second);
        await FallBackAsync();

        Assert.That(await FollowersAsync(message), Is.EqualTo(1));
        Assert.That(await _bench.StatusOfAsync(message), Is.EqualTo("accepted"));
    }

    [Test]
    public async Task A_message_that_is_still_queued_does_not_leave_as_well()
    {
        var message = await QueueAsync();
        await _bench.Database.MoveClockAsync(OtherLimit + Second);

        await FallBackAsync();
        await _bench.DeliverAsync();

        Assert.That(await _bench.Sandbox.MessagesAsync(), Is.Empty);
        Assert.That(await _bench.StatusOfAsync(message), Is.EqualTo("suppressed"));
        Assert.That(await _bench.ReasonOfAsync(message), Is.EqualTo(DeliveryReason.FellBack));
        Assert.That(await FollowersAsync(message), Is.EqualTo(1));
    }

    [Test]
    public async Task A_message_that_comes_back_to_the_queue_after_its_follower_is_taken_back()
    {
        var message = await QueueAsync();
        await _bench.Sandbox.FailAsync("twilio", "createMessage", "500");
        await _bench.DeliverAsync();
        await _bench.Database.MoveClockAsync(OtherLimit + Second);
        await FallBackAsync();

        await _bench.RunAsync<LookUpUnknownSms>();

        Assert.That(await _bench.StatusOfAsync(message), Is.EqualTo("suppressed"));
        Assert.That(await _bench.ReasonOfAsync(message), Is.EqualTo(DeliveryReason.FellBack));
    }

    [TestCase("delivered", false)]
    [TestCase("delivered", true)]
    [TestCase("undelivered", false)]
    public async Task What_a_callback_says_decides(string outcome, bool comesLate)
    {
        var message = await QueueAsync();
        await _bench.DeliverAsync();
        if (comesLate)
        {
            await _bench.Database.MoveClockAsync(OtherLimit + Second);
            await FallBackAsync();
        }

        await HearAsync(message, "twilio", outcome);
        await FallBackAsync();
        await _bench.Database.MoveClockAsync(OtherLimit + OtherLimit);
        await FallBackAsync();

        Assert.That(await _bench.StatusOfAsync(message), Is.EqualTo(outcome));
        Assert.That(await FollowersAsync(message), Is.EqualTo(outcome == "undelivered" || comesLate ? 1 : 0));
    }

    [TestCase(LinkStatus.Paid)]
    [TestCase(LinkStatus.Canceled)]
    [TestCase(LinkStatus.Expired)]
    public async Task Nothing_follows_once_the_link_has_ended(LinkStatus status)
    {
        var link = await _bench.NewLinkAsync();
        var message = await _bench.QueueAsync(link, mayFallBack: true);
        await _bench.DeliverAsync();
        await EndAsync(link, status);

        await _bench.Database.MoveClockAsync(OtherLimit + Second);
        await FallBackAsync();

        Assert.That(await FollowersAsync(message), Is.Zero);
        Assert.That(await WaitingAsync(), Is.Zero, "and nobody looks again");
    }

    [Test]
    public async Task Who_has_the_link_on_the_other_channel_is_not_written_to_again()
    {
        var link = await _bench.NewLinkAsync();
        await _bench.QueueAsync(link, MessageChannel.Email);
        var message = await _bench.QueueAsync(link, recipient: "+15005550009", mayFallBack: true);
        await _bench.DeliverAsync();

        await FallBackAsync();

        Assert.That(await FollowersAsync(message), Is.Zero);
    }

    [Test]
    public async Task Who_opted_out_of_the_other_channel_is_not_written_to_there()
    {
        await _bench.OptOutAsync(MessageChannel.Email, Bench.Address);
        var message = await QueueAsync(recipient: "+15005550009");
        await _bench.DeliverAsync();

        await FallBackAsync();

        Assert.That(await FollowersAsync(message), Is.Zero);
    }

    [Test]
    public async Task A_merchant_may_do_without()
    {
        await _bench.Database.ExecuteAsync("update merchant set fallback_desk = null, fallback_other = null");
        await QueueAsync(lane: MessageLane.Desk);
        await QueueAsync();

        Assert.That(await WaitingAsync(), Is.Zero);
    }

    [Test]
    public async Task Workers_that_come_together_send_one_each()
    {
        var messages = new List<Guid>();
        for (var i = 0; i < 20; i++)
        {
            messages.Add(await QueueAsync());
        }

        await _bench.Database.MoveClockAsync(OtherLimit + Second);
        var workers = Enumerable.Range(0, 3).Select(_ => _bench.Make<FallBack>()).ToList();
        await Task.WhenAll(workers.Concat(workers).Select(worker => worker.RunOnceAsync(CancellationToken.None)));
        await Task.WhenAll(workers.Select(worker => ((Worker.IJob)worker).FinishAsync()));
        await FallBackAsync();
        await FallBackAsync();

        Assert.That(
            await _bench.Database.QueryAsync<Guid>("select fallback_of from message where fallback_of is not null"),
            Is.EquivalentTo(messages));
    }

    private async Task<Guid> QueueAsync(string? recipient = null, MessageLane lane = MessageLane.Api) =>
        await _bench.QueueAsync(await _bench.NewLinkAsync(), recipient: recipient, lane: lane, mayFallBack: true);

    private Task<bool> FallBackAsync() => _bench.RunAsync<FallBack>();

    private async Task HearAsync(Guid message, string provider, string outcome)
    {
        await _bench.Database.ExecuteAsync(
            """
            insert into callback (merchant_id, id, provider, message_id, outcome, provider_id, received_at)
            select merchant_id, gen_random_uuid(), @provider, id, @outcome, provider_id, now() from message
            where id = @message
            """,
            new { message, provider, outcome });
        await _bench.RunAsync<ApplyCallbacks>();
    }

    private Task<long> FollowersAsync(Guid message) => _bench.Database.ReadAsync<long>(
        "select count(*) from message where fallback_of = @message and channel <> 'sms'", new { message });

    private Task<long> WaitingAsync() =>
        _bench.Database.ReadAsync<long>("select count(*) from message where fallback_at is not null");

    private async Task EndAsync(Guid link, LinkStatus status)
    {
        await using var transaction = await _bench.Database.App.BeginAsync(_bench.MerchantId);
        await transaction.RecordAsync(new NewEvent(link, $"link.{status.ToText()}", "worker")
        {
            Link = (LinkStatus.Open, status),
        });
        await transaction.SuppressQueuedAsync(status.ToText(), link);
        await transaction.CommitAsync();
    }
}
