using System.Globalization;
using PayLinks.Core.Messages;
using PayLinks.Tests.Infrastructure;
using PayLinks.Tests.V1;

namespace PayLinks.Tests.Limits;

/// <summary>The API with its limits on sending as they are when nobody sets them.</summary>
public abstract class LimitFixture : ApiFixture
{
    private int _blocks;

    protected override IReadOnlyDictionary<string, string> Settings { get; } = Usual(new SendLimits());

    /// <summary>
    /// A block of numbers that no other test of the fixture writes to, without its last four digits.
    /// </summary>
    protected string NewBlock() =>
        string.Create(CultureInfo.InvariantCulture, $"+39347{100 + Interlocked.Increment(ref _blocks)}");

    /// <summary>Creates a link and sends it to this number.</summary>
    protected async Task<HttpResponseMessage> TextAsync(string number, Merchant? by = null)
    {
        var order = Merchant.Order(send: "sms");
        order["customer"] = new { phone = number };
        return await (by ?? Merchant).PostAsync("v1/links", order);
    }

    protected static async Task<SeenProblem> ShouldBeLimitedAsync(
        HttpResponseMessage response, string code, TimeSpan atMost)
    {
        Assert.That((int)response.StatusCode, Is.EqualTo(429), await response.Content.ReadAsStringAsync());
        var problem = await ProblemAsync(response);
        Assert.That(problem.Code, Is.EqualTo(code));
        Assert.That(
            response.Headers.RetryAfter?.Delta,
            Is.GreaterThan(TimeSpan.Zero).And.LessThanOrEqualTo(atMost + TimeSpan.FromSeconds(1)));
        return problem;
    }

    protected static IReadOnlyDictionary<string, string> Usual(SendLimits limits) =>
        new Dictionary<string, string>(TestSystem.WideOpen, StringComparer.Ordinal)
        {
            ["Limits:TextsPerNumber"] = Text(limits.TextsPerNumber),
            ["Limits:TextsPerNumberAndDay"] = Text(limits.TextsPerNumberAndDay),
            ["Limits:TextsPerPrefixAndHour"] = Text(limits.TextsPerPrefixAndHour),
            ["Limits:ResendAfterSeconds"] = Text(limits.ResendAfterSeconds),
            ["Limits:ResendsPerLink"] = Text(limits.ResendsPerLink),
        };

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
