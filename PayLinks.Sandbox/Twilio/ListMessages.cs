using System.Globalization;
using System.Text.Json.Nodes;
using PayLinks.Sandbox.Books;

namespace PayLinks.Sandbox.Twilio;

/// <summary>Lists messages newest first, by recipient, sender and day of sending.</summary>
internal static class ListMessages
{
    private const int PageSizeDefault = 50;
    private const int PageSizeMax = 1000;
    private const string TokenPrefix = "PA";

    private delegate bool Filter(Message message);

    public static Answer Handle(string account, HttpContext http, Ledger books)
    {
        var query = http.Request.Query;
        if (!TryReadNumber(query["PageSize"], PageSizeDefault, out var size) || size < 1
            || !TryReadNumber(query["Page"], 0, out var page) || ReadFilter(query) is not { } filter)
        {
            return TwilioError.Of(20001, "Invalid query parameter");
        }

        size = Math.Min(size, PageSizeMax);
        var token = query["PageToken"].ToString();
        return books.Do(b =>
        {
            // The token names the first message of the page, so that newer ones do not shift what is listed.
            string? from = null;
            if (token.Length > 0)
            {
                from = token.StartsWith(TokenPrefix, StringComparison.Ordinal) ? token[TokenPrefix.Length..] : "";
                if (!b.Messages.TryFind(from, out _))
                {
                    return TwilioError.Of(20006, "Invalid page token");
                }
            }

            var found = b.Messages.NewestFirst(from)
                .Where(message => message.Provider == Providers.Twilio && !message.Deleted && filter(message))
                .Skip(from is null ? page * size : 0)
                .Take(size + 1).ToList();
            var next = found.Count > size ? found[size].Id : null;
            return Answer.Json(200, Write(account, query, found.Take(size).ToList(), page, size, next));
        });
    }

    private static JsonObject Write(
        string account, IQueryCollection query, List<Message> shown, int page, int size, string? next)
    {
        var path = $"/{MessageJson.ApiVersion}/Accounts/{account}/Messages.json";
        var asked = string.Concat(query
            .Where(entry => entry.Key is not ("PageSize" or "Page" or "PageToken"))
            .Select(entry => $"{Uri.EscapeDataString(entry.Key)}={Uri.EscapeDataString(entry.Value.ToString())}&"));
        string Address(int number, string? token) =>
            $"{path}?{asked}PageSize={size}&Page={number}{(token is null ? "" : $"&PageToken={TokenPrefix}{token}")}";

        return new JsonObject
        {
            ["messages"] = new JsonArray([.. shown.Select(message => MessageJson.Write(message, account))]),
            ["page"] = page,
            ["page_size"] = size,
            ["start"] = page * size,
            ["end"] = page * size + Math.Max(shown.Count - 1, 0),
            ["uri"] = Address(page, null),
            ["first_page_uri"] = Address(0, null),
            ["previous_page_uri"] = page == 0 ? null : Address(page - 1, null),
            ["next_page_uri"] = next is null ? null : Address(page + 1, next),
        };
    }

    private static Filter? ReadFilter(IQueryCollection query)
    {
        var to = query["To"].ToString();
        var from = query["From"].ToString();
        var days = new List<Filter>();
        foreach (var (name, value) in query)
        {
            if (name is not ("DateSent" or "DateSent>" or "DateSent<"))
            {
                continue;
            }

            if (!DateTimeOffset.TryParse(
                value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at))
            {
                return null;
            }

            // "DateSent>=2026-01-05" arrives as the name "DateSent>": from that day on. A day is a whole UTC day.
            var isDay = value.ToString().Length == 10;
            days.Add(name switch
            {
                "DateSent>" => message => SentAt(message) >= at,
                "DateSent<" => message => SentAt(message) < (isDay ? at.AddDays(1) : at.AddSeconds(1)),
                _ => message => SentAt(message) >= at && SentAt(message) < (isDay ? at.AddDays(1) : at.AddSeconds(1)),
            });
        }

        return message => (to.Length == 0 || message.To == to) && (from.Length == 0 || message.From == from)
            && days.All(day => day(message));
    }

    /// <summary>A message not yet sent is listed by when it was taken, so that it is not missed.</summary>
    private static DateTimeOffset SentAt(Message message)
    {
        var at = message.SentAt ?? message.AcceptedAt;
        return new DateTimeOffset(at.Ticks - at.Ticks % TimeSpan.TicksPerSecond, at.Offset);
    }

    private static bool TryReadNumber(string? text, int otherwise, out int number)
    {
        number = otherwise;
        return string.IsNullOrEmpty(text)
            || int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }
}
