using System.Security.Cryptography;
using System.Text;

namespace PayLinks.Core.Secrets;

/// <summary>
/// Seals secrets at rest (AES-256-GCM with the key's id in front) and hashes those that must be found again
/// (HMAC-SHA-256). Each ciphertext is bound to what it belongs to, so that it opens nowhere else.
/// </summary>
public sealed class Vault
{
    private const int NonceLength = 12;
    private const int TagLength = 16;

    private readonly Key[] _keys;

    /// <param name="masterKey">
    /// <c>id:base64</c> of 32 bytes. Several, separated by commas: the first seals, the others still open what they
    /// sealed.
    /// </param>
    /// <exception cref="FormatException">The text is not of that form.</exception>
    public Vault(string masterKey)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(masterKey);
        _keys =
        [
            .. masterKey
                .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
                .Select(Key.Parse),
        ];
    }

    /// <param name="purpose">
    /// What is sealed and whose it is, like <c>link-token/pl_…</c>; needed again to open it.
    /// </param>
    public byte[] Seal(ReadOnlySpan<byte> plain, string purpose)
    {
        var key = _keys[0];
        var id = Encoding.ASCII.GetBytes(key.Id);
        var cipher = new byte[1 + id.Length + NonceLength + TagLength + plain.Length];
        cipher[0] = (byte)id.Length;
        id.CopyTo(cipher, 1);
        var nonce = cipher.AsSpan(1 + id.Length, NonceLength);
        RandomNumberGenerator.Fill(nonce);
        var tag = cipher.AsSpan(1 + id.Length + NonceLength, TagLength);
        using var aes = new AesGcm(key.Sealing, TagLength);
        aes.Encrypt(
            nonce, plain, cipher.AsSpan(1 + id.Length + NonceLength + TagLength), tag, Encoding.UTF8.GetBytes(purpose));
        return cipher;
    }

    public byte[] Seal(string plain, string purpose) => Seal(Encoding.UTF8.GetBytes(plain), purpose);

    /// <exception cref="CryptographicException">
    /// Sealed with an unknown key, for another purpose, or altered.
    /// </exception>
    public byte[] Open(ReadOnlySpan<byte> cipher, string purpose)
    {
        if (cipher.IsEmpty || cipher.Length < 1 + cipher[0] + NonceLength + TagLength)
        {
            throw new CryptographicException("The sealed value is too short.");
        }

        var id = Encoding.ASCII.GetString(cipher.Slice(1, cipher[0]));
        var key = Array.Find(_keys, candidate => candidate.Id == id)
            ?? throw new CryptographicException($"Sealed with master key '{id}', which is not configured.");
        var rest = cipher[(1 + cipher[0])..];
        var plain = new byte[rest.Length - NonceLength - TagLength];
        using var aes = new AesGcm(key.Sealing, TagLength);
        aes.Decrypt(
            rest[..NonceLength], rest[(NonceLength + TagLength)..], rest.Slice(NonceLength, TagLength), plain,
            Encoding.UTF8.GetBytes(purpose));
        return plain;
    }

    public string OpenText(ReadOnlySpan<byte> cipher, string purpose) => Encoding.UTF8.GetString(Open(cipher, purpose));

    /// <summary>The hash to store.</summary>
    public byte[] Hash(string secret) => HMACSHA256.HashData(_keys[0].Hashing, Encoding.UTF8.GetBytes(secret));

    /// <summary>
    /// The hashes to look for: one for each configured master key, because a stored one may be older than the
    /// current key.
    /// </summary>
    public byte[][] Hashes(string secret)
    {
        var bytes = Encoding.UTF8.GetBytes(secret);
        return Array.ConvertAll(_keys, key => HMACSHA256.HashData(key.Hashing, bytes));
    }

    private sealed record Key(string Id, byte[] Sealing, byte[] Hashing)
    {
        public static Key Parse(string text)
        {
            var colon = text.IndexOf(':', StringComparison.Ordinal);
            var id = colon > 0 ? text[..colon] : "";
            var master = new byte[33];
            if (id.Length is 0 or > 16 || !Ascii.IsValid(id)
                || !Convert.TryFromBase64String(text[(colon + 1)..], master, out var length) || length != 32)
            {
                throw new FormatException("MasterKey must be 'id:base64' with 32 bytes, for example the output of "
                    + "'echo k1:$(openssl rand -base64 32)'.");
            }

            return new Key(id, Derive(master[..32], "seal"), Derive(master[..32], "hash"));
        }

        private static byte[] Derive(byte[] master, string use) =>
            HKDF.DeriveKey(HashAlgorithmName.SHA256, master, 32, info: Encoding.ASCII.GetBytes("paylinks/" + use));
    }
}
