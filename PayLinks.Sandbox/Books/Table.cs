using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace PayLinks.Sandbox.Books;

/// <summary>
/// One kind of entry in the books. Entries are immutable: a change puts a new one in the old one's place.
/// </summary>
internal interface ITable
{
    string Name { get; }

    void Load(string key, JsonElement? entry);

    IEnumerable<(string Table, string Key, object Entry)> All();

    void Clear();
}

/// <inheritdoc cref="ITable"/>
/// <remarks>Every member is called with the books' lock held.</remarks>
internal sealed class Table<T>(string name, Func<T, string> key, Ledger books) : ITable
    where T : class
{
    private readonly Dictionary<string, int> _places = [];
    private readonly List<T?> _entries = [];

    // Everything before it was removed: a table whose oldest entries go does not walk over the gaps each time.
    private int _oldest;

    public string Name => name;

    public int Count => _places.Count;

    public void Put(T entry)
    {
        Place(key(entry), entry);
        books.Record(name, key(entry), entry);
    }

    public void Remove(string id)
    {
        if (_places.Remove(id, out var place))
        {
            Empty(place);
            books.Record(name, id, null);
        }
    }

    public bool TryFind(string id, [NotNullWhen(true)] out T? entry)
    {
        entry = _places.TryGetValue(id, out var place) ? _entries[place] : null;
        return entry is not null;
    }

    /// <summary>Newest first, from the entry with this id on, or from the newest.</summary>
    public IEnumerable<T> NewestFirst(string? from = null)
    {
        for (var place = from is null ? _entries.Count - 1 : _places[from]; place >= 0; place--)
        {
            if (_entries[place] is { } entry)
            {
                yield return entry;
            }
        }
    }

    /// <summary>Oldest first, from the entry with this id on, or from the oldest.</summary>
    public IEnumerable<T> OldestFirst(string? from = null)
    {
        for (var place = from is null ? _oldest : _places[from]; place < _entries.Count; place++)
        {
            if (_entries[place] is { } entry)
            {
                yield return entry;
            }
        }
    }

    public void Load(string id, JsonElement? entry)
    {
        if (entry is { } element)
        {
            Place(id, Journal.Entry<T>(element));
        }
        else if (_places.Remove(id, out var place))
        {
            Empty(place);
        }
    }

    public IEnumerable<(string Table, string Key, object Entry)> All() =>
        OldestFirst().Select(entry => (name, key(entry), (object)entry));

    public void Clear()
    {
        _places.Clear();
        _entries.Clear();
        _oldest = 0;
    }

    private void Empty(int place)
    {
        _entries[place] = null;
        while (_oldest < _entries.Count && _entries[_oldest] is null)
        {
            _oldest++;
        }
    }

    private void Place(string id, T entry)
    {
        if (_places.TryGetValue(id, out var place))
        {
            _entries[place] = entry;
            return;
        }

        _places[id] = _entries.Count;
        _entries.Add(entry);
    }
}
