using System.Security.Cryptography;
using System.Text;
using PayLinks.Core.Notices;
using PayLinks.Worker.Notices;

namespace PayLinks.Tests.Notices;

/// <summary>Signatures as Standard Webhooks 1.0 lays them down, against values that were computed elsewhere.</summary>
public sealed class SignatureTests
{
    private const string Body = "{\"id\":\"evt_1\",\"type\":\"link.paid\",\"città\":\"Forlì\"}";

    private static readonly string First = SecretFrom(0);
    private static readonly string Second = SecretFrom(100);

    [TestCase("evt_1", 1700000000, Body, ExpectedResult = "v1,cmfyzCNYSuLwCqyhiNVls8XnACE03bThlJ9Slykg3Kg=")]
    [TestCase("evt_2", 1700000000, Body, ExpectedResult = "v1,xw975famrsHhk+TfxC3d/nyTTZD9+mR33UY+wU8FKn0=")]
    [TestCase("evt_1", 0, "", ExpectedResult = "v1,cyKFp+kEuukceU9t6TSf6xZc3X1y5UBA2FuJCx+ktV8=")]
    public string Id_time_and_body_are_signed(string id, long timestamp, string body) =>
        SignNotice.Header(id, timestamp, Encoding.UTF8.GetBytes(body), [First]);

    [Test]
    public void Each_secret_in_force_signs() =>
        Assert.That(
            SignNotice.Header("evt_1", 1700000000, Encoding.UTF8.GetBytes(Body), [First, Second]),
            Is.EqualTo(
                "v1,cmfyzCNYSuLwCqyhiNVls8XnACE03bThlJ9Slykg3Kg= v1,Rhu0nlKy9Bkyrmbm08lRYFo0Dbq16wMi+2q/PBRZQms="));

    [Test]
    public void A_secret_is_32_random_bytes()
    {
        var secrets = Enumerable.Range(0, 100).Select(_ => NoticeSecrets.New()).ToList();

        Assert.That(secrets, Is.Unique.And.All.StartWith("whsec_"));
        Assert.That(secrets.Select(secret => NoticeSecrets.KeyOf(secret).Length), Is.All.EqualTo(32));
    }

    /// <summary>What a receiver does, written from the standard and not from our code.</summary>
    internal static bool IsSigned(Told told, string secret)
    {
        var key = Convert.FromBase64String(secret["whsec_".Length..]);
        var signed = Encoding.UTF8.GetBytes($"{told.Headers["webhook-id"]}.{told.Headers["webhook-timestamp"]}.")
            .Concat(told.Body).ToArray();
        var expected = "v1," + Convert.ToBase64String(HMACSHA256.HashData(key, signed));
        return told.Signatures.Contains(expected, StringComparer.Ordinal);
    }

    // Made from numbers, so that no secret stands in the source.
    private static string SecretFrom(byte first) =>
        "whsec_" + Convert.ToBase64String([.. Enumerable.Range(first, 32).Select(number => (byte)number)]);
}
