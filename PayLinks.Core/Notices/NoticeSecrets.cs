using System.Security.Cryptography;

namespace PayLinks.Core.Notices;

/// <summary>The secrets with which notices are signed, and what is sealed in their log.</summary>
public static class NoticeSecrets
{
    private const string Prefix = "whsec_";
    private const int Length = 32;

    /// <summary>A new secret as the merchant is shown it: <c>whsec_</c> and 32 random bytes in base64.</summary>
    public static string New() => Prefix + Convert.ToBase64String(RandomNumberGenerator.GetBytes(Length));

    /// <summary>The key to sign with.</summary>
    public static byte[] KeyOf(string secret) => Convert.FromBase64String(secret[Prefix.Length..]);

    /// <summary>What a secret is sealed for; see <see cref="Secrets.Vault.Seal(string, string)"/>.</summary>
    public static string Purpose(Guid endpointId) => $"webhook-secret/{endpointId:N}";

    /// <summary>What the body of a logged post is sealed for.</summary>
    public static string BodyPurpose(Guid attemptId) => $"notice-body/{attemptId:N}";

    /// <summary>What the answer to a logged post is sealed for.</summary>
    public static string AnswerPurpose(Guid attemptId) => $"notice-answer/{attemptId:N}";
}
