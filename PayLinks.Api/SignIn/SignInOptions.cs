using System.ComponentModel.DataAnnotations;

namespace PayLinks.Api.SignIn;

/// <summary>Limits of signing in and of sessions; the section <c>SignIn</c> of the configuration.</summary>
public sealed class SignInOptions : IValidatableObject
{
    /// <summary>Wrong passwords in a row after which a person is locked out.</summary>
    [Range(1, 100)]
    public int FailuresAllowed { get; set; } = 5;

    public TimeSpan LockedFor { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>A session ends after this long without a click.</summary>
    public TimeSpan IdleLimit { get; set; } = TimeSpan.FromHours(1);

    /// <summary>A session ends after this long in any case.</summary>
    public TimeSpan SessionLimit { get; set; } = TimeSpan.FromHours(12);

    /// <summary>Attempts from one network address (an IPv6 /64 counts as one) in each window.</summary>
    [Range(1, 1_000_000)]
    public int AttemptsPerAddress { get; set; } = 30;

    public TimeSpan AttemptsWindow { get; set; } = TimeSpan.FromMinutes(5);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (LockedFor <= TimeSpan.Zero || IdleLimit <= TimeSpan.Zero || AttemptsWindow <= TimeSpan.Zero)
        {
            yield return new ValidationResult(
                "SignIn: LockedFor, IdleLimit and AttemptsWindow must be longer than nothing.");
        }

        if (SessionLimit < IdleLimit)
        {
            yield return new ValidationResult("SignIn:SessionLimit must not be shorter than SignIn:IdleLimit.");
        }
    }
}
