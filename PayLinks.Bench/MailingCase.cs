namespace PayLinks.Bench;

/// <summary>
/// Ten links a second made for somebody who waits, while 6,000 of a mailing are queued and a provider takes 20 ms for
/// each.
/// </summary>
internal sealed class MailingCase : ICase
{
    private const int Mailing = 6000;
    private const int Links = 15;

    public string Name => "send-behind-mailing";

    public string Meaning => "the same behind 6,000 queued messages";

    public async Task<Result> RunAsync(ISubject subject, Installation installation)
    {
        installation.Stub.Delay = TimeSpan.FromMilliseconds(20);
        await subject.StartApiAsync();
        await DrainCase.QueueAsync(subject, installation, Mailing);
        await subject.MakeMailingAsync();
        var first = installation.Stub.AwaitCount(1);
        await using var worker = subject.StartWorker();
        await first;
        var times = await IdleCase.SendAsync(subject, installation, Links);
        return new Result { P50 = Percentile.Of(times, 50), P99 = Percentile.Of(times, 99) };
    }
}
