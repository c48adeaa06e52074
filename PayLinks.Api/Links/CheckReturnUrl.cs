using System.Globalization;

namespace PayLinks.Api.Links;

internal static class CheckReturnUrl
{
    private const string Scheme = "https://";

    /// <summary>Reads the shop's address: absolute, https, without user name or password.</summary>
    public static string? Read(string pointer, string? text, LinkLimits limits, List<FieldError> errors)
    {
        var typed = text?.Trim(' ');
        if (string.IsNullOrEmpty(typed))
        {
            return null;
        }

        if (typed.Length > limits.ReturnUrlLengthMax)
        {
            var limit = limits.ReturnUrlLengthMax.ToString(CultureInfo.InvariantCulture);
            errors.Add(new FieldError(pointer, FieldCodes.TooLong, limit));
        }
        else if (CardNumber.IsIn(typed, isProse: false))
        {
            errors.Add(new FieldError(pointer, FieldCodes.CardDataNotAllowed));
        }
        else if (!IsGood(typed))
        {
            errors.Add(new FieldError(pointer, FieldCodes.UrlInvalid));
        }
        else
        {
            return Scheme + typed[Scheme.Length..];
        }

        return null;
    }

    // Browsers read a backslash as a slash and drop tabs and line ends, so that the parser here would see another host.
    private static bool IsGood(string typed) =>
        typed.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
        && !typed.Any(character => character is '\\' or '<' or '>' or '"' || char.IsControl(character)
            || char.IsWhiteSpace(character) || CharUnicodeInfo.GetUnicodeCategory(character) == UnicodeCategory.Format)
        && Uri.TryCreate(typed, UriKind.Absolute, out var url)
        && url.Scheme == Uri.UriSchemeHttps
        && url.Host.Length > 0
        && url.UserInfo.Length == 0;
}
