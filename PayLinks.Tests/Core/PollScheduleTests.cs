using CsCheck;
using PayLinks.Core.Payments;

namespace PayLinks.Tests.Core;

public sealed class PollScheduleTests
{
    [Test]
    public void A_payment_is_asked_about_at_the_promised_ages()
    {
        var schedule = new PollSchedule();
        var ages = new List<int>();
        for (var age = TimeSpan.Zero; age < TimeSpan.FromMinutes(40); ages.Add((int)age.TotalSeconds))
        {
            age += schedule.WaitAt(age);
        }

        int[] minutes = [.. Enumerable.Range(0, 10).Select(minute => 100 + (60 * minute))];
        Assert.That(ages[..14], Is.EqualTo(new[] { 5, 10, 20, 40 }.Concat(minutes)));
        Assert.That(ages[14..].Zip(ages[13..], (later, earlier) => later - earlier), Has.All.EqualTo(600));
    }

    [Test]
    public void A_wait_is_never_nothing() => Gen.Int[0, 10_000_000].Sample(seconds =>
        new PollSchedule().WaitAt(TimeSpan.FromSeconds(seconds)) > TimeSpan.Zero);
}
