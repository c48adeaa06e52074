using PayLinks.Sandbox.Books;
using PayLinks.Sandbox.Callbacks;

namespace PayLinks.Sandbox.Twilio;

/// <summary>
/// An SMS from a customer to one of our senders: kept, posted to PayLinks, and minded when it says STOP.
/// </summary>
internal sealed class ReceiveSms(Ledger books, SandboxClock clock, CallbackSender callbacks, SandboxOptions options)
{
    // A text to a messaging service goes to one of its numbers; ours have this one.
    private const string NumberOfServices = "+15005550006";

    public Message Receive(string from, string to, string body) => books.Do(b =>
    {
        var message = new Message
        {
            Id = Ids.NewSid("SM"),
            Provider = Providers.Twilio,
            Channel = "sms",
            Inbound = true,
            From = from,
            To = to,
            Text = body,
            Segments = Segments.Count(body),
            Status = "received",
            AcceptedAt = clock.Now,
            SentAt = clock.Now,
        };

        b.Messages.Put(message);
        var keyword = KeywordOf(body);
        var id = OptOut.IdOf(to, from);
        if (keyword == "STOP")
        {
            b.OptOuts.Put(new OptOut(id, clock.Now));
        }
        else if (keyword == "START")
        {
            b.OptOuts.Remove(id);
        }

        Tell(message, keyword);
        return message;
    });

    private void Tell(Message message, string? keyword)
    {
        if (options.TwilioInboundUrl.Length == 0)
        {
            return;
        }

        var service = PhoneNumbers.IsServiceSid(message.To) ? message.To : null;
        var form = new Dictionary<string, string>
        {
            ["MessageSid"] = message.Id,
            ["SmsMessageSid"] = message.Id,
            ["SmsSid"] = message.Id,
            ["AccountSid"] = options.TwilioAccountSid,
            ["From"] = message.From,
            ["To"] = service is null ? message.To : NumberOfServices,
            ["Body"] = message.Text ?? "",
            ["NumMedia"] = "0",
            ["NumSegments"] = message.Segments.ToString(System.Globalization.CultureInfo.InvariantCulture),
            ["SmsStatus"] = "received",
            ["FromCountry"] = message.From.StartsWith("+39", StringComparison.Ordinal) ? "IT" : "",
            ["ToCountry"] = message.To.StartsWith("+39", StringComparison.Ordinal) ? "IT" : "",
            ["ApiVersion"] = MessageJson.ApiVersion,
        };

        if (service is not null)
        {
            form["MessagingServiceSid"] = service;
        }

        if (keyword is not null)
        {
            form["OptOutType"] = keyword;
        }

        callbacks.PostForm(Providers.Twilio, options.TwilioInboundUrl, form);
    }

    /// <summary>Only a text of a single keyword counts.</summary>
    private static string? KeywordOf(string body) => body.Trim().ToUpperInvariant() switch
    {
        "STOP" or "STOPALL" or "UNSUBSCRIBE" or "END" or "QUIT" or "CANCEL" or "REVOKE" or "OPTOUT" => "STOP",
        "START" or "YES" or "UNSTOP" => "START",
        "HELP" or "INFO" => "HELP",
        _ => null,
    };
}
