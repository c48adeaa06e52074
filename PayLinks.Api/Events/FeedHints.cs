using System.Collections.Concurrent;
using System.Threading.Channels;
using PayLinks.Core.Database;

namespace PayLinks.Api.Events;

/// <summary>
/// Passes the database's hints that a merchant's links have changed on to whoever follows that merchant's events: live
/// followers and programs. One that is slow misses nothing: a hint waiting is enough to make it look, and it reads from
/// where it stopped.
/// </summary>
public sealed class FeedHints : IDisposable
{
    private readonly ConcurrentDictionary<Guid, ConcurrentDictionary<Subscription, byte>> _byMerchant = new();
    private readonly DatabaseListener _listener;

    public FeedHints(DatabaseListener listener)
    {
        _listener = listener;
        _listener.Heard += Pass;
    }

    public Subscription Subscribe(Guid merchantId)
    {
        var subscription = new Subscription(this, merchantId);
        _byMerchant.GetOrAdd(merchantId, _ => new()).TryAdd(subscription, 0);
        return subscription;
    }

    /// <summary>There is news for everybody, whatever merchant they follow.</summary>
    public void HintEverybody()
    {
        foreach (var subscription in _byMerchant.Values.SelectMany(followers => followers.Keys))
        {
            subscription.Hint();
        }
    }

    public void Dispose() => _listener.Heard -= Pass;

    private void Pass(string channel, string payload)
    {
        if (channel != Wakeups.LinkChannel)
        {
            return;
        }

        // An empty payload: hints may have been missed, so everybody looks.
        var slash = payload.IndexOf('/', StringComparison.Ordinal);
        var toldTo = slash < 0 ? _byMerchant.Values
            : Guid.TryParse(payload.AsSpan(0, slash), out var merchantId)
                && _byMerchant.TryGetValue(merchantId, out var followers) ? [followers]
            : (IEnumerable<ConcurrentDictionary<Subscription, byte>>)[];
        foreach (var subscription in toldTo.SelectMany(followers => followers.Keys))
        {
            subscription.Hint();
        }
    }

    private void Forget(Subscription subscription)
    {
        if (_byMerchant.TryGetValue(subscription.MerchantId, out var followers))
        {
            followers.TryRemove(subscription, out _);
        }
    }

    public sealed class Subscription(FeedHints hints, Guid merchantId) : IDisposable
    {
        private readonly Channel<bool> _hint =
            Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

        public Guid MerchantId => merchantId;

        internal void Hint() => _hint.Writer.TryWrite(true);

        /// <summary>Returns at the next hint, or when the time is up.</summary>
        public async Task WaitAsync(TimeSpan atMost, TimeProvider clock, CancellationToken cancellationToken)
        {
            using var patience = new CancellationTokenSource(atMost, clock);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
            try
            {
                await _hint.Reader.ReadAsync(either.Token);
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                // Nobody hinted: time to look without being told.
            }
        }

        public void Dispose() => hints.Forget(this);
    }
}
