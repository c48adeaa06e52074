using System.Globalization;
using System.Text.Json.Nodes;
using PayLinks.Sandbox.Books;

namespace PayLinks.Sandbox.Twilio;

/// <summary>A message as Twilio shows it: times by RFC 2822, numbers as strings.</summary>
internal static class MessageJson
{
    public const string ApiVersion = "2010-04-01";

    public static JsonObject Write(Message message, string account)
    {
        var uri = $"/{ApiVersion}/Accounts/{account}/Messages/{message.Id}";
        var isQueued = message.MessagingServiceSid is not null && message.Status == "accepted";
        return new JsonObject
        {
            ["sid"] = message.Id,
            ["account_sid"] = account,
            ["api_version"] = ApiVersion,
            ["body"] = message.Text,
            ["from"] = isQueued ? null : message.From,
            ["to"] = message.To,
            ["messaging_service_sid"] = message.MessagingServiceSid,
            ["status"] = message.Status,
            ["direction"] = message.Inbound ? "inbound" : "outbound-api",
            ["num_segments"] = isQueued ? "0" : message.Segments.ToString(CultureInfo.InvariantCulture),
            ["num_media"] = "0",
            ["price"] = null,
            ["price_unit"] = message.Status is "sent" or "delivered" or "undelivered" ? "USD" : null,
            ["error_code"] = message.ErrorCode,
            ["error_message"] = PhoneNumbers.WordsFor(message.ErrorCode),
            ["date_created"] = Time(message.AcceptedAt),
            ["date_updated"] = Time(message.UpdatedAt ?? message.AcceptedAt),
            ["date_sent"] = message.SentAt is { } sentAt ? Time(sentAt) : null,
            ["uri"] = $"{uri}.json",
            ["subresource_uris"] = new JsonObject
            {
                ["media"] = $"{uri}/Media.json",
                ["feedback"] = $"{uri}/Feedback.json",
            },
        };
    }

    private static string Time(DateTimeOffset at) =>
        at.ToUniversalTime().ToString("ddd, dd MMM yyyy HH:mm:ss '+0000'", CultureInfo.InvariantCulture);
}
