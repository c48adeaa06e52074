using System.Security.Cryptography;
using Dapper;
using Npgsql;
using PayLinks.Core;
using PayLinks.Core.Secrets;

namespace PayLinks.Api.SignIn;

/// <summary>
/// The database's record of who is signed in. It, not the cookie, decides whether a session is alive.
/// </summary>
public sealed class Sessions(NpgsqlDataSource database, Vault vault, SignInOptions options)
{
    private const string StartSql = "select start_session(@UserId, @KeyHash, @Stamp, @Lifetime)";

    private const string FindSql =
        """
        select user_id, email, merchant_id, merchant_name, role, display_name, mode, country, currency, time_zone
        from find_session(@Hashes, @Merchant, @Idle, @Lifetime, @OnlyWatches)
        """;

    private const string EndSql = "select end_session(@Hashes)";

    /// <summary>Starts a session for somebody whose password was right, and forgets their failed attempts.</summary>
    /// <returns>The session's key, 160 random bits; null when the password changed meanwhile.</returns>
    public async Task<string?> StartAsync(StaffUser user, CancellationToken cancellationToken)
    {
        var key = RandomNumberGenerator.GetString(Base32.Alphabet, 32);
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var started = await connection.ExecuteScalarAsync<bool>(new CommandDefinition(
            StartSql,
            new
            {
                UserId = user.Id,
                KeyHash = vault.Hash(key),
                Stamp = user.SecurityStamp,
                Lifetime = options.SessionLimit,
            },
            cancellationToken: cancellationToken));
        return started ? key : null;
    }

    /// <param name="onlyWatches">True for requests that a page makes by itself: they do not count as a click.</param>
    /// <returns>
    /// Null when the session has ended; a <see cref="Found.Staff"/> of null when they are nothing at that merchant.
    /// </returns>
    public async Task<Found?> FindAsync(
        string key, Guid? merchantId, bool onlyWatches, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var row = await connection.QuerySingleOrDefaultAsync<Row>(new CommandDefinition(
            FindSql,
            new
            {
                Hashes = vault.Hashes(key),
                Merchant = merchantId,
                Idle = options.IdleLimit,
                Lifetime = options.SessionLimit,
                OnlyWatches = onlyWatches,
            },
            cancellationToken: cancellationToken));
        return row is null ? null : new Found(row.UserId, row.MerchantId is null ? null : ToStaff(key, row));
    }

    public async Task EndAsync(string key, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await connection.ExecuteAsync(
            new CommandDefinition(EndSql, new { Hashes = vault.Hashes(key) }, cancellationToken: cancellationToken));
    }

    private static Staff ToStaff(string key, Row row) => new(
        key, row.UserId, row.Email, row.MerchantId!.Value, row.MerchantName!,
        Enum.Parse<StaffRole>(row.Role!, ignoreCase: true),
        row.DisplayName!, row.Mode, row.Country!, row.Currency!, TimeZoneInfo.FindSystemTimeZoneById(row.TimeZone!));

    public sealed record Found(Guid UserId, Staff? Staff);

    private sealed record Row(
        Guid UserId, string Email, Guid? MerchantId, string? MerchantName, string? Role, string? DisplayName,
        string Mode,
        string? Country, string? Currency, string? TimeZone);
}
