using PayLinks.Tests.Infrastructure;

namespace PayLinks.Tests;

/// <summary>Ends what the whole run shares, when the last test of all namespaces below has ended.</summary>
[SetUpFixture]
public sealed class EndOfTheRun
{
    [OneTimeTearDown]
    public Task CloseTheBrowser() => Browsers.CloseAsync();
}
