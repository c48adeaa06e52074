using System.Net;

namespace PayLinks.Tests.V1;

public sealed class RateLimitTests : ApiFixture
{
    protected override IReadOnlyDictionary<string, string> Settings =>
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["Limits:RequestsPerSecond"] = "1",
            ["Limits:RequestsBurst"] = "3",
        };

    [Test]
    public async Task Whoever_asks_too_often_is_told_when_to_come_back()
    {
        var answers = new List<HttpResponseMessage>();
        for (var i = 0; i < 6; i++)
        {
            answers.Add(await Merchant.Http.GetAsync("v1/links"));
        }

        Assert.That(answers.Take(3).Select(answer => answer.StatusCode), Has.All.EqualTo(HttpStatusCode.OK));
        var refused = answers[^1];
        Assert.That(refused.StatusCode, Is.EqualTo(HttpStatusCode.TooManyRequests));
        Assert.That((await ProblemAsync(refused)).Code, Is.EqualTo("too_many_requests"));
        Assert.That(refused.Headers.RetryAfter?.Delta, Is.GreaterThan(TimeSpan.Zero));
        Assert.That(refused.Headers.Contains("RateLimit"));

        using var other = await AddKeyAsync();
        using var neighbour = await other.Http.GetAsync("v1/links");
        Assert.That(neighbour.StatusCode, Is.EqualTo(HttpStatusCode.OK), "each key has its own bucket");
        await Eventually.IsTrueAsync(
            async () =>
            {
                using var again = await Merchant.Http.GetAsync("v1/links");
                return again.StatusCode == HttpStatusCode.OK;
            },
            "the bucket fills again");
        answers.ForEach(answer => answer.Dispose());
    }
}
