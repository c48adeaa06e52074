using OtpNet;

namespace PayLinks.Tests.Account;

/// <summary>The app on a person's phone.</summary>
internal sealed class AuthenticatorApp(string secret)
{
    private const int StepSeconds = 30;

    private readonly Totp _codes = new(Base32Encoding.ToBytes(secret.Replace(" ", "", StringComparison.Ordinal)));

    /// <summary>The code of now; of the half minute after it, which is accepted too; and so on.</summary>
    public string Code(int later = 0) =>
        _codes.ComputeTotp(TimeProvider.System.GetUtcNow().UtcDateTime.AddSeconds(later * StepSeconds));

    /// <summary>Six digits that are the code of no half minute near this one.</summary>
    public string WrongCode()
    {
        var near = Enumerable.Range(-3, 7).Select(Code).ToHashSet(StringComparer.Ordinal);
        return Enumerable.Range(0, 8).Select(digit => new string((char)('0' + digit), 6))
            .First(code => !near.Contains(code));
    }
}
