using System.Security.Cryptography;
using System.Text;

namespace PayLinks.Sandbox.Books;

/// <summary>Ids in the shapes that the providers give.</summary>
internal static class Ids
{
    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    public static string New(string prefix, int length = 22) =>
        prefix + RandomNumberGenerator.GetString(Letters, length);

    /// <summary>Twilio's ids: two letters and 32 hexadecimal digits.</summary>
    public static string NewSid(string prefix) => prefix + RandomNumberGenerator.GetHexString(32, lowercase: true);

    /// <summary>The profile that an API key stands for: the same key has the same profile after a restart.</summary>
    public static string ProfileOf(string apiKey)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(apiKey));
        return "pfl_" + string.Concat(hash.Take(10).Select(part => Letters[part % Letters.Length]));
    }
}
