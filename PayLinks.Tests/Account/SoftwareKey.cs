using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace PayLinks.Tests.Account;

/// <summary>
/// A device that makes one passkey and answers with it, as browsers pass its answers on (WebAuthn, ES256, no
/// attestation). What it says of itself can be made wrong.
/// </summary>
internal sealed class SoftwareKey(string origin, string domain = "localhost") : IDisposable
{
    private const byte Present = 0x01;
    private const byte Verified = 0x04;
    private const byte HasCredential = 0x40;

    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    private string _userHandle = "";

    public byte[] Id { get; init; } = RandomNumberGenerator.GetBytes(32);

    /// <summary>What browsers of people with synchronised passkeys always say: 0.</summary>
    public uint SignCount { get; set; }

    /// <summary>Whether the device asks its owner for fingerprint, face or PIN.</summary>
    public bool Verifies { get; set; } = true;

    public string Origin { get; set; } = origin;

    /// <param name="options">What the page hands to the browser.</param>
    public string Make(string options)
    {
        var asked = JsonNode.Parse(options)!;
        _userHandle = asked["user"]!["id"]!.GetValue<string>();
        var point = _key.ExportParameters(includePrivateParameters: false).Q;
        byte[] cose =
            [0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20, .. point.X!, 0x22, 0x58, 0x20, .. point.Y!];
        byte[] data = [.. Data(HasCredential), .. new byte[16], 0, (byte)Id.Length, .. Id, .. cose];
        byte[] attestation =
        [
            0xa3, .. Text("fmt"), .. Text("none"), .. Text("attStmt"), 0xa0, .. Text("authData"), 0x58,
            (byte)data.Length, .. data,
        ];
        return Credential(new JsonObject
        {
            ["clientDataJSON"] = Encode(ClientData("webauthn.create", asked)),
            ["attestationObject"] = Encode(attestation),
            ["transports"] = new JsonArray("internal"),
        });
    }

    /// <param name="options">What the page hands to the browser.</param>
    public string Answer(string options)
    {
        var client = ClientData("webauthn.get", JsonNode.Parse(options)!);
        var data = Data(0);
        return Credential(new JsonObject
        {
            ["clientDataJSON"] = Encode(client),
            ["authenticatorData"] = Encode(data),
            ["signature"] = Encode(_key.SignData(
                [.. data, .. SHA256.HashData(client)], HashAlgorithmName.SHA256,
                DSASignatureFormat.Rfc3279DerSequence)),
            ["userHandle"] = _userHandle,
        });
    }

    public void Dispose() => _key.Dispose();

    private byte[] Data(byte flags) =>
    [
        .. SHA256.HashData(Encoding.UTF8.GetBytes(domain)), (byte)(flags | Present | (Verifies ? Verified : 0)),
        (byte)(SignCount >> 24), (byte)(SignCount >> 16), (byte)(SignCount >> 8), (byte)SignCount,
    ];

    private byte[] ClientData(string type, JsonNode asked) => JsonSerializer.SerializeToUtf8Bytes(new JsonObject
    {
        ["type"] = type,
        ["challenge"] = asked["challenge"]!.GetValue<string>(),
        ["origin"] = Origin,
        ["crossOrigin"] = false,
    });

    private string Credential(JsonObject response) => new JsonObject
    {
        ["id"] = Encode(Id),
        ["rawId"] = Encode(Id),
        ["type"] = "public-key",
        ["clientExtensionResults"] = new JsonObject(),
        ["response"] = response,
    }.ToJsonString();

    // A text of fewer than 24 bytes in CBOR.
    private static byte[] Text(string text) => [(byte)(0x60 + text.Length), .. Encoding.UTF8.GetBytes(text)];

    private static string Encode(byte[] bytes) => Base64Url.EncodeToString(bytes);
}
