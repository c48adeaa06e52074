namespace PayLinks.Api.Links;

/// <summary>Pointers of RFC 6901.</summary>
internal static class JsonPointer
{
    private const int NameLengthMax = 64;

    /// <summary>
    /// The pointer to a member. A name that we did not choose is only repeated when it is short and plain: it could be
    /// a card number, or made to upset a terminal.
    /// </summary>
    public static string Append(string parent, string name) =>
        name.Length > NameLengthMax || CheckText.WhatIsWrong(name, NameLengthMax, isProse: true) is not null
            ? parent
            : $"{parent}/{Escape(name)}";

    private static string Escape(string name) =>
        name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);
}
