using System.Text.RegularExpressions;
using Microsoft.Extensions.Caching.Memory;
using Npgsql;
using PayLinks.Api.Links;
using PayLinks.Core;
using PayLinks.Core.Secrets;

namespace PayLinks.Api.V1;

/// <summary>Finds the caller by its API key, of which only a hash is stored.</summary>
internal sealed partial class ApiKeys(NpgsqlDataSource database, Vault vault) : IDisposable
{
    // A revoked key works at most this much longer.
    private static readonly TimeSpan Remembered = TimeSpan.FromSeconds(5);

    private const string FindSql = "select merchant_id, id, mode, scopes from find_api_key($1)";

    private readonly MemoryCache _found = new(new MemoryCacheOptions { SizeLimit = 10_000 });

    /// <summary>Null for anything that is not a key in force.</summary>
    public async ValueTask<ApiCaller?> FindAsync(string? key, CancellationToken cancellationToken)
    {
        if (key is null || !Form().IsMatch(key))
        {
            return null;
        }

        // Kept by hash, so that a copy of our memory is no ring of keys.
        var hashes = vault.Hashes(key);
        var name = Convert.ToBase64String(hashes[0]);
        if (_found.TryGetValue(name, out ApiCaller? caller))
        {
            return caller;
        }

        caller = await ReadAsync(hashes, cancellationToken);
        if (caller is not null)
        {
            var entry = new MemoryCacheEntryOptions { AbsoluteExpirationRelativeToNow = Remembered, Size = 1 };
            _found.Set(name, caller, entry);
        }

        return caller;
    }

    public void Dispose() => _found.Dispose();

    private async Task<ApiCaller?> ReadAsync(byte[][] hashes, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(FindSql);
        command.Parameters.Add(new NpgsqlParameter<byte[][]> { TypedValue = hashes });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        if (!await reader.ReadAsync(cancellationToken))
        {
            return null;
        }

        var keyId = reader.GetGuid(1);
        return new ApiCaller(
            keyId,
            new Actor(reader.GetGuid(0), reader.GetString(2), PublicId.Format(PublicId.Key, keyId)),
            reader.GetFieldValue<string[]>(3));
    }

    [GeneratedRegex(
        @"\Aplk_(test|live)_[0-9A-Za-z]{32,64}\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Form();
}
