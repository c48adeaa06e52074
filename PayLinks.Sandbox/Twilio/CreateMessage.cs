using System.Collections.Frozen;
using System.Globalization;
using PayLinks.Sandbox.Books;

namespace PayLinks.Sandbox.Twilio;

/// <summary>Accepts an SMS and sends it on its way.</summary>
internal static class CreateMessage
{
    private const int BodyLengthMax = 1600;
    private const int ValidityPeriodMax = 36_000;

    private static readonly FrozenSet<string> Known = FrozenSet.ToFrozenSet(
        ("To From MessagingServiceSid Body StatusCallback ValidityPeriod SmartEncoded ShortenUrls RiskCheck "
        + "ContentRetention AddressRetention Attempt ProvideFeedback MaxPrice ApplicationSid "
        + "ForceDelivery TrafficType").Split(' '));

    public static async Task<Answer> HandleAsync(
        string account, HttpContext http, Ledger books, SandboxClock clock, SmsMoves moves)
    {
        if (!http.Request.HasFormContentType)
        {
            return TwilioError.Of(20001, "Send the fields as application/x-www-form-urlencoded");
        }

        var fields = await http.ReadFieldsAsync();
        if (RefusalOf(fields) is { } refusal)
        {
            return refusal;
        }

        var service = fields.GetValueOrDefault("MessagingServiceSid");
        var from = fields.GetValueOrDefault("From") ?? service!;
        var to = fields["To"];
        var body = fields["Body"];
        return books.Do(b =>
        {
            if (b.OptOuts.TryFind(OptOut.IdOf(from, to), out _))
            {
                return PhoneNumbers.OptedOut();
            }

            var message = new Message
            {
                Id = Ids.NewSid("SM"),
                Provider = Providers.Twilio,
                Channel = "sms",
                To = to,
                From = from,
                Text = body,
                Segments = Segments.Count(body),
                Status = service is null ? "queued" : "accepted",
                MessagingServiceSid = service,
                AcceptedAt = clock.Now,
                StatusCallback = fields.GetValueOrDefault("StatusCallback"),
            };

            b.Messages.Put(message);
            moves.Begin(message);
            return Answer.Json(201, MessageJson.Write(message, account));
        });
    }

    private static Answer? RefusalOf(IReadOnlyDictionary<string, string> fields)
    {
        if (fields.Keys.FirstOrDefault(name => !Known.Contains(name)) is { } unknown)
        {
            return TwilioError.Of(20001, $"Unknown parameter {unknown}");
        }

        var to = fields.GetValueOrDefault("To", "");
        var body = fields.GetValueOrDefault("Body", "");
        var from = fields.GetValueOrDefault("From", "");
        var service = fields.GetValueOrDefault("MessagingServiceSid", "");
        return to.Length == 0 ? TwilioError.Of(21604, "A 'To' phone number is required.")
            : from.Length == 0 && service.Length == 0
                ? TwilioError.Of(21603, "A 'From' phone number or a 'MessagingServiceSid' is required.")
            : service.Length > 0 && !PhoneNumbers.IsServiceSid(service)
                ? TwilioError.Of(21705, $"The Messaging Service Sid {service} is invalid")
            : body.Length == 0 ? TwilioError.Of(21602, "Message body is required.")
            : body.Length > BodyLengthMax
                ? TwilioError.Of(21617, "The concatenated message body exceeds the 1600 character limit")
            : (from.Length > 0 ? PhoneNumbers.RefusalOfSender(from) : null)
                ?? PhoneNumbers.RefusalOfRecipient(to)
                ?? RefusalOfCallback(fields)
                ?? RefusalOfValidity(fields);
    }

    private static Answer? RefusalOfCallback(IReadOnlyDictionary<string, string> fields)
    {
        if (!fields.TryGetValue("StatusCallback", out var callback))
        {
            return null;
        }

        // Twilio takes no host name with an underscore.
        var isUrl = Uri.TryCreate(callback, UriKind.Absolute, out var url) && url.Scheme is "http" or "https"
            && !url.Host.Contains('_', StringComparison.Ordinal);
        return isUrl ? null : TwilioError.Of(21609, $"Invalid 'StatusCallback' URL: {callback}");
    }

    private static Answer? RefusalOfValidity(IReadOnlyDictionary<string, string> fields)
    {
        if (!fields.TryGetValue("ValidityPeriod", out var period))
        {
            return null;
        }

        return int.TryParse(period, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            && seconds is >= 1 and <= ValidityPeriodMax
                ? null
                : TwilioError.Of(21615, "ValidityPeriod must be from 1 to 36000 seconds");
    }
}
