using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace PayLinks.Sandbox.Books;

/// <summary>
/// The books on disk: one line of JSON for each change, handed to the operating system before the caller is answered,
/// so that they outlive the process however it ends. A start reads the lines and writes them anew, without what is
/// superseded, by rename. Callers hold the books' lock.
/// </summary>
internal sealed class Journal : IDisposable
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    private readonly string _path;
    private readonly ArrayBufferWriter<byte> _line = new();
    private readonly FileStream? _lock;
    private FileStream? _file;

    /// <exception cref="IOException">Another sandbox keeps its books in this file.</exception>
    public Journal(string path)
    {
        _path = path;
        if (_path.Length > 0 && Path.GetDirectoryName(Path.GetFullPath(_path)) is { } folder)
        {
            Directory.CreateDirectory(folder);
            // Two writers would each replace what the other wrote. The system lets go of it however a process ends.
            _lock = new FileStream(_path + ".lock", FileMode.OpenOrCreate, FileAccess.Write, FileShare.None);
        }
    }

    /// <summary>All lines in the order they were written; a last line that was cut off is left out.</summary>
    public IEnumerable<(string Table, string Key, JsonElement? Entry)> Read()
    {
        if (_path.Length == 0 || !File.Exists(_path))
        {
            yield break;
        }

        foreach (var line in File.ReadLines(_path))
        {
            if (Parse(line) is { } parsed)
            {
                yield return parsed;
            }
        }
    }

    /// <summary>Starts the file over with these entries and keeps it open for what follows.</summary>
    public void StartOver(IEnumerable<(string Table, string Key, object Entry)> entries)
    {
        if (_path.Length == 0)
        {
            return;
        }

        _file?.Dispose();
        var fresh = _path + ".new";
        // Delete sharing lets the rename replace an open file on every system.
        _file = new FileStream(
            fresh, FileMode.Create, FileAccess.Write, FileShare.Read | FileShare.Delete, bufferSize: 0);
        foreach (var (table, key, entry) in entries)
        {
            Append(table, key, entry);
        }

        File.Move(fresh, _path, overwrite: true);
    }

    public void Append(string table, string key, object? entry)
    {
        if (_file is null)
        {
            return;
        }

        _line.ResetWrittenCount();
        using (var writer = new Utf8JsonWriter(_line))
        {
            writer.WriteStartObject();
            writer.WriteString("table", table);
            writer.WriteString("key", key);
            writer.WritePropertyName("entry");
            JsonSerializer.Serialize(writer, entry, entry?.GetType() ?? typeof(JsonNode), Options);
            writer.WriteEndObject();
        }

        _line.Write("\n"u8);
        _file.Write(_line.WrittenSpan);
    }

    public static T Entry<T>(JsonElement element) =>
        element.Deserialize<T>(Options) ?? throw new InvalidDataException($"The books hold an empty {typeof(T).Name}.");

    public void Dispose()
    {
        _file?.Dispose();
        _file = null;
        _lock?.Dispose();
    }

    private static (string Table, string Key, JsonElement? Entry)? Parse(string line)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            var root = document.RootElement;
            var entry = root.GetProperty("entry");
            return (root.GetProperty("table").GetString()!, root.GetProperty("key").GetString()!,
                entry.ValueKind == JsonValueKind.Null ? null : entry.Clone());
        }
        catch (JsonException)
        {
            // The process ended while writing this line: the change was never answered.
            return null;
        }
    }
}
