using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using PayLinks.Worker.Sending;
using SendGrid;
using SendGrid.Helpers.Mail;

namespace PayLinks.Worker.SendGrid;

/// <summary>Our account at SendGrid: section <c>SendGrid</c> of the configuration.</summary>
internal sealed class SendGridOptions
{
    [Required, Url]
    public string BaseUrl { get; set; } = "https://api.sendgrid.com";

    [Required]
    public string ApiKey { get; set; } = "";
}

/// <summary>Sends email through SendGrid's own package. Links are not rewritten and openings not watched.</summary>
internal sealed partial class SendGridEmail(
    IHttpClientFactory clients, SendGridOptions options, ILogger<SendGridEmail> logger) : IEmailProvider
{
    public const string HttpName = "sendgrid";

    /// <summary>The custom argument that carries the callback key.</summary>
    public const string KeyArgument = "message";

    public async Task<SendOutcome> SendAsync(Email email, CancellationToken cancellationToken)
    {
        try
        {
            using var http = clients.CreateClient(HttpName);
            var client = new SendGridClient(http, new SendGridClientOptions
            {
                ApiKey = options.ApiKey,
                Host = options.BaseUrl.TrimEnd('/'),
            });
            var response = await client.SendEmailAsync(Write(email), cancellationToken);
            return await OutcomeOfAsync(response, cancellationToken);
        }
        catch (Exception error) when (FailedCall.OutcomeOf(error) is { } outcome)
        {
            LogNoAnswer(logger, outcome, error.GetType().Name);
            return outcome;
        }
    }

    private static SendGridMessage Write(Email email)
    {
        var message = new SendGridMessage
        {
            From = new EmailAddress(email.FromAddress, email.FromName),
            ReplyTo = new EmailAddress(email.ReplyTo),
            Subject = email.Subject,
            PlainTextContent = email.Text,
            HtmlContent = email.Html,
        };
        message.AddTo(new EmailAddress(email.To));
        message.AddCustomArg(KeyArgument, email.CallbackKey);
        if (email.UnsubscribeUrl is { } unsubscribeUrl)
        {
            // RFC 8058: the mail program's own button posts there, and needs no page.
            message.AddHeader("List-Unsubscribe", $"<{unsubscribeUrl}>");
            message.AddHeader("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
        }

        message.SetClickTracking(enable: false, enableText: false);
        message.SetOpenTracking(enable: false);
        return message;
    }

    private async Task<SendOutcome> OutcomeOfAsync(Response response, CancellationToken cancellationToken)
    {
        var status = (int)response.StatusCode;
        if (status is >= 200 and < 300)
        {
            return response.Headers.TryGetValues("X-Message-Id", out var ids)
                && ids.FirstOrDefault() is { Length: > 0 } id
                ? new SendOutcome.Accepted(id)
                : new SendOutcome.Lost(Loss.Error);
        }

        var field = FieldOf(await response.Body.ReadAsStringAsync(cancellationToken));
        LogRefused(logger, status, field);
        return SendGridReasons.OfRefusal(status, field);
    }

    // {"errors":[{"message":"…","field":"from.email"}]}: the first complaint is enough. Its words may name somebody.
    private static string? FieldOf(string body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return document.RootElement.GetProperty("errors")[0].GetProperty("field").GetString();
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException
            or IndexOutOfRangeException)
        {
            // Something between us and SendGrid answered in its place, or it complains about nothing in particular.
            return null;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "SendGrid gave no answer to rely on ({Error}): {Outcome}")]
    private static partial void LogNoAnswer(ILogger logger, SendOutcome outcome, string error);

    [LoggerMessage(Level = LogLevel.Warning, Message = "SendGrid refused an email with {Status}: {Field}")]
    private static partial void LogRefused(ILogger logger, int status, string? field);
}
