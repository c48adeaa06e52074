using System.Text.Json;
using System.Text.Json.Nodes;
using PayLinks.Sandbox.Books;

namespace PayLinks.Sandbox.SendGrid;

/// <summary>Accepts an email for each recipient and sends it on its way.</summary>
internal static class SendMail
{
    private const int SizeMax = 30 * 1024 * 1024;

    public static async Task<Answer> HandleAsync(
        HttpContext http, Ledger books, SandboxClock clock, EmailMoves moves)
    {
        if (http.Request.ContentType?.StartsWith("application/json", StringComparison.OrdinalIgnoreCase) != true)
        {
            return SendGridError.Of(415, "Content-Type should be application/json.", "Content-Type");
        }

        if (http.Request.ContentLength > SizeMax)
        {
            return SendGridError.Of(413, "The request is larger than 30 MB.");
        }

        var mail = Read(await http.ReadBodyAsync());
        if (mail is null)
        {
            return SendGridError.Of(400, "Bad Request");
        }

        if (MailInput.RefusalOf(mail) is { } refusal)
        {
            return refusal;
        }

        var messageId = Ids.New("");
        var isTrial = mail["mail_settings"]?["sandbox_mode"]?["enable"]?.GetValue<bool>() == true;
        if (isTrial)
        {
            return Answer.Empty(200).With("X-Message-Id", messageId);
        }

        books.Do(b =>
        {
            var emails = MessagesOf(mail, messageId, clock.Now).ToList();
            foreach (var email in emails)
            {
                b.Messages.Put(email);
                moves.Begin(email);
            }
        });
        return Answer.Empty(202).With("X-Message-Id", messageId);
    }

    private static IEnumerable<Message> MessagesOf(JsonObject mail, string messageId, DateTimeOffset now)
    {
        var recipients = mail["personalizations"]!.AsArray().SelectMany(personalization =>
            MailInput.RecipientKinds.SelectMany(kind => personalization![kind]?.AsArray() ?? [])
                .Select(address => (Personalization: personalization!, To: address!["email"].AsString()!))).ToList();
        string? Content(string type) => mail["content"]?.AsArray()
            .FirstOrDefault(content => content!["type"].AsString() == type)?["value"].AsString();

        for (var i = 0; i < recipients.Count; i++)
        {
            var (personalization, to) = recipients[i];
            var customArgs = new JsonObject();
            foreach (var (name, value) in (mail["custom_args"] as JsonObject ?? [])
                .Concat(personalization["custom_args"] as JsonObject ?? []))
            {
                customArgs[name] = value?.DeepClone();
            }

            yield return new Message
            {
                Id = recipients.Count == 1 ? messageId : $"{messageId}-{i + 1}",
                Provider = Providers.SendGrid,
                Channel = "email",
                To = to,
                From = mail["from"]!["email"].AsString()!,
                Subject = personalization["subject"].AsString() ?? mail["subject"].AsString(),
                Text = Content("text/plain"),
                Html = Content("text/html"),
                Headers = MailInput.HeadersOf(mail, personalization),
                Status = "accepted",
                AcceptedAt = now,
                CustomArgs = JsonSerializer.SerializeToElement(customArgs),
                Categories = [.. (mail["categories"]?.AsArray() ?? []).Select(category => category.AsString()!)],
            };
        }
    }

    private static JsonObject? Read(byte[] body)
    {
        try
        {
            return JsonNode.Parse(body, documentOptions: new JsonDocumentOptions { AllowDuplicateProperties = false })
                as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
