namespace PayLinks.Core;

/// <summary>
/// How an internal UUIDv7 is shown: a prefix that tells its kind and 26 characters of base32 ("pl_01jd…").
/// </summary>
public static class PublicId
{
    public const string Link = "pl";
    public const string Payment = "pay";
    public const string Message = "msg";
    public const string Event = "evt";
    public const string Refund = "ref";
    public const string Dispute = "dsp";
    public const string Reconciliation = "rec";
    public const string Merchant = "mer";
    public const string User = "usr";
    public const string Key = "key";
    public const string Endpoint = "whe";
    public const string Delivery = "dlv";
    public const string Invitation = "inv";
    public const string AuditEntry = "aud";
    public const string Batch = "bat";

    public static string Format(string prefix, Guid id)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes, bigEndian: true, out _);
        return $"{prefix}_{Base32.Encode(bytes)}";
    }

    /// <summary>False for another kind's id, a wrong length or a foreign character; never throws.</summary>
    public static bool TryParse(string prefix, string? text, out Guid id)
    {
        id = default;
        if (text is null || text.Length != prefix.Length + 1 + 26
            || !text.StartsWith(prefix, StringComparison.Ordinal) || text[prefix.Length] != '_')
        {
            return false;
        }

        Span<byte> bytes = stackalloc byte[16];
        if (!Base32.TryDecode(text.AsSpan(prefix.Length + 1), bytes))
        {
            return false;
        }

        id = new Guid(bytes, bigEndian: true);
        return true;
    }
}
