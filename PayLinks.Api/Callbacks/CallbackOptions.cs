using System.ComponentModel.DataAnnotations;
using System.Security.Cryptography;

namespace PayLinks.Api.Callbacks;

/// <summary>What Twilio's callbacks are verified with: section <c>Twilio</c> of the configuration.</summary>
internal sealed class TwilioCallbackOptions
{
    /// <summary>Several, separated by commas, while it is being changed: callbacks are accepted under all.</summary>
    [Required]
    public string AuthToken { get; set; } = "";

    public string[] AuthTokens =>
        AuthToken.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}

/// <summary>What SendGrid's callbacks are verified with: section <c>SendGrid</c> of the configuration.</summary>
internal sealed class SendGridCallbackOptions : IValidatableObject
{
    /// <summary>As SendGrid shows it: base64 of a P-256 key's SubjectPublicKeyInfo.</summary>
    [Required]
    public string EventPublicKey { get; set; } = "";

    /// <summary>
    /// How old a signed batch may be, in minutes, so that a recorded one cannot be played back later.
    /// </summary>
    [Range(1, 1440)]
    public int EventAgeMaxMinutes { get; set; } = 10;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        using var key = ECDsa.Create();
        ValidationResult? fault = null;
        try
        {
            key.ImportSubjectPublicKeyInfo(Convert.FromBase64String(EventPublicKey), out _);
        }
        catch (Exception error) when (error is FormatException or CryptographicException)
        {
            fault = new ValidationResult("SendGrid:EventPublicKey must be the base64 text of a P-256 public key.");
        }

        return fault is null ? [] : [fault];
    }
}
