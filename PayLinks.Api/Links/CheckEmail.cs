using System.Text.RegularExpressions;

namespace PayLinks.Api.Links;

internal static partial class CheckEmail
{
    private const int LengthMax = 254;
    private const int LocalLengthMax = 64;

    /// <summary>
    /// Reads one plain address: no display name, list, comment or quotes, nothing that could end a mail's header.
    /// </summary>
    /// <returns>The address; null if there is none, or with an error.</returns>
    public static string? Read(string pointer, string? text, List<FieldError> errors)
    {
        var typed = text?.Trim(' ');
        if (string.IsNullOrEmpty(typed))
        {
            return null;
        }

        if (CardNumber.IsIn(typed, isProse: false))
        {
            errors.Add(new FieldError(pointer, FieldCodes.CardDataNotAllowed));
            return null;
        }

        if (typed.Length > LengthMax || typed.IndexOf('@', StringComparison.Ordinal) > LocalLengthMax
            || !Address().IsMatch(typed))
        {
            errors.Add(new FieldError(pointer, FieldCodes.EmailInvalid));
            return null;
        }

        return typed;
    }

    // Dot-separated atoms, then at least two labels of which the last is no number.
    [GeneratedRegex(
        @"\A[a-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
        + @"@([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])?\z",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Address();
}
