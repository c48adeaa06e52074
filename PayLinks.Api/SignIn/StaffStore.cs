using Dapper;
using Microsoft.AspNetCore.Identity;
using Npgsql;

namespace PayLinks.Api.SignIn;

/// <summary>A person who can sign in. What they may do, and where, is their membership's to say.</summary>
public sealed class StaffUser
{
    public Guid Id { get; set; }

    public string Email { get; set; } = "";

    public string? PasswordHash { get; set; }

    /// <summary>Changes with the password, and ends all sessions started before.</summary>
    public string SecurityStamp { get; set; } = "";
}

/// <summary>ASP.NET Core Identity's store on the named functions of the database. The email is the user name.</summary>
public sealed partial class StaffStore(NpgsqlDataSource database, Passkeys passkeys)
    : IUserPasswordStore<StaffUser>, IUserEmailStore<StaffUser>, IUserSecurityStampStore<StaffUser>
{
    private const string AddSql = "select add_user(@Id, @Email, @PasswordHash, @SecurityStamp)";

    private const string SaveSql = "select save_user(@Id, @PasswordHash, @SecurityStamp)";

    private const string FindSql = "select id, email, password_hash, security_stamp from find_user(@id)";

    private const string FindByEmailSql =
        "select id, email, password_hash, security_stamp from find_user_by_email(@email)";

    public async Task<IdentityResult> CreateAsync(StaffUser user, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var kept = await connection.ExecuteScalarAsync<Guid>(
            new CommandDefinition(AddSql, user, cancellationToken: cancellationToken));
        return kept == user.Id
            ? IdentityResult.Success
            : IdentityResult.Failed(new IdentityErrorDescriber().DuplicateEmail(user.Email));
    }

    public async Task<IdentityResult> UpdateAsync(StaffUser user, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var saved = await connection.ExecuteScalarAsync<bool>(
            new CommandDefinition(SaveSql, user, cancellationToken: cancellationToken));
        return saved
            ? IdentityResult.Success
            : IdentityResult.Failed(new IdentityErrorDescriber().ConcurrencyFailure());
    }

    /// <exception cref="NotSupportedException">
    /// Always: the timeline names who did what, so people are disabled, not deleted.
    /// </exception>
    public Task<IdentityResult> DeleteAsync(StaffUser user, CancellationToken cancellationToken) =>
        throw new NotSupportedException("A person is never deleted; disable the membership.");

    public async Task<StaffUser?> FindByIdAsync(string userId, CancellationToken cancellationToken)
    {
        if (!Guid.TryParse(userId, out var id))
        {
            return null;
        }

        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return await connection.QuerySingleOrDefaultAsync<StaffUser>(
            new CommandDefinition(FindSql, new { id }, cancellationToken: cancellationToken));
    }

    public Task<StaffUser?> FindByNameAsync(string normalizedUserName, CancellationToken cancellationToken) =>
        FindByEmailAsync(normalizedUserName, cancellationToken);

    public async Task<StaffUser?> FindByEmailAsync(string normalizedEmail, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return await connection.QuerySingleOrDefaultAsync<StaffUser>(
            new CommandDefinition(
                FindByEmailSql, new { email = normalizedEmail }, cancellationToken: cancellationToken));
    }

    public Task<string> GetUserIdAsync(StaffUser user, CancellationToken cancellationToken) =>
        Task.FromResult(user.Id.ToString());

    public Task<string?> GetUserNameAsync(StaffUser user, CancellationToken cancellationToken) =>
        Task.FromResult<string?>(user.Email);

    public Task SetUserNameAsync(StaffUser user, string? userName, CancellationToken cancellationToken) =>
        SetEmailAsync(user, userName, cancellationToken);

    // The database compares in lower case, so there is no second, normalized column to keep in step.
    public Task<string?> GetNormalizedUserNameAsync(StaffUser user, CancellationToken cancellationToken) =>
        GetNormalizedEmailAsync(user, cancellationToken);

    public Task SetNormalizedUserNameAsync(
        StaffUser user, string? normalizedName, CancellationToken cancellationToken) =>
        Task.CompletedTask;

    public Task<string?> GetEmailAsync(StaffUser user, CancellationToken cancellationToken) =>
        Task.FromResult<string?>(user.Email);

    public Task SetEmailAsync(StaffUser user, string? email, CancellationToken cancellationToken)
    {
        user.Email = email ?? "";
        return Task.CompletedTask;
    }

    // Accounts are made by the merchant's owner or on the command line, so an address needs no confirmation by mail.
    public Task<bool> GetEmailConfirmedAsync(StaffUser user, CancellationToken cancellationToken) =>
        Task.FromResult(true);

    public Task SetEmailConfirmedAsync(StaffUser user, bool confirmed, CancellationToken cancellationToken) =>
        Task.CompletedTask;

    public Task<string?> GetNormalizedEmailAsync(StaffUser user, CancellationToken cancellationToken) =>
        Task.FromResult<string?>(user.Email.ToLowerInvariant());

    public Task SetNormalizedEmailAsync(StaffUser user, string? normalizedEmail, CancellationToken cancellationToken) =>
        Task.CompletedTask;

    public Task<string?> GetPasswordHashAsync(StaffUser user, CancellationToken cancellationToken) =>
        Task.FromResult(user.PasswordHash);

    public Task SetPasswordHashAsync(StaffUser user, string? passwordHash, CancellationToken cancellationToken)
    {
        user.PasswordHash = passwordHash;
        return Task.CompletedTask;
    }

    public Task<bool> HasPasswordAsync(StaffUser user, CancellationToken cancellationToken) =>
        Task.FromResult(user.PasswordHash is not null);

    public Task<string?> GetSecurityStampAsync(StaffUser user, CancellationToken cancellationToken) =>
        Task.FromResult<string?>(user.SecurityStamp);

    public Task SetSecurityStampAsync(StaffUser user, string stamp, CancellationToken cancellationToken)
    {
        user.SecurityStamp = stamp;
        return Task.CompletedTask;
    }

    public void Dispose()
    {
        // Nothing is held between calls.
    }
}
