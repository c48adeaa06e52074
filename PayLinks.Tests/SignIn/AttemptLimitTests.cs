using System.Net;
using PayLinks.Tests.Infrastructure;

namespace PayLinks.Tests.SignIn;

public sealed class AttemptLimitTests : StaffFixture
{
    protected override IReadOnlyDictionary<string, string> Settings => new Dictionary<string,
    string>(StringComparer.Ordinal)
    {
        ["SignIn:AttemptsPerAddress"] = "3",
    };

    [Test]
    public async Task One_address_may_try_only_so_often_whoever_it_claims_to_be()
    {
        using var browser = Paylinks.NewCustomer();
        for (var i = 0; i < 3; i++)
        {
            await SignInAsync(browser, $"guess{i}@example.test", "some password");
        }

        var answer = await SignInAsync(browser, TestSystem.Owner.Email, TestSystem.Owner.Password);

        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.TooManyRequests));
        Assert.That(answer.Words, Does.Contain("Troppi tentativi da questa rete. Riprova tra 5 min."));
    }
}
