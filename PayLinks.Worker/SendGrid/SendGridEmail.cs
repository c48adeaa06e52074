using System.ComponentModel.DataAnnotations;
using System.Net;
using PayLinks.Core.Messages;
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
            return OutcomeOf(response);
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

    private SendOutcome OutcomeOf(Response response)
    {
        var status = (int)response.StatusCode;
        if (status is >= 200 and < 300)
        {
            return response.Headers.TryGetValues("X-Message-Id", out var ids)
                && ids.FirstOrDefault() is { Length: > 0 } id
                ? new SendOutcome.Accepted(id)
                : new SendOutcome.Lost(Loss.Error);
        }

        LogRefused(logger, status);
        return response.StatusCode switch
        {
            HttpStatusCode.TooManyRequests => new SendOutcome.NotNow(Obstacle.Busy, DeliveryReason.ProviderUnavailable),
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or HttpStatusCode.NotFound =>
                new SendOutcome.NotNow(Obstacle.Setup, DeliveryReason.ProviderSetup),
            HttpStatusCode.RequestTimeout => new SendOutcome.Lost(Loss.Silence),
            _ when status is >= 400 and < 500 => new SendOutcome.Refused(DeliveryReason.ProviderRefused),
            _ => new SendOutcome.Lost(Loss.Error),
        };
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "SendGrid gave no answer to rely on ({Error}): {Outcome}")]
    private static partial void LogNoAnswer(ILogger logger, SendOutcome outcome, string error);

    [LoggerMessage(Level = LogLevel.Warning, Message = "SendGrid refused an email with {Status}")]
    private static partial void LogRefused(ILogger logger, int status);
}
