using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using PayLinks.Sandbox.Books;
using PayLinks.Sandbox.Callbacks;

namespace PayLinks.Sandbox.SendGrid;

/// <summary>Gathers events for a moment and posts them together, as SendGrid does.</summary>
internal sealed class EventBatches(
    SandboxClock clock, Agenda agenda, CallbackSender callbacks, CallbackModes modes, SandboxOptions options)
{
    private const int BatchMax = 500;

    private static readonly TimeSpan GatherFor = TimeSpan.FromMilliseconds(30);

    private static readonly JsonSerializerOptions Plain =
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Lock _gate = new();
    private List<JsonObject> _gathered = [];

    /// <summary>Adds the event that the email's status says.</summary>
    public void Add(Message email)
    {
        if (options.SendGridEventUrl.Length == 0)
        {
            return;
        }

        var happened = Write(email);
        if (modes[Providers.SendGrid].Mode != "normal")
        {
            // Each event travels on its own, so that they can overtake each other.
            Post([happened]);
            return;
        }

        lock (_gate)
        {
            _gathered.Add(happened);
            if (_gathered.Count == 1)
            {
                agenda.At(clock.Now + GatherFor, Flush);
            }
        }
    }

    public void Clear()
    {
        lock (_gate)
        {
            _gathered = [];
        }
    }

    private void Flush()
    {
        List<JsonObject> batch;
        lock (_gate)
        {
            (batch, _gathered) = (_gathered, []);
        }

        foreach (var part in batch.Chunk(BatchMax))
        {
            Post(part);
        }
    }

    // The body ends in a line break, which is signed too: a reader that trims it fails.
    private void Post(JsonObject[] part)
    {
        var json = new JsonArray([.. part]).ToJsonString(Plain) + "\r\n";
        callbacks.PostJson(Providers.SendGrid, options.SendGridEventUrl, json);
    }

    private JsonObject Write(Message email)
    {
        // Several recipients of one mail share its id; what stands behind the first dot says which.
        var id = email.Id.Split('-')[0];
        var body = new JsonObject
        {
            ["email"] = email.To,
            ["timestamp"] = clock.Wall.ToUnixTimeSeconds(),
            ["event"] = email.Status is "bounced" or "blocked" ? "bounce" : email.Status,
            ["sg_event_id"] = Ids.New(""),
            ["sg_message_id"] = $"{id}.filterdrecv-p3mdw1-756b745b58-kmzbl-18-5F5FC76C-9.0",
            ["smtp-id"] = $"<{id}@sandbox>",
        };

        if (email.Categories.Count > 0)
        {
            body["category"] = new JsonArray([.. email.Categories.Select(category => JsonValue.Create(category))]);
        }

        foreach (var (name, value) in Details(email.Status))
        {
            body[name] = value;
        }

        if (email.CustomArgs is { } customArgs)
        {
            foreach (var arg in customArgs.EnumerateObject())
            {
                body[arg.Name] = arg.Value.GetString();
            }
        }

        return body;
    }

    private static IEnumerable<(string Name, JsonNode Value)> Details(string status) => status switch
    {
        "delivered" => [("response", "250 OK"), ("ip", "127.0.0.1"), ("tls", 1)],
        "bounced" =>
        [
            ("type", "bounce"), ("reason", "550 5.1.1 The email account that you tried to reach does not exist"),
            ("status", "5.1.1"), ("bounce_classification", "Invalid Address"),
        ],
        "blocked" =>
        [
            ("type", "blocked"), ("reason", "554 5.7.1 Message blocked by the recipient's policy"), ("status", "5.7.1"),
            ("bounce_classification", "Content"),
        ],
        "dropped" => [("reason", "Bounced Address"), ("status", "5.0.0")],
        "deferred" => [("response", "451 4.7.1 Try again later"), ("attempt", "1")],
        _ => [],
    };
}
