using System.Net;
using PayLinks.Tests.Torture;

namespace PayLinks.Tests.Limits;

/// <summary>
/// Somebody with a stolen key texts numbers that they earn by. What they get through is bounded by the blocks of
/// numbers that they have, and not by how often they try.
/// </summary>
public sealed class PumpingTests : LimitFixture
{
    private const int AtOnce = 16;
    private const int Blocks = 3;

    [Test]
    public async Task Attempts_to_pump_texts_stay_within_the_caps()
    {
        var attempts = Counts.Of("PUMPED", usually: 300);
        var blocks = Enumerable.Range(0, Blocks).Select(_ => NewBlock()).ToArray();
        var outcomes = new System.Collections.Concurrent.ConcurrentBag<HttpStatusCode>();

        await Parallel.ForEachAsync(
            Enumerable.Range(0, attempts), new ParallelOptions { MaxDegreeOfParallelism = AtOnce },
            async (i, _) =>
            {
                // Numbers come back, so that both limits are tried.
                using var response = await TextAsync($"{blocks[i % Blocks]}{i / Blocks % 5000:0000}");
                outcomes.Add(response.StatusCode);
            });

        Assert.That(outcomes.Distinct(), Is.SubsetOf(new[] { HttpStatusCode.Created, HttpStatusCode.TooManyRequests }));
        var sent = await Paylinks.Database.QueryAsync<(string Block, int Texts, int MostToOne)>(
            """
            select block, sum(texts)::int, max(texts)::int
            from (
                select left(recipient, -4) as block, recipient, count(*) as texts from message group by 1, 2) numbers
            group by block order by block
            """);
        Assert.That(sent.Select(line => line.Block), Is.EqualTo(blocks));
        Assert.That(sent.Select(line => line.Texts), Is.All.EqualTo(20), "each block is used up, and no more");
        Assert.That(sent.Select(line => line.MostToOne), Is.All.LessThanOrEqualTo(3));
        Assert.That(outcomes.Count(status => status == HttpStatusCode.Created), Is.EqualTo(20 * Blocks));
        Assert.That(
            await Paylinks.Database.ReadAsync<int>("select count(*)::int from link"), Is.EqualTo(20 * Blocks));
    }
}
