using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using PayLinks.Worker.Sending;

namespace PayLinks.Worker.Twilio;

/// <summary>
/// The two calls of Twilio's API that PayLinks makes: send a message, and list those sent to a number.
/// </summary>
internal sealed partial class TwilioClient(
    IHttpClientFactory clients, TwilioOptions options, TimeProvider clock, ILogger<TwilioClient> logger) : ISmsProvider
{
    public const string HttpName = "twilio";

    private const int PagesMax = 10;
    private const int ValiditySecondsMax = 36_000;

    public async Task<SendOutcome> SendAsync(Sms sms, CancellationToken cancellationToken)
    {
        var fields = new List<KeyValuePair<string, string>>
        {
            new("To", sms.To),
            new(IsMessagingService(sms.From) ? "MessagingServiceSid" : "From", sms.From),
            new("Body", sms.Body),
            new("StatusCallback", sms.CallbackUrl),
        };
        if (sms.ValidFor is { } validFor)
        {
            var seconds = Math.Clamp(validFor.Ticks / TimeSpan.TicksPerSecond, 1, ValiditySecondsMax);
            fields.Add(new("ValidityPeriod", seconds.ToString(CultureInfo.InvariantCulture)));
        }

        using var request = Request(HttpMethod.Post, $"Accounts/{options.AccountSid}/Messages.json");
        request.Content = new FormUrlEncodedContent(fields);
        try
        {
            using var http = clients.CreateClient(HttpName);
            using var response = await http.SendAsync(request, cancellationToken);
            var body = await response.Content.ReadAsByteArrayAsync(cancellationToken);
            return OutcomeOf(response.StatusCode, body);
        }
        catch (Exception error) when (FailedCall.OutcomeOf(error) is { } outcome)
        {
            LogNoAnswer(logger, outcome, error.GetType().Name);
            return outcome;
        }
    }

    public async Task<IReadOnlyList<SentSms>?> FindSentAsync(
        string to, TimeSpan youngerThan, CancellationToken cancellationToken)
    {
        // Not by DateSent: a message that is still queued there has none.
        var path = $"Accounts/{options.AccountSid}/Messages.json?To={Uri.EscapeDataString(to)}&PageSize=1000";
        var asked = clock.GetTimestamp();
        var found = new List<SentSms>();
        for (var page = 0; page < PagesMax; page++)
        {
            if (await GetPageAsync(path, cancellationToken) is not var (list, now))
            {
                return null;
            }

            // Twilio may have taken its time over this page, in which everything on it has grown older.
            now -= clock.GetElapsedTime(asked);
            var messages = list.Messages ?? [];
            foreach (var message in messages)
            {
                if (message.Sid is null || AgeOf(message, now) is not { } age)
                {
                    return null;
                }

                if (message.Direction != "inbound" && age < youngerThan)
                {
                    found.Add(new SentSms(message.Sid, message.Body ?? "", age));
                }
            }

            // Newest first; what is a day older than we look for ends the search whatever it is sorted by.
            if (string.IsNullOrEmpty(list.NextPageUri)
                || messages.All(message => AgeOf(message, now) > youngerThan + TimeSpan.FromDays(1)))
            {
                return found;
            }

            path = new Uri(new Uri(options.BaseUrl), list.NextPageUri).ToString();
        }

        return null;
    }

    private async Task<(TwilioMessageList List, DateTimeOffset Now)?> GetPageAsync(
        string path, CancellationToken cancellationToken)
    {
        using var request = Request(HttpMethod.Get, path);
        try
        {
            using var http = clients.CreateClient(HttpName);
            using var response = await http.SendAsync(request, cancellationToken);
            if (response.StatusCode != HttpStatusCode.OK || response.Headers.Date is not { } now)
            {
                LogLookUpFailed(logger, (int)response.StatusCode);
                return null;
            }

            var body = await response.Content.ReadAsByteArrayAsync(cancellationToken);
            return TryRead(body, TwilioJson.Default.TwilioMessageList) is { } list ? (list, now) : null;
        }
        catch (Exception error) when (FailedCall.OutcomeOf(error) is not null)
        {
            LogLookUpFailed(logger, 0);
            return null;
        }
    }

    private SendOutcome OutcomeOf(HttpStatusCode status, byte[] body)
    {
        if ((int)status is >= 200 and < 300)
        {
            return TryRead(body, TwilioJson.Default.TwilioMessage)?.Sid is { Length: > 0 } sid
                ? new SendOutcome.Accepted(sid)
                : new SendOutcome.Lost(Loss.Error);
        }

        if ((int)status is >= 400 and < 500 && status is not HttpStatusCode.RequestTimeout)
        {
            var code = TryRead(body, TwilioJson.Default.TwilioError)?.Code;
            LogRefused(logger, (int)status, code);
            return TwilioReasons.OfRefusal((int)status, code);
        }

        LogRefused(logger, (int)status, null);
        // A gateway that gave up waiting says nothing about who is still working behind it.
        return new SendOutcome.Lost(
            status is HttpStatusCode.GatewayTimeout or HttpStatusCode.RequestTimeout ? Loss.Silence : Loss.Error);
    }

    private HttpRequestMessage Request(HttpMethod method, string path)
    {
        var token = options.AuthToken.Split(',', 2)[0].Trim();
        var request = new HttpRequestMessage(method, path);
        request.Headers.Authorization = new AuthenticationHeaderValue(
            "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{options.AccountSid}:{token}")));
        return request;
    }

    // No name or number is that long.
    private static bool IsMessagingService(string sender) =>
        sender.Length == 34 && sender.StartsWith("MG", StringComparison.Ordinal);

    private static TimeSpan? AgeOf(TwilioMessage message, DateTimeOffset now) =>
        DateTimeOffset.TryParse(
            message.DateCreated, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var created)
            ? now - created
            : null;

    private static T? TryRead<T>(byte[] body, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(body, type);
        }
        catch (JsonException)
        {
            // Something between us and Twilio answered in its place, or half of the answer was lost.
            return null;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Twilio gave no answer to rely on ({Error}): {Outcome}")]
    private static partial void LogNoAnswer(ILogger logger, SendOutcome outcome, string error);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Twilio refused a message with {Status}, code {Code}")]
    private static partial void LogRefused(ILogger logger, int status, int? code);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Twilio did not tell what it has sent: status {Status}")]
    private static partial void LogLookUpFailed(ILogger logger, int status);
}
