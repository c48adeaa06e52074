using System.Security.Cryptography;
using System.Text;

namespace PayLinks.Sandbox.Callbacks;

/// <summary>Signs event batches: P-256 ECDSA over the timestamp followed by the exact body.</summary>
internal sealed class SendGridSigner : IDisposable
{
    private readonly ECDsa _key;

    public SendGridSigner(SandboxOptions options)
    {
        _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        if (options.SendGridPrivateKey.Length > 0)
        {
            _key.ImportPkcs8PrivateKey(Convert.FromBase64String(options.SendGridPrivateKey), out _);
        }
    }

    public string Sign(string timestamp, string body)
    {
        var signed = Encoding.UTF8.GetBytes(timestamp + body);
        var signature = _key.SignData(signed, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        return Convert.ToBase64String(signature);
    }

    public void Dispose() => _key.Dispose();
}
