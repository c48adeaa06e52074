namespace PayLinks.Api.Security;

/// <summary>What a page may load, run and post to, as <c>Content-Security-Policy</c>.</summary>
internal static class ContentPolicy
{
    /// <summary>
    /// Every answer's policy unless its handler has set another: our own files, nothing inline, nobody frames us.
    /// </summary>
    public const string Strict =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
        + "form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    /// <summary>For files that load nothing themselves; on a phone every byte of a header counts.</summary>
    public const string Nothing = "default-src 'none'";

    /// <summary>
    /// For the one page with card fields: the payment provider's script, its frames and its pictures. Its script
    /// styles the frames it makes, so style alone may be inline; script never.
    /// </summary>
    /// <param name="provider">The origin of the provider's script, like <c>https://js.example.test</c>.</param>
    public static string WithCardFields(string provider) =>
        $"default-src 'none'; script-src 'self' {provider}; frame-src {provider}; style-src 'self' 'unsafe-inline'; "
        + $"img-src 'self' data: {provider}; connect-src 'self'; form-action 'self'; base-uri 'none'; "
        + "frame-ancestors 'none'";
}
