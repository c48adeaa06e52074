using Dapper;
using Microsoft.AspNetCore.Identity;
using Npgsql;

namespace PayLinks.Api.SignIn;

/// <summary>
/// How often somebody may be wrong, with password and code alike. An attempt is counted before it is judged, so that
/// guesses sent side by side cannot outrun the count; signing in forgets them.
/// </summary>
public sealed class Attempts(NpgsqlDataSource database, UserManager<StaffUser> users, SignInOptions options)
{
    private const string CountSql = "select count_sign_in(@userId, @FailuresAllowed, @LockedFor)";

    private const string ForgetSql = "select forget_failed_sign_ins(@userId)";

    /// <returns>False when they are locked out: whatever they have typed counts for nothing.</returns>
    public async Task<bool> CountAsync(Guid userId, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return await connection.ExecuteScalarAsync<bool>(new CommandDefinition(
            CountSql,
            new { userId, options.FailuresAllowed, options.LockedFor },
            cancellationToken: cancellationToken));
    }

    /// <summary>What is said of a wrong password or code.</summary>
    /// <param name="words">Take how many may be wrong, and for how many minutes nothing is taken after them.</param>
    public string Say(Func<int, int, string> words) =>
        words(options.FailuresAllowed, (int)options.LockedFor.TotalMinutes);

    /// <summary>
    /// Whether it is really they who sit there: asks somebody who is signed in for their password once more.
    /// </summary>
    /// <returns>Null when it is not theirs, or they are locked out.</returns>
    public async Task<StaffUser?> ProveAsync(Guid userId, string password, CancellationToken cancellationToken)
    {
        if (password.Length is 0 or > StaffPassword.MaxLength
            || !await CountAsync(userId, cancellationToken)
            || await users.FindByIdAsync(userId.ToString()) is not { } user
            || !await users.CheckPasswordAsync(user, password))
        {
            return null;
        }

        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await connection.ExecuteAsync(
            new CommandDefinition(ForgetSql, new { userId }, cancellationToken: cancellationToken));
        return user;
    }
}
