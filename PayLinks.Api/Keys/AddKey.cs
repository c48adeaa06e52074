using System.Security.Cryptography;
using Dapper;
using PayLinks.Core;
using PayLinks.Core.Database;
using PayLinks.Core.Secrets;

namespace PayLinks.Api.Keys;

internal static class AddKey
{
    private const int SecretLength = 32;

    private const string InsertSql =
        """
        insert into api_key (merchant_id, id, mode, name, key_hash, scopes)
        values (paylinks_merchant(), @Id, @mode, @name, @Hash, @Scopes)
        """;

    extension(MerchantTransaction transaction)
    {
        /// <summary>Makes an API key. The caller commits.</summary>
        /// <param name="mode"><c>test</c> or <c>live</c>, which the key says too.</param>
        /// <returns>The key in the clear, to be told once: only its hash is kept.</returns>
        public async Task<string> AddKeyAsync(Vault vault, string mode, string name, IReadOnlyList<string> scopes)
        {
            var key = $"plk_{mode}_{RandomNumberGenerator.GetString(Base32.Alphabet, SecretLength)}";
            await transaction.Connection.ExecuteAsync(InsertSql, new
            {
                Id = Guid.CreateVersion7(),
                mode,
                name,
                Hash = vault.Hash(key),
                Scopes = scopes.ToArray(),
            });
            return key;
        }
    }
}
