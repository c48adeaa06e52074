using PayLinks.Sandbox.Books;

namespace PayLinks.Sandbox.Twilio;

/// <summary>Shows, redacts or deletes one message.</summary>
internal static class OneMessage
{
    public static Answer Get(string account, string sid, HttpContext http, Ledger books) =>
        books.Do(b => Find(b, sid) is { } message
            ? Answer.Json(200, MessageJson.Write(message, account))
            : TwilioError.NotFound(http));

    /// <summary>
    /// Empties the text (<c>Body=</c>). Canceling needs a scheduled message, which the sandbox does not take.
    /// </summary>
    public static async Task<Answer> UpdateAsync(string account, string sid, HttpContext http, Ledger books)
    {
        var fields = await http.ReadFieldsAsync();
        return books.Do(b =>
        {
            if (Find(b, sid) is not { } message)
            {
                return TwilioError.NotFound(http);
            }

            if (fields.GetValueOrDefault("Status") == "canceled")
            {
                return TwilioError.Of(30409, "Message cannot be canceled: it is not scheduled");
            }

            if (!fields.TryGetValue("Body", out var body) || body.Length > 0)
            {
                return TwilioError.Of(20001, "Body can only be changed to an empty one");
            }

            var redacted = message with { Text = "" };
            b.Messages.Put(redacted);
            return Answer.Json(200, MessageJson.Write(redacted, account));
        });
    }

    public static Answer Delete(string sid, HttpContext http, Ledger books) => books.Do(b =>
    {
        if (Find(b, sid) is not { } message)
        {
            return TwilioError.NotFound(http);
        }

        b.Messages.Put(message with { Deleted = true });
        return Answer.Empty(204);
    });

    private static Message? Find(Ledger books, string sid) =>
        books.Messages.TryFind(sid, out var message) && message.Provider == Providers.Twilio && !message.Deleted
            ? message
            : null;
}
