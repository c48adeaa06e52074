namespace PayLinks.Tests.Ledgers;

/// <summary>
/// The checker alone, against any database and sandbox: <c>tools/check-ledgers.sh</c>. In an ordinary run of the tests
/// there is nothing to check, hence no case.
/// </summary>
public sealed class StandaloneCheck
{
    private static IEnumerable<TestCaseData> Targets =>
        Environment.GetEnvironmentVariable("PAYLINKS_CHECK_DB") is { Length: > 0 } database
        && Environment.GetEnvironmentVariable("PAYLINKS_CHECK_SANDBOX") is { Length: > 0 } sandbox
            ? [new TestCaseData(database, sandbox).SetArgDisplayNames("as given")]
            : [];

    [TestCaseSource(nameof(Targets))]
    public async Task The_ledgers_agree(string connectionString, string sandboxUrl)
    {
        var rest = Environment.GetEnvironmentVariable("PAYLINKS_CHECK_SECONDS") is { Length: > 0 } seconds
            ? TimeSpan.FromSeconds(int.Parse(seconds, System.Globalization.CultureInfo.InvariantCulture))
            : TimeSpan.FromSeconds(30);

        var violations = await ThreeLedgers.CompareAtRestAsync(connectionString, sandboxUrl, told: null, rest);

        Assert.That(violations, Is.Empty, string.Join(Environment.NewLine, violations));
    }
}
