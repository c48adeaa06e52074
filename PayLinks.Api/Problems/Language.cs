namespace PayLinks.Api.Problems;

/// <summary>The two languages we answer in.</summary>
internal static class Language
{
    /// <summary><c>it</c> if the caller prefers it to English, else <c>en</c>.</summary>
    public static string Of(HttpRequest request)
    {
        var accepted = request.GetTypedHeaders().AcceptLanguage;
        foreach (var wanted in accepted.OrderByDescending(wanted => wanted.Quality ?? 1))
        {
            var tag = wanted.Value.AsSpan();
            if (IsTagOf("it", tag))
            {
                return "it";
            }

            if (IsTagOf("en", tag) || tag is "*")
            {
                return "en";
            }
        }

        return "en";
    }

    private static bool IsTagOf(string language, ReadOnlySpan<char> tag) =>
        tag.StartsWith(language, StringComparison.OrdinalIgnoreCase)
        && (tag.Length == language.Length || tag[language.Length] == '-');
}
