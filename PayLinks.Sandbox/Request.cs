using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.WebUtilities;

namespace PayLinks.Sandbox;

/// <summary>What the endpoints read off a request, beyond what the framework gives.</summary>
internal static class Request
{
    private const string BodyItem = "body";
    private const string ProfileItem = "profile";
    private const string ModeItem = "mode";

    extension(HttpContext http)
    {
        /// <summary>
        /// The Mollie profile that the API key belongs to; set by <see cref="Mollie.MollieKeyFilter"/>.
        /// </summary>
        public string Profile
        {
            get => (string)http.Items[ProfileItem]!;
            set => http.Items[ProfileItem] = value;
        }

        /// <summary><c>test</c> or <c>live</c>, as the API key says; set beside the profile.</summary>
        public string Mode
        {
            get => (string)http.Items[ModeItem]!;
            set => http.Items[ModeItem] = value;
        }

        /// <summary>The address under which the caller's browser reaches the sandbox.</summary>
        public string PublicUrl(SandboxOptions options) => options.PublicUrl.Length > 0
            ? options.PublicUrl.TrimEnd('/')
            : $"{http.Request.Scheme}://{http.Request.Host}";

        /// <summary>The whole body, read once.</summary>
        public async Task<byte[]> ReadBodyAsync()
        {
            if (http.Items.TryGetValue(BodyItem, out var read))
            {
                return (byte[])read!;
            }

            using var body = new MemoryStream();
            await http.Request.Body.CopyToAsync(body, http.RequestAborted);
            http.Items[BodyItem] = body.ToArray();
            return body.ToArray();
        }

        /// <summary>The fields of a form post; a repeated field keeps its last value.</summary>
        public async Task<IReadOnlyDictionary<string, string>> ReadFieldsAsync()
        {
            var fields = QueryHelpers.ParseQuery(Encoding.UTF8.GetString(await http.ReadBodyAsync()));
            return fields.ToDictionary(field => field.Key, field => field.Value.LastOrDefault() ?? "");
        }
    }

    /// <summary>A string for a string, nothing for anything else.</summary>
    public static string? AsString(this JsonNode? node) =>
        node is JsonValue value && value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : null;
}
