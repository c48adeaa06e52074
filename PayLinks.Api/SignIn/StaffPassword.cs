using Microsoft.AspNetCore.Identity;

namespace PayLinks.Api.SignIn;

/// <summary>Any 8 to 128 characters, taken exactly as typed; the upper limit keeps hashing cheap for us.</summary>
internal sealed class StaffPassword : IPasswordValidator<StaffUser>
{
    public const int MinLength = 8;
    public const int MaxLength = 128;

    // Made once with the hasher's current settings, so that a password for nobody costs as much time as a real one.
    private static readonly Lazy<string> NobodysHash =
        new(() => new PasswordHasher<StaffUser>().HashPassword(new StaffUser(), "correct horse battery staple"));

    public Task<IdentityResult> ValidateAsync(UserManager<StaffUser> manager, StaffUser user, string? password) =>
        Task.FromResult(password is { Length: > MaxLength }
            ? IdentityResult.Failed(
                new IdentityError { Code = "PasswordTooLong", Description = $"At most {MaxLength} characters." })
            : IdentityResult.Success);

    /// <summary>Spends the time of checking a password, where there is none to check.</summary>
    public static void CheckNobodys(string password) =>
        new PasswordHasher<StaffUser>().VerifyHashedPassword(new StaffUser(), NobodysHash.Value, password);
}
