using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace PayLinks.Sandbox.SendGrid;

/// <summary>Judges a mail as SendGrid does, naming the first field that is wrong.</summary>
internal static partial class MailInput
{
    private const int PersonalizationsMax = 1000;
    private const int RecipientsMax = 1000;
    private const int CategoriesMax = 10;

    // SendGrid writes these itself.
    private static readonly FrozenSet<string> ReservedHeaders = FrozenSet.ToFrozenSet(
        ("x-sg-id x-sg-eid received dkim-signature content-type content-transfer-encoding to from subject reply-to cc "
        + "bcc").Split(' '), StringComparer.OrdinalIgnoreCase);

    public static readonly IReadOnlyList<string> RecipientKinds = ["to", "cc", "bcc"];

    private static readonly FrozenSet<string> Known = FrozenSet.ToFrozenSet(
        ("personalizations from reply_to reply_to_list subject content attachments template_id sections headers "
        + "categories custom_args send_at batch_id asm ip_pool_name mail_settings tracking_settings").Split(' '));

    public static Answer? RefusalOf(JsonObject mail)
    {
        if (mail.FirstOrDefault(field => !Known.Contains(field.Key)).Key is { } unknown)
        {
            return SendGridError.Of(400, $"Additional property {unknown} is not allowed", unknown);
        }

        return OfPersonalizations(mail)
            ?? OfAddress(mail["from"], "from.email", "The from object must be provided for every email.")
            ?? OfReplyTo(mail)
            ?? OfContent(mail)
            ?? OfHeaders(mail["headers"], "headers")
            ?? OfCustomArgs(mail["custom_args"], "custom_args")
            ?? OfCategories(mail)
            ?? OfSettings(mail);
    }

    private static Answer? OfPersonalizations(JsonObject mail)
    {
        if (mail["personalizations"] is not JsonArray { Count: > 0 and <= PersonalizationsMax } personalizations)
        {
            return SendGridError.Of(
                400, "The personalizations field is required and must have at least one personalization.",
                "personalizations");
        }

        for (var i = 0; i < personalizations.Count; i++)
        {
            var at = $"personalizations.{i}";
            if (personalizations[i] is not JsonObject one
                || one["to"] is not JsonArray { Count: > 0 and <= RecipientsMax })
            {
                return SendGridError.Of(400, "The to array is required for all personalization objects, "
                    + "and must have at least one email object with a valid email address.", $"{at}.to");
            }

            foreach (var kind in RecipientKinds.Where(kind => one[kind] is not null))
            {
                var addresses = one[kind] as JsonArray ?? [];
                var wrong = addresses.Select((address, place) =>
                    OfAddress(address, $"{at}.{kind}.{place}.email", "Does not contain a valid address."));
                if (wrong.FirstOrDefault(refusal => refusal is not null) is { } refusal)
                {
                    return refusal;
                }
            }

            if (OfHeaders(one["headers"], $"{at}.headers") is { } wrongHeaders)
            {
                return wrongHeaders;
            }

            if (OfCustomArgs(one["custom_args"], $"{at}.custom_args") is { } wrongArgs)
            {
                return wrongArgs;
            }
        }

        return null;
    }

    private static Answer? OfAddress(JsonNode? address, string field, string message) =>
        address is JsonObject given && given["email"].AsString() is { } email && Email().IsMatch(email)
            ? null
            : SendGridError.Of(400, message, field);

    private static Answer? OfReplyTo(JsonObject mail) => mail["reply_to"] is { } replyTo
        ? OfAddress(replyTo, "reply_to.email", "The reply_to is invalid.")
        : null;

    private static Answer? OfContent(JsonObject mail)
    {
        if (mail["template_id"] is not null)
        {
            return null;
        }

        var hasSubject = !string.IsNullOrEmpty(mail["subject"].AsString())
            || mail["personalizations"]!.AsArray().All(one => !string.IsNullOrEmpty(one!["subject"].AsString()));
        if (!hasSubject)
        {
            return SendGridError.Of(400, "The subject is required, unless a template or every personalization has one.",
                "subject");
        }

        if (mail["content"] is not JsonArray { Count: > 0 } contents)
        {
            return SendGridError.Of(
                400, "Unless a valid template_id is provided, the content parameter is required.", "content");
        }

        for (var i = 0; i < contents.Count; i++)
        {
            if (contents[i] is not JsonObject content || string.IsNullOrEmpty(content["value"].AsString())
                || content["type"].AsString()?.Contains('/', StringComparison.Ordinal) != true)
            {
                return SendGridError.Of(400, "The content value must be a string at least one character in length.",
                    $"content.{i}.value");
            }
        }

        var types = contents.Select(content => content!["type"].AsString()).ToList();
        return types.IndexOf("text/plain") > 0
            ? SendGridError.Of(400, "If present, text/plain must be first, followed by text/html.", "content")
            : null;
    }

    private static Answer? OfCustomArgs(JsonNode? args, string field) =>
        args is null || (args is JsonObject given && given.All(arg => arg.Value.AsString() is not null))
            ? null
            : SendGridError.Of(400, "custom_args must be an object of strings.", field);

    private static Answer? OfHeaders(JsonNode? headers, string field) =>
        headers is null
        || (headers is JsonObject given && given.All(header => header.Value.AsString() is { } value
            && !value.Any(char.IsControl) && !ReservedHeaders.Contains(header.Key)))
            ? null
            : SendGridError.Of(400, "The headers must be an object of strings without reserved names.", field);

    /// <summary>The mail's headers; those of the personalization win.</summary>
    public static Dictionary<string, string> HeadersOf(JsonObject mail, JsonNode personalization)
    {
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in (mail["headers"] as JsonObject ?? [])
            .Concat(personalization["headers"] as JsonObject ?? []))
        {
            headers[name] = value.AsString()!;
        }

        return headers;
    }

    private static Answer? OfCategories(JsonObject mail) =>
        mail["categories"] is null
        || (mail["categories"] is JsonArray { Count: <= CategoriesMax } categories
            && categories.All(category => category.AsString() is not null))
            ? null
            : SendGridError.Of(400, "The categories must be at most 10 strings.", "categories");

    private static Answer? OfSettings(JsonObject mail)
    {
        var sandbox = (mail["mail_settings"] as JsonObject)?["sandbox_mode"];
        return sandbox is null || sandbox["enable"]?.GetValueKind() is null or JsonValueKind.True or JsonValueKind.False
            ? null
            : SendGridError.Of(400, "The enable parameter must be a boolean.", "mail_settings.sandbox_mode.enable");
    }

    [GeneratedRegex(@"^[^@\s<>,;]+@[^@\s<>,;.]+(\.[^@\s<>,;.]+)+\z")]
    private static partial Regex Email();
}
