using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace PayLinks.Bench;

/// <summary>A request that is sent again and again.</summary>
/// <param name="Url">Of the program, without a path.</param>
/// <param name="Paths">Asked for in turn.</param>
internal sealed record Load(string Url, IReadOnlyList<string> Paths)
{
    private static readonly JsonSerializerOptions Plain =
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public string Method { get; init; } = "GET";

    /// <summary>What stands for seven digits, which are others in each request.</summary>
    public const string Digits = "#######";

    /// <summary>In ASCII, perhaps with <see cref="Digits"/> in it.</summary>
    public string Body { get; init; } = "";

    public IReadOnlyDictionary<string, string> Headers { get; init; } =
        new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Whether each request brings an <c>Idempotency-Key</c> that none before it had.</summary>
    public bool HasKeys { get; init; }

    /// <summary>The program in Lua by which <c>wrk</c> makes the requests.</summary>
    public string Script()
    {
        var script = new StringBuilder()
            .AppendLine(CultureInfo.InvariantCulture, $"local paths = {{ {string.Join(", ", Paths.Select(Quote))} }}")
            .AppendLine("local n = 0")
            .AppendLine(CultureInfo.InvariantCulture, $"wrk.method = {Quote(Method)}")
            .AppendLine(CultureInfo.InvariantCulture, $"wrk.body = {Quote(Body)}");
        foreach (var (name, value) in Headers)
        {
            script.AppendLine(CultureInfo.InvariantCulture, $"wrk.headers[{Quote(name)}] = {Quote(value)}");
        }

        script.AppendLine("request = function()").AppendLine("n = n + 1");
        if (Body.Contains(Digits, StringComparison.Ordinal))
        {
            script.AppendLine(
                CultureInfo.InvariantCulture,
                $"wrk.body = ({Quote(Body)}):gsub({Quote(Digits)}, string.format(\"%07d\", n))");
        }

        if (HasKeys)
        {
            script.AppendLine(
                CultureInfo.InvariantCulture,
                $"wrk.headers[\"Idempotency-Key\"] = \"{Guid.CreateVersion7():N}-\" .. n");
        }

        return script.AppendLine("return wrk.format(nil, paths[n % #paths + 1])").AppendLine("end").ToString();
    }

    // What JSON escapes in ASCII, Lua escapes alike.
    private static string Quote(string text) => JsonSerializer.Serialize(text, Plain);
}
