using PayLinks.Core;

namespace PayLinks.Api.SignIn;

/// <summary>A code as it is compared: the six digits of an app, or a recovery code.</summary>
public sealed record TypedCode(string Text, bool IsRecovery)
{
    public const int Digits = 6;

    /// <summary>50 random bits: too many to guess in five attempts, few enough to type.</summary>
    public const int RecoveryLength = 10;

    /// <summary>Spaces, hyphens and case count for nothing.</summary>
    /// <returns>Null when it can be no code.</returns>
    public static TypedCode? Read(string typed)
    {
        var text = string.Concat(typed.Where(character => !char.IsWhiteSpace(character) && character != '-'))
            .ToLowerInvariant();
        return text.Length == Digits && text.All(char.IsAsciiDigit) ? new TypedCode(text, IsRecovery: false)
            : text.Length == RecoveryLength && text.All(Base32.Alphabet.Contains) ? new TypedCode(text, true)
            : null;
    }
}
