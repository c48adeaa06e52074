using PayLinks.Core.Links;

namespace PayLinks.Api.Callbacks;

/// <summary>Takes Twilio's signed word on how a text message goes on.</summary>
internal static class ReceiveTwilio
{
    private const int WordLengthMax = 64;

    public static async Task<IResult> HandleAsync(
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
}
