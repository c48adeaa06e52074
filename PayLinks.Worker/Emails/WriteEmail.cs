using System.Text;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using PayLinks.Core.Hosting;
using PayLinks.Worker.Sending;

namespace PayLinks.Worker.Emails;

internal sealed record WrittenEmail(string Subject, string Text, string Html);

/// <summary>Lays out an email as HTML, by a Razor component, and as plain text.</summary>
internal sealed class WriteEmail(IServiceProvider services, ILoggerFactory loggers, PayLinksOptions options)
{
    public async Task<WrittenEmail> WriteAsync(OutgoingMessage message, string linkUrl)
    {
        var content = EmailContent.Of(message, linkUrl, options);
        return new WrittenEmail(content.Subject, Text(content), await HtmlAsync(content));
    }

    private async Task<string> HtmlAsync(EmailContent content)
    {
        // A renderer keeps every component it has rendered, so each email has its own.
        await using var renderer = new HtmlRenderer(services, loggers);
        var parameters = ParameterView.FromDictionary(new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            [nameof(EmailLayout.Content)] = content,
        });
        return await renderer.Dispatcher.InvokeAsync(async () =>
            "<!doctype html>\n" + (await renderer.RenderComponentAsync<EmailLayout>(parameters)).ToHtmlString());
    }

    private static string Text(EmailContent content)
    {
        var text = new StringBuilder();
        if (content.IsTest)
        {
            text.Append(content.Words.TestMode).Append("\n\n");
        }

        text.Append(content.MerchantName).Append("\n\n");
        if (content.Greeting is { } greeting)
        {
            text.Append(greeting).Append("\n\n");
        }

        text.Append(content.Lead).Append("\n\n");
        foreach (var (label, value) in content.Facts)
        {
            text.Append(label).Append(": ").Append(value).Append('\n');
        }

        text.Append('\n').Append(content.Button).Append(":\n").Append(content.Url).Append('\n');
        foreach (var note in content.Notes)
        {
            text.Append('\n').Append(note).Append('\n');
        }

        if (content.StopUrl is { } stopUrl)
        {
            text.Append('\n').Append(content.Words.StopWriting).Append(":\n").Append(stopUrl).Append('\n');
        }

        return text.ToString();
    }
}
