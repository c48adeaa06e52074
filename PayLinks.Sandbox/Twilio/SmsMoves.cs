using System.Globalization;
using PayLinks.Sandbox.Books;
using PayLinks.Sandbox.Callbacks;

namespace PayLinks.Sandbox.Twilio;

/// <summary>Takes an SMS from queued to sent and delivered, or not delivered, with a callback at each step.</summary>
internal sealed class SmsMoves(
    Ledger books, SandboxClock clock, Agenda agenda, CallbackSender callbacks, SandboxOptions options)
{
    private static readonly TimeSpan SentAfter = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan ArrivedAfter = TimeSpan.FromMilliseconds(300);

    /// <summary>Called within the step of the books that accepts the message.</summary>
    public void Begin(Message message)
    {
        Tell(message);
        GoOnInTime(message);
    }

    /// <summary>Takes up the messages that an earlier run has left on their way.</summary>
    public void Resume() => books.Do(b =>
    {
        foreach (var message in b.Messages.OldestFirst().Where(message => message.Provider == Providers.Twilio))
        {
            GoOnInTime(message);
        }
    });

    private void GoOnInTime(Message message)
    {
        if (message.Status is "queued" or "accepted")
        {
            agenda.At(message.AcceptedAt + SentAfter, () => Move(message.Id, "sent", errorCode: null));
        }
        else if (message.Status == "sent")
        {
            var code = PhoneNumbers.FailureOf(message.To);
            agenda.At(message.AcceptedAt + ArrivedAfter,
                () => Move(message.Id, code is null ? "delivered" : "undelivered", code));
        }
    }

    private void Move(string id, string status, int? errorCode) => books.Do(b =>
    {
        if (!b.Messages.TryFind(id, out var message) || message.Status == status)
        {
            return;
        }

        var now = clock.Now;
        var moved = message with
        {
            Status = status,
            ErrorCode = errorCode,
            SentAt = message.SentAt ?? now,
            UpdatedAt = now,
        };
        b.Messages.Put(moved);
        Tell(moved);
        GoOnInTime(moved);
    });

    private void Tell(Message message)
    {
        if (message.StatusCallback is not { } url)
        {
            return;
        }

        var form = new Dictionary<string, string>
        {
            ["MessageSid"] = message.Id,
            ["SmsSid"] = message.Id,
            ["AccountSid"] = options.TwilioAccountSid,
            ["From"] = message.From,
            ["To"] = message.To,
            ["MessageStatus"] = message.Status,
            ["SmsStatus"] = message.Status,
            ["ApiVersion"] = MessageJson.ApiVersion,
        };

        if (message.MessagingServiceSid is { } service)
        {
            form["MessagingServiceSid"] = service;
        }

        if (message.ErrorCode is { } code)
        {
            form["ErrorCode"] = code.ToString(CultureInfo.InvariantCulture);
        }

        if (message.Status is "delivered" or "undelivered")
        {
            form["RawDlrDoneDate"] = clock.Now.UtcDateTime.ToString("yyMMddHHmm", CultureInfo.InvariantCulture);
        }

        callbacks.PostForm(Providers.Twilio, url, form);
    }
}
