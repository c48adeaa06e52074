namespace PayLinks.Api.Callbacks;

internal static class CallbackForm
{
    /// <summary>The posted fields, or null when the body is no form, or too large.</summary>
    public static async Task<IFormCollection?> ReadAsync(HttpContext http)
    {
        if (!http.Request.HasFormContentType)
        {
            return null;
        }

        try
        {
            return await http.Request.ReadFormAsync();
        }
        catch (Exception error) when (error is InvalidDataException or BadHttpRequestException)
        {
            // Not a form after all: the caller answers 400.
            return null;
        }
    }
}
