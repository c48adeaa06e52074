using Microsoft.Extensions.Time.Testing;
using PayLinks.Core.Providers;

namespace PayLinks.Tests.Outages;

/// <summary>When a provider counts as down, and when no longer.</summary>
public sealed class ProviderWatchTests
{
    private FakeTimeProvider _clock = null!;
    private ProviderWatch _watch = null!;

    [SetUp]
    public void Begin()
    {
        _clock = new FakeTimeProvider();
        _watch = new ProviderWatch(_clock);
    }

    [Test]
    public void One_failure_is_no_outage()
    {
        Call(false);
        Pass(10);

        Assert.That(IsDown, Is.False);
    }

    [Test]
    public void Two_failures_and_nothing_else_for_three_seconds_are()
    {
        Call(false);
        Call(false);
        Assert.That(IsDown, Is.False, "at the same moment");
        Pass(3);

        Assert.That(IsDown, Is.True);
        Assert.That(_watch.IsDown(Provider.SendGrid), Is.False);
    }

    [Test]
    public void A_call_that_gets_through_in_between_says_otherwise()
    {
        Call(false);
        Call(true);
        Call(false);
        Pass(3);

        Assert.That(IsDown, Is.False);
    }

    [Test]
    public void Silence_is_an_outage_after_four_seconds_and_stays_one_when_the_call_is_given_up()
    {
        var call = _watch.Begin(Provider.Twilio);
        Pass(3);
        Assert.That(IsDown, Is.False);
        Pass(1);
        Assert.That(IsDown, Is.True);
        Pass(4);
        _watch.End(Provider.Twilio, call, gotThrough: false);

        Assert.That(IsDown, Is.True);
    }

    [Test]
    public void A_slow_call_beside_one_that_gets_through_is_only_slow()
    {
        _watch.Begin(Provider.Twilio);
        Pass(1);
        Call(true);
        Pass(5);

        Assert.That(IsDown, Is.False);
    }

    [Test]
    public void An_open_breaker_is_an_outage()
    {
        _watch.Broke(Provider.Twilio, BreakerState.Open);

        Assert.That(IsDown, Is.True);
        Assert.That(_watch.BreakerOf(Provider.Twilio), Is.EqualTo(BreakerState.Open));
    }

    [Test]
    public void The_first_call_that_gets_through_ends_it()
    {
        _watch.Broke(Provider.Twilio, BreakerState.Open);
        Call(true);

        Assert.That(IsDown, Is.False);
    }

    [Test]
    public void What_tells_nothing_about_sending_ends_nothing()
    {
        _watch.Broke(Provider.Twilio, BreakerState.Open);
        Call(null);

        Assert.That(IsDown, Is.True);
    }

    [Test]
    public void Without_calls_it_is_forgotten()
    {
        _watch.Broke(Provider.Twilio, BreakerState.Open);
        Pass(14);
        Assert.That(IsDown, Is.True);
        Pass(1);
        Assert.That(IsDown, Is.False);

        Call(false);
        Pass(5);
        Assert.That(IsDown, Is.False, "one failure of a new beginning");
    }

    private bool IsDown => _watch.IsDown(Provider.Twilio);

    private void Pass(int seconds) => _clock.Advance(TimeSpan.FromSeconds(seconds));

    private void Call(bool? gotThrough) =>
        _watch.End(Provider.Twilio, _watch.Begin(Provider.Twilio), gotThrough);
}
