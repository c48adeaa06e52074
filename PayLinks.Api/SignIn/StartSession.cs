using System.Globalization;
using Dapper;
using Microsoft.AspNetCore.Identity;
using Npgsql;
using PayLinks.Api.Console;

namespace PayLinks.Api.SignIn;

/// <summary>
/// Signs somebody in. A wrong password, an unknown address and a locked account get the same answer in the same time.
/// </summary>
internal static partial class StartSession
{
    private const string CountSql = "select count_sign_in(@UserId, @Allowed, @LockFor)";

    private const string MembershipsSql = "select merchant_id from memberships_of(@userId)";

    public static async Task<IResult> HandleAsync(
        HttpContext context, ConsolePage page, UserManager<StaffUser> users, NpgsqlDataSource database,
        Sessions sessions,
        AttemptLimiter limiter, SignInOptions options, ILogger<Sessions> logger, CancellationToken cancellationToken)
    {
        var form = await context.Request.ReadFormAsync(cancellationToken);
        var email = form["email"].ToString().Trim();
        var password = form["password"].ToString();
        var next = ShowSignIn.LocalPath(form["next"].ToString());

        if (limiter.Count(context.Connection.RemoteIpAddress) is { } wait)
        {
            var seconds = (int)Math.Ceiling(wait.TotalSeconds);
            context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
            LogTooMany(logger);
            return page.Render<SignInPage>(
                new SignInModel(email, next, page.Words.SignIn.TooManyAttempts((seconds + 59) / 60)),
                StatusCodes.Status429TooManyRequests);
        }

        if (await CheckAsync(users, database, options, email, password, cancellationToken) is not { } user
            || await sessions.StartAsync(user, cancellationToken) is not { } key)
        {
            LogRefused(logger);
            return page.Render<SignInPage>(
                new SignInModel(
                    email, next, page.Words.SignIn.Wrong(options.FailuresAllowed, (int)options.LockedFor.TotalMinutes)),
                StatusCodes.Status422UnprocessableEntity);
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

    private static async Task<StaffUser?> CheckAsync(
        UserManager<StaffUser> users, NpgsqlDataSource database, SignInOptions options, string email, string password,
        CancellationToken cancellationToken)
    {
        var user = email.Length is > 0 and <= 254 && password.Length is > 0 and <= StaffPassword.MaxLength
            ? await users.FindByEmailAsync(email)
            : null;
        if (user?.PasswordHash is null)
        {
            StaffPassword.CheckNobodys("nobody's password");
            return null;
        }

        bool mayTry;
        await using (var connection = await database.OpenConnectionAsync(cancellationToken))
        {
            mayTry = await connection.ExecuteScalarAsync<bool>(new CommandDefinition(
                CountSql,
                new { UserId = user.Id, Allowed = options.FailuresAllowed, LockFor = options.LockedFor },
                cancellationToken: cancellationToken));
        }

        // The password is checked even when its answer no longer counts: the time must not tell that the account is
        // locked.
        return await users.CheckPasswordAsync(user, password) && mayTry ? user : null;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "User {UserId} signed in")]
    private static partial void LogStarted(ILogger logger, Guid userId);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A sign-in was refused")]
    private static partial void LogRefused(ILogger logger);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A network address has tried to sign in too often")]
    private static partial void LogTooMany(ILogger logger);
}
