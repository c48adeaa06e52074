using PayLinks.Api.Links;
using PayLinks.Core;
using PayLinks.Core.Secrets;

namespace PayLinks.Api.V1;

/// <summary>
/// Places in a list, as callers carry them: opaque, and of no use to anybody but the one they were given to.
/// </summary>
internal sealed class Cursors(Vault vault)
{
    private const int IdLength = 16;
    private const int SealLength = 8;
    private const int TextLength = 39;

    /// <param name="list">Which list it is a place in, with all that selects its lines but the filters.</param>
    public string Write(Actor actor, string list, Guid place)
    {
        Span<byte> bytes = stackalloc byte[IdLength + SealLength];
        place.TryWriteBytes(bytes, bigEndian: true, out _);
        vault.Hash(Bound(actor, list, place)).AsSpan(0, SealLength).CopyTo(bytes[IdLength..]);
        return Base32.Encode(bytes);
    }

    /// <summary>Reads a cursor; null with an error if it was not written here for this list and actor.</summary>
    public Guid? Read(Actor actor, string list, string parameter, QueryReader query)
    {
        if (query.Text(parameter) is not { } text)
        {
            return null;
        }

        var bytes = new byte[IdLength + SealLength];
        if (text.Length == TextLength && Base32.TryDecode(text, bytes))
        {
            var place = new Guid(bytes.AsSpan(0, IdLength), bigEndian: true);
            var seal = bytes.AsMemory(IdLength);
            var hashes = vault.Hashes(Bound(actor, list, place));
            if (hashes.Any(hash => hash.AsSpan(0, SealLength).SequenceEqual(seal.Span)))
            {
                return place;
            }
        }

        query.Errors.Add(new FieldError("/" + parameter, FieldCodes.CursorInvalid));
        return null;
    }

    private static string Bound(Actor actor, string list, Guid place) =>
        $"cursor/{actor.MerchantId:N}/{actor.Mode}/{list}/{place:N}";
}
