using System.Buffers;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.Unicode;
using PayLinks.Api.Links;
using PayLinks.Api.Problems;

namespace PayLinks.Api.V1;

/// <summary>
/// Reads a body strictly: what is not in the contract is refused, and all that is wrong is told at once, each with a
/// pointer.
/// </summary>
internal static class RequestBody
{
    private const int ErrorsMax = 20;
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 8 };

    /// <summary>Reads the bytes, which may be none.</summary>
    /// <exception cref="BadHttpRequestException">There are more than the server takes.</exception>
    public static async Task<(ReadOnlyMemory<byte> Bytes, Problem? Problem)> ReadAsync(HttpRequest request)
    {
        var bytes = ReadOnlyMemory<byte>.Empty;
        while (true)
        {
            var read = await request.BodyReader.ReadAsync(request.HttpContext.RequestAborted);
            if (read.IsCompleted)
            {
                bytes = read.Buffer.ToArray();
                request.BodyReader.AdvanceTo(read.Buffer.End);
                break;
            }

            request.BodyReader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }

        var isReadable = bytes.IsEmpty || IsJson(request);
        return (bytes, isReadable ? null : new Problem(ProblemCodes.UnsupportedMediaType));
    }

    /// <summary>Reads a body and its value.</summary>
    /// <param name="whenEmpty">What no body at all stands for; null if there must be one.</param>
    public static async Task<(ReadOnlyMemory<byte> Bytes, T? Body, Problem? Refusal)> ReadAsync<T>(
        HttpRequest request, JsonTypeInfo<T> type, T? whenEmpty)
        where T : class
    {
        var (bytes, refusal) = await ReadAsync(request);
        if (refusal is not null)
        {
            return (bytes, null, refusal);
        }

        if (bytes.IsEmpty && whenEmpty is not null)
        {
            return (bytes, whenEmpty, null);
        }

        var (body, malformed) = Parse(bytes, type);
        return (bytes, body, malformed);
    }

    /// <summary>Reads a body's value; the problem is null if that went well.</summary>
    /// <param name="type">Records of text and flags, lists and dictionaries of text, and such records.</param>
    public static (T? Value, Problem? Problem) Parse<T>(ReadOnlyMemory<byte> bytes, JsonTypeInfo<T> type)
        where T : class
    {
        // The reader would find broken UTF-8 only in the texts that are looked at.
        if (!Utf8.IsValid(bytes.Span))
        {
            return (null, new Problem(ProblemCodes.InvalidJson));
        }

        try
        {
            using var document = JsonDocument.Parse(bytes, Strict);
            var errors = new List<FieldError>();
            Compare(document.RootElement, type, "", errors);
            return errors.Count == 0
                ? (document.Deserialize(type), null)
                : (null, Refuse(errors));
        }
        catch (JsonException)
        {
            return (null, new Problem(ProblemCodes.InvalidJson));
        }
    }

    private static Problem Refuse(List<FieldError> errors) =>
        errors.Any(error => error.Code == FieldCodes.CardDataNotAllowed)
            ? Problem.Fields(errors)
            : new Problem(ProblemCodes.InvalidBody) { Errors = errors };

    private static bool IsJson(HttpRequest request) =>
        request.Headers.ContentEncoding.Count == 0
        && MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
        && string.Equals(type.MediaType, "application/json", StringComparison.OrdinalIgnoreCase)
        && (type.CharSet is null || string.Equals(type.CharSet.Trim('"'), "utf-8", StringComparison.OrdinalIgnoreCase));

    private static void Compare(JsonElement element, JsonTypeInfo type, string pointer, List<FieldError> errors)
    {
        if (errors.Count >= ErrorsMax)
        {
            return;
        }

        switch (type.Kind)
        {
            case JsonTypeInfoKind.Object when element.ValueKind == JsonValueKind.Object:
                CompareObject(element, type, pointer, errors);
                break;
            case JsonTypeInfoKind.Dictionary when element.ValueKind == JsonValueKind.Object:
                CompareDictionary(element, type, pointer, errors);
                break;
            case JsonTypeInfoKind.Enumerable when element.ValueKind == JsonValueKind.Array:
                var item = type.Options.GetTypeInfo(type.ElementType!);
                var index = 0;
                foreach (var child in element.EnumerateArray())
                {
                    Compare(child, item, string.Create(CultureInfo.InvariantCulture, $"{pointer}/{index++}"), errors);
                }

                break;
            case JsonTypeInfoKind.None when IsFlag(type.Type):
                if (element.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
                {
                    errors.Add(new FieldError(pointer, FieldCodes.WrongType));
                }

                break;
            case JsonTypeInfoKind.None when element.ValueKind == JsonValueKind.String:
                if (!IsUnicode(element.GetString))
                {
                    errors.Add(new FieldError(pointer, FieldCodes.InvalidUnicode));
                }

                break;
            default:
                errors.Add(new FieldError(pointer, FieldCodes.WrongType));
                break;
        }
    }

    private static bool IsFlag(Type type) => (Nullable.GetUnderlyingType(type) ?? type) == typeof(bool);

    private static void CompareObject(JsonElement element, JsonTypeInfo type, string pointer, List<FieldError> errors)
    {
        var seen = 0L;
        foreach (var member in element.EnumerateObject())
        {
            if (!IsUnicode(() => member.Name))
            {
                errors.Add(new FieldError(pointer, FieldCodes.InvalidUnicode));
                continue;
            }

            var at = IndexOf(type.Properties, member);
            var memberPointer = JsonPointer.Append(pointer, member.Name);
            if (at < 0)
            {
                errors.Add(new FieldError(memberPointer, FieldCodes.UnknownField));
            }
            else if ((seen & (1L << at)) != 0)
            {
                errors.Add(new FieldError(memberPointer, FieldCodes.DuplicateField));
            }
            else if (member.Value.ValueKind != JsonValueKind.Null)
            {
                // An explicit null says the same as leaving the field out.
                var memberType = type.Options.GetTypeInfo(type.Properties[at].PropertyType);
                Compare(member.Value, memberType, memberPointer, errors);
            }

            seen |= at < 0 ? 0 : 1L << at;
        }
    }

    private static void CompareDictionary(
        JsonElement element, JsonTypeInfo type, string pointer, List<FieldError> errors)
    {
        var value = type.Options.GetTypeInfo(type.ElementType!);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var member in element.EnumerateObject())
        {
            if (!IsUnicode(() => member.Name))
            {
                errors.Add(new FieldError(pointer, FieldCodes.InvalidUnicode));
                continue;
            }

            var memberPointer = JsonPointer.Append(pointer, member.Name);
            if (!seen.Add(member.Name))
            {
                errors.Add(new FieldError(memberPointer, FieldCodes.DuplicateField));
            }

            Compare(member.Value, value, memberPointer, errors);
        }
    }

    private static int IndexOf(IList<JsonPropertyInfo> properties, JsonProperty member)
    {
        for (var i = 0; i < properties.Count; i++)
        {
            if (member.NameEquals(properties[i].Name))
            {
                return i;
            }
        }

        return -1;
    }

    // Half of a surrogate pair can be escaped but is no text.
    private static bool IsUnicode(Func<string?> read)
    {
        try
        {
            read();
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }
}
