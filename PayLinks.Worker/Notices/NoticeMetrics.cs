using System.Diagnostics.Metrics;
using PayLinks.Core.Database;
using PayLinks.Worker.Sending;

namespace PayLinks.Worker.Notices;

/// <summary>Counts what became of posts to merchants, and how long their programs took.</summary>
internal sealed class NoticeMetrics
{
    private readonly Counter<long> _posts;
    private readonly Histogram<long> _latency;

    public NoticeMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(SendingMetrics.MeterName);
        _posts = meter.CreateCounter<long>("paylinks.notices.posts", description: "Posts to webhook endpoints");
        _latency = meter.CreateHistogram<long>(
            "paylinks.notices.latency", "ms", "How long a post to a webhook endpoint took");
    }

    public void Count(Posted posted)
    {
        var outcome = new KeyValuePair<string, object?>("outcome", posted.Outcome.ToText());
        _posts.Add(1, outcome);
        _latency.Record((long)posted.Latency.TotalMilliseconds, outcome);
    }
}
