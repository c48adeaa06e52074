using Dapper;
using Npgsql;
using PayLinks.Api.Console;

namespace PayLinks.Api.SignIn;

/// <summary>Lets somebody in who has proved who they are, and sends them on to where they wanted to go.</summary>
public sealed partial class LetIn(Sessions sessions, NpgsqlDataSource database, ILogger<LetIn> logger)
{
    private const string MembershipsSql = "select merchant_id from memberships_of(@userId)";

    /// <param name="withSecondFactor">Whether more than a password was shown.</param>
    /// <returns>Null when the password has changed meanwhile, or a second factor was due after all.</returns>
    public async Task<IResult?> ExecuteAsync(
        HttpContext context, StaffUser user, bool withSecondFactor, string? next, CancellationToken cancellationToken)
    {
        if (await sessions.StartAsync(context, user, withSecondFactor, cancellationToken) is not { } key)
        {
            return null;
        }

        if (StaffCookie.SessionOf(context) is { } previous)
        {
            await sessions.EndAsync(previous.Key, cancellationToken);
        }

        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var merchants = (await connection.QueryAsync<Guid>(
            new CommandDefinition(
                MembershipsSql, new { userId = user.Id }, cancellationToken: cancellationToken))).AsList();
        var merchant = merchants.Count == 1 ? merchants[0] : (Guid?)null;
        await StaffCookie.SignInAsync(context, user.Id, key, merchant);
        LogStarted(logger, user.Id);
        // Where the home page is depends on the role, which the next request reads.
        return ConsoleResults.SeeOther(next ?? "/");
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "User {UserId} signed in")]
    private static partial void LogStarted(ILogger logger, Guid userId);
}
