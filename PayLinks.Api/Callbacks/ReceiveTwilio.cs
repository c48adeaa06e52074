using PayLinks.Core.Links;

namespace PayLinks.Api.Callbacks;

/// <summary>Takes Twilio's signed word on how a text message goes on, and what customers text back.</summary>
internal static class ReceiveTwilio
{
    private const int WordLengthMax = 64;

    public static async Task<IResult> StatusAsync(
        string key, HttpContext http, TwilioSignature signature, StoreCallbacks store)
    {
        if (await CallbackForm.ReadAsync(http) is not { } form)
        {
            return TypedResults.BadRequest();
        }

        if (!signature.IsValid(http, form))
        {
            return TypedResults.StatusCode(StatusCodes.Status403Forbidden);
        }

        if (form["MessageSid"] is not [{ Length: > 0 and <= WordLengthMax } sid]
            || form["MessageStatus"] is not [{ Length: > 0 and <= WordLengthMax } status])
        {
            return TypedResults.BadRequest();
        }

        var code = form["ErrorCode"] is [{ Length: > 0 and <= 10 } digits] && digits.All(char.IsAsciiDigit)
            ? digits
            : null;
        return LinkToken.TryParse(key, out var ours)
            && await store.MessagesAsync("twilio", [new MessageCallback(ours.Value, status, code, sid)]) == 1
                ? TypedResults.NoContent()
                : TypedResults.NotFound();
    }

    /// <summary>Twilio itself answers and minds STOP; we have nothing to add.</summary>
    public static async Task<IResult> InboundAsync(HttpContext http, TwilioSignature signature) =>
        await CallbackForm.ReadAsync(http) is not { } form ? TypedResults.BadRequest()
        : !signature.IsValid(http, form) ? TypedResults.StatusCode(StatusCodes.Status403Forbidden)
        : TypedResults.Text("""<?xml version="1.0" encoding="UTF-8"?><Response/>""", "text/xml");
}
