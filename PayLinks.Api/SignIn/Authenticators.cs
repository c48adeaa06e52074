using System.Security.Cryptography;
using Dapper;
using Npgsql;
using OtpNet;
using PayLinks.Core;
using PayLinks.Core.Secrets;

namespace PayLinks.Api.SignIn;

/// <param name="CodesLeft">Recovery codes that have not been used.</param>
public sealed record TurnedOn(DateTimeOffset CreatedAt, int CodesLeft);

/// <summary>
/// The second factor: apps that compute a code every half minute (RFC 6238), and codes on paper for when the app is
/// gone. Each is accepted once. The app's secret is sealed, the codes are kept as hashes.
/// </summary>
public sealed class Authenticators(NpgsqlDataSource database, Vault vault, TimeProvider clock)
{
    private const int RecoveryCodes = 10;

    private const string FindSql =
        "select secret_cipher, created_at, codes_left from find_authenticator(@userId)";

    private const string TurnOnSql = "select turn_on_authenticator(@userId, @cipher, @step, @hashes, @kept)";
    private const string TurnOffSql = "select turn_off_authenticator(@userId)";
    private const string ReplaceCodesSql = "select replace_recovery_codes(@userId, @hashes)";
    private const string UseCodeSql = "select use_code(@userId, @step)";
    private const string UseRecoveryCodeSql = "select use_recovery_code(@userId, @hashes)";

    // One half minute to either side: for clocks that are a little off, and for the time it takes to type.
    private static readonly VerificationWindow Window = VerificationWindow.RfcSpecifiedNetworkDelay;

    /// <summary>A secret to show to an app, in the base32 that apps read.</summary>
    public static string NewSecret() => Base32Encoding.ToString(RandomNumberGenerator.GetBytes(20));

    /// <summary>Null when somebody signs in without.</summary>
    public async Task<TurnedOn?> FindAsync(Guid userId, CancellationToken cancellationToken) =>
        await ReadAsync(userId, cancellationToken) is { } row ? new TurnedOn(row.CreatedAt, row.CodesLeft) : null;

    /// <summary>From here on signing in takes a code; whoever is signed in elsewhere is signed out.</summary>
    /// <param name="code">What the app shows: proof that it has the secret.</param>
    /// <returns>The recovery codes, in the clear this once; null when the code is wrong or an app is on.</returns>
    public async Task<IReadOnlyList<string>?> TurnOnAsync(
        Staff staff, string secret, TypedCode code, CancellationToken cancellationToken)
    {
        if (StepOf(code, secret) is not { } step)
        {
            return null;
        }

        var codes = NewCodes();
        return await AskAsync(
            TurnOnSql,
            new
            {
                userId = staff.UserId,
                cipher = vault.Seal(secret, Purpose(staff.UserId)),
                step,
                hashes = Hashes(staff.UserId, codes),
                kept = vault.Hashes(staff.SessionKey),
            },
            cancellationToken) ? codes : null;
    }

    public async Task TurnOffAsync(Guid userId, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await connection.ExecuteAsync(
            new CommandDefinition(TurnOffSql, new { userId }, cancellationToken: cancellationToken));
    }

    /// <summary>New recovery codes; those before are void.</summary>
    /// <returns>Null when no app is on.</returns>
    public async Task<IReadOnlyList<string>?> ReplaceCodesAsync(Guid userId, CancellationToken cancellationToken)
    {
        var codes = NewCodes();
        return await AskAsync(ReplaceCodesSql, new { userId, hashes = Hashes(userId, codes) }, cancellationToken)
            ? codes
            : null;
    }

    /// <summary>True once for each code.</summary>
    public async Task<bool> AcceptAsync(Guid userId, TypedCode code, CancellationToken cancellationToken)
    {
        if (code.IsRecovery)
        {
            return await AskAsync(
                UseRecoveryCodeSql, new { userId, hashes = vault.Hashes(Named(userId, code)) }, cancellationToken);
        }

        return await ReadAsync(userId, cancellationToken) is { } row
            && StepOf(code, vault.OpenText(row.SecretCipher, Purpose(userId))) is { } step
            && await AskAsync(UseCodeSql, new { userId, step }, cancellationToken);
    }

    private static List<string> NewCodes() =>
    [
        .. Enumerable.Range(0, RecoveryCodes).Select(_ =>
            RandomNumberGenerator.GetString(Base32.Alphabet, TypedCode.RecoveryLength).Insert(5, "-")),
    ];

    private static string Purpose(Guid userId) => $"authenticator/{userId}";

    private static string Named(Guid userId, TypedCode code) => $"recovery-code/{userId}/{code.Text}";

    private byte[][] Hashes(Guid userId, IEnumerable<string> codes) =>
        [.. codes.Select(code => vault.Hash(Named(userId, TypedCode.Read(code)!)))];

    // The half minute, since 1970, whose code this is.
    private long? StepOf(TypedCode code, string secret) =>
        !code.IsRecovery && new Totp(Base32Encoding.ToBytes(secret))
            .VerifyTotp(clock.GetUtcNow().UtcDateTime, code.Text, out var step, Window)
                ? step
                : null;

    private async Task<Row?> ReadAsync(Guid userId, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return await connection.QuerySingleOrDefaultAsync<Row>(
            new CommandDefinition(FindSql, new { userId }, cancellationToken: cancellationToken));
    }

    private async Task<bool> AskAsync(string sql, object parameters, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return await connection.ExecuteScalarAsync<bool>(
            new CommandDefinition(sql, parameters, cancellationToken: cancellationToken));
    }

    private sealed record Row(byte[] SecretCipher, DateTimeOffset CreatedAt, int CodesLeft);
}
