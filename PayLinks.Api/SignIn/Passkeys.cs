using Dapper;
using Microsoft.AspNetCore.Identity;
using Npgsql;

namespace PayLinks.Api.SignIn;

/// <summary>A key with which somebody signs in: the public half of it.</summary>
/// <param name="Name">What its owner calls it.</param>
public sealed record Passkey(
    byte[] CredentialId, string Name, byte[] PublicKey, long SignCount, bool IsBackupEligible, bool IsBackedUp,
    DateTimeOffset CreatedAt, DateTimeOffset? UsedAt)
{
    /// <summary>How forms name it.</summary>
    public string Key => Convert.ToHexStringLower(CredentialId);
}

/// <summary>The passkeys of everybody who signs in.</summary>
public sealed class Passkeys(NpgsqlDataSource database)
{
    private const string ListSql =
        """
        select credential_id, name, public_key, sign_count, is_backup_eligible, is_backed_up, created_at, used_at
        from passkeys_of(@userId)
        """;

    private const string FindOwnerSql = "select find_user_by_passkey(@credentialId)";

    private const string SaveSql =
        """
        select save_passkey(@userId, @CredentialId, @Name, @PublicKey, @SignCount, @IsBackupEligible, @IsBackedUp)
        """;

    private const string RemoveSql = "select remove_passkey(@userId, @credentialId)";
    private const string UseSql = "select use_passkey(@CredentialId, @challengeMadeAt, @SignCount, @IsBackedUp)";

    public async Task<IReadOnlyList<Passkey>> ListAsync(Guid userId, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return (await connection.QueryAsync<Passkey>(
            new CommandDefinition(ListSql, new { userId }, cancellationToken: cancellationToken))).AsList();
    }

    public async Task<Guid?> FindOwnerAsync(byte[] credentialId, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return await connection.ExecuteScalarAsync<Guid?>(
            new CommandDefinition(FindOwnerSql, new { credentialId }, cancellationToken: cancellationToken));
    }

    public async Task SaveAsync(Guid userId, UserPasskeyInfo passkey, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition(
            SaveSql,
            new
            {
                userId,
                passkey.CredentialId,
                passkey.Name,
                passkey.PublicKey,
                SignCount = (long)passkey.SignCount,
                passkey.IsBackupEligible,
                passkey.IsBackedUp,
            },
            cancellationToken: cancellationToken));
    }

    public async Task RemoveAsync(Guid userId, byte[] credentialId, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await connection.ExecuteAsync(
            new CommandDefinition(RemoveSql, new { userId, credentialId }, cancellationToken: cancellationToken));
    }

    /// <summary>Accepts a passkey's answer to a challenge, once.</summary>
    /// <param name="passkey">As it is after a check that succeeded.</param>
    /// <returns>False when it has answered this challenge before, or one made later.</returns>
    public async Task<bool> UseAsync(
        UserPasskeyInfo passkey, DateTimeOffset challengeMadeAt, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return await connection.ExecuteScalarAsync<bool>(new CommandDefinition(
            UseSql,
            new { passkey.CredentialId, challengeMadeAt, SignCount = (long)passkey.SignCount, passkey.IsBackedUp },
            cancellationToken: cancellationToken));
    }
}
