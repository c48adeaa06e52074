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
    private const string StartSql =
        "select start_session(@UserId, @KeyHash, @Stamp, @Lifetime, @withSecondFactor, @Device)";

    private const string FindSql =
        """
        select user_id, email, merchant_id, merchant_name, role, display_name, mode, country, currency, time_zone
        from find_session(@Hashes, @Merchant, @Idle, @Lifetime, @OnlyWatches)
        """;

    private const string ListSql =
        """
        select key_hash, device, created_at, seen_at, ends_in, ends_at_most_in, key_hash = any (@Hashes) as is_this
        from sessions_of(@userId, @Idle, @Lifetime)
        """;

    private const string EndSql = "select end_session(@Hashes)";
    private const string EndOneSql = "select end_session_of(@userId, @keyHash)";
    private const string EndOthersSql = "select end_other_sessions(@userId, @Hashes)";

    /// <summary>Starts a session for somebody who proved who they are, and forgets their failed attempts.</summary>
    /// <param name="withSecondFactor">Whether more than a password was shown.</param>
    /// <returns>
    /// The session's key, 160 random bits; null when the password changed meanwhile, or a second factor was due.
    /// </returns>
    public async Task<string?> StartAsync(
        HttpContext context, StaffUser user, bool withSecondFactor, CancellationToken cancellationToken)
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
                withSecondFactor,
                Device = Device.Of(context.Request),
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

    /// <summary>Where somebody is signed in, last seen first.</summary>
    /// <param name="key">The session that asks.</param>
    public async Task<IReadOnlyList<OpenSession>> ListAsync(
        Guid userId, string key, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return (await connection.QueryAsync<OpenSession>(new CommandDefinition(
            ListSql,
            new { userId, Hashes = vault.Hashes(key), Idle = options.IdleLimit, Lifetime = options.SessionLimit },
            cancellationToken: cancellationToken))).AsList();
    }

    /// <summary>Ends one session of somebody's, if it is theirs.</summary>
    public async Task EndOneAsync(Guid userId, byte[] keyHash, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await connection.ExecuteAsync(
            new CommandDefinition(EndOneSql, new { userId, keyHash }, cancellationToken: cancellationToken));
    }

    /// <summary>Ends all sessions of somebody's but the one that asks.</summary>
    public async Task EndOthersAsync(Guid userId, string key, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition(
            EndOthersSql, new { userId, Hashes = vault.Hashes(key) }, cancellationToken: cancellationToken));
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

/// <summary>A browser in which somebody is signed in.</summary>
/// <param name="Device">What it is, in a few words; null when it did not say.</param>
/// <param name="EndsIn">When it ends without another click.</param>
/// <param name="EndsAtMostIn">When it ends whatever is clicked.</param>
/// <param name="IsThis">Whether it is the one that asks.</param>
public sealed record OpenSession(
    byte[] KeyHash, string? Device, DateTimeOffset CreatedAt, DateTimeOffset SeenAt, TimeSpan EndsIn,
    TimeSpan EndsAtMostIn, bool IsThis)
{
    /// <summary>How forms name it; it opens nothing.</summary>
    public string Key => Convert.ToHexStringLower(KeyHash);
}
