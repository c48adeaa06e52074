using System.Text.Json;
using PayLinks.Core.Links;

namespace PayLinks.Api.Callbacks;

/// <summary>
/// Takes SendGrid's signed batches of events: how emails go on, and who does not want any more of them. Each names our
/// message by the key we gave it; events about anything else are let go, and openings and clicks are not our business.
/// </summary>
internal static class ReceiveSendGrid
{
    // The end of the year 9999.
    private const long SecondsMax = 253_402_300_800;

    public static async Task<IResult> HandleAsync(
        HttpContext http, SendGridSignature signature, StoreCallbacks store, StoreWishes wishes)
    {
        using var body = new MemoryStream();
        try
        {
            await http.Request.Body.CopyToAsync(body);
        }
        catch (BadHttpRequestException tooLarge)
        {
            return TypedResults.StatusCode(tooLarge.StatusCode);
        }

        var bytes = body.ToArray();
        if (!signature.IsValid(http.Request.Headers, bytes))
        {
            return TypedResults.StatusCode(StatusCodes.Status403Forbidden);
        }

        if (Read(bytes) is not ({ } callbacks, { } wanted))
        {
            return TypedResults.BadRequest();
        }

        if (callbacks.Count > 0)
        {
            await store.MessagesAsync("sendgrid", callbacks);
        }

        await wishes.EmailsAsync(wanted);
        return TypedResults.Ok();
    }

    /// <returns>Null when it is no array of objects.</returns>
    private static (List<MessageCallback> Callbacks, List<EmailWish> Wishes)? Read(byte[] body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            if (document.RootElement.ValueKind != JsonValueKind.Array
                || document.RootElement.EnumerateArray().Any(one => one.ValueKind != JsonValueKind.Object))
            {
                return null;
            }

            return (
                [.. document.RootElement.EnumerateArray().Select(ReadOne).OfType<MessageCallback>()],
                [.. document.RootElement.EnumerateArray().Select(ReadWish).OfType<EmailWish>()]);
        }
        catch (JsonException)
        {
            // Signed and yet no JSON: SendGrid is told so by the status.
            return null;
        }
    }

    private static MessageCallback? ReadOne(JsonElement one)
    {
        var word = Text(one, "event");
        return word is "processed" or "deferred" or "delivered" or "bounce" or "dropped"
            && LinkToken.TryParse(Text(one, "message"), out var key)
                ? new MessageCallback(key.Value, word, CodeOf(word, one), IdOf(one))
                : null;
    }

    private static EmailWish? ReadWish(JsonElement one)
    {
        bool? wantsOut = Text(one, "event") switch
        {
            "unsubscribe" or "group_unsubscribe" or "spamreport" => true,
            "group_resubscribe" => false,
            _ => null,
        };
        return wantsOut is not null && LinkToken.TryParse(Text(one, "message"), out var key)
            && one.TryGetProperty("timestamp", out var at) && at.ValueKind == JsonValueKind.Number
            && at.TryGetInt64(out var seconds) && seconds is > 0 and < SecondsMax
                ? new EmailWish(key.Value, wantsOut.Value, DateTimeOffset.FromUnixTimeSeconds(seconds))
                : null;
    }

    // The reason in words is the other mail server's text and may hold anything; only words we know are kept.
    private static string? CodeOf(string word, JsonElement one) => word switch
    {
        // What was blocked for now is no different from what could not be handed over for days.
        "bounce" when Text(one, "type") == "blocked" => StatusOf(one) is ['4', ..] status ? status : "blocked",
        "bounce" => StatusOf(one),
        "dropped" => Text(one, "reason") switch
        {
            "Bounced Address" => "bounced",
            "Unsubscribed Address" => "unsubscribed",
            "Spam Reporting Address" => "spam_report",
            "Invalid" => "invalid",
            "Invalid SMTPAPI header" => "bad_header",
            "Spam Content" or "Spam Content (if Spam Checker app is enabled)" => "spam_content",
            "Recipient List over Package Quota" => "over_quota",
            _ => null,
        },
        _ => null,
    };

    private static string? StatusOf(JsonElement one) =>
        Text(one, "status") is { Length: <= 10 } status && status.All(c => char.IsAsciiDigit(c) || c == '.')
            ? status
            : null;

    // The part before the dot is the id that sending was answered with.
    private static string? IdOf(JsonElement one) =>
        Text(one, "sg_message_id") is { Length: > 0 and <= 200 } id ? id.Split('.', 2)[0] : null;

    private static string? Text(JsonElement one, string name) =>
        one.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
