using Dapper;
using PayLinks.Core.Database;
using PayLinks.Core.Secrets;

namespace PayLinks.Core.Mollie;

/// <param name="Key">The merchant's API key at Mollie, in the clear: hand it to the client, to nothing else.</param>
/// <param name="ProfileId">What mollie.js asks for.</param>
public sealed record MollieAccount(string Key, string ProfileId)
{
    public override string ToString() => ProfileId;
}

/// <summary>Opens a merchant's Mollie key.</summary>
public sealed class MollieAccounts(Vault vault)
{
    private const string FindSql =
        "select key_cipher, profile_id from mollie_account where merchant_id = paylinks_merchant() and mode = @mode";

    /// <summary>The merchant's account in this mode, or null if none has been set.</summary>
    public async Task<MollieAccount?> FindAsync(MerchantTransaction transaction, string mode)
    {
        var row = await transaction.Connection.QuerySingleOrDefaultAsync<Row>(FindSql, new { mode });
        return row is null ? null : Open(transaction.MerchantId, mode, row.KeyCipher, row.ProfileId);
    }

    /// <summary>The account whose sealed key was read together with something else.</summary>
    public MollieAccount Open(Guid merchantId, string mode, byte[] keyCipher, string profileId) =>
        new(vault.OpenText(keyCipher, KeyPurpose(merchantId, mode)), profileId);

    /// <summary>What the key is sealed for; see <see cref="Vault.Seal(string, string)"/>.</summary>
    public static string KeyPurpose(Guid merchantId, string mode) => $"mollie-key/{merchantId:N}/{mode}";

    private sealed record Row(byte[] KeyCipher, string ProfileId);
}
