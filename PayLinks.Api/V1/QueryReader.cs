using System.Globalization;
using PayLinks.Api.Links;
using PayLinks.Api.Problems;
using PayLinks.Api.Takings;

namespace PayLinks.Api.V1;

/// <summary>
/// Reads a query strictly: each parameter known and at most once. Ask for all parameters, then for the problem.
/// </summary>
internal sealed class QueryReader(HttpRequest request)
{
    private const int TextLengthMax = 100;

    private readonly HashSet<string> _known = new(StringComparer.Ordinal);

    /// <summary>What is wrong so far; whoever reads a value further adds to it.</summary>
    public List<FieldError> Errors { get; } = [];

    /// <summary>The parameter, or null; an empty one counts as not there.</summary>
    public string? Text(string name)
    {
        _known.Add(name);
        if (!request.Query.TryGetValue(name, out var values))
        {
            return null;
        }

        if (values.Count > 1)
        {
            Errors.Add(new FieldError("/" + name, FieldCodes.RepeatedParameter));
            return null;
        }

        var text = values[0]?.Trim();
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        if (CheckText.WhatIsWrong(text, TextLengthMax, isProse: false) is { } code)
        {
            Errors.Add(new FieldError("/" + name, code, TextLengthMax.ToString(CultureInfo.InvariantCulture)));
            return null;
        }

        return text;
    }

    public DateTimeOffset? Instant(string name)
    {
        if (Text(name) is not { } text)
        {
            return null;
        }

        // A plus sign in a query means a space, unless the caller has escaped it.
        if (CheckExpiry.TryParseInstant(text.Replace(' ', '+'), out var instant))
        {
            return instant;
        }

        Errors.Add(new FieldError("/" + name, FieldCodes.TimeInvalid));
        return null;
    }

    /// <summary>A day without a time, like <c>2026-11-26</c>.</summary>
    public DateOnly? Day(string name)
    {
        if (Text(name) is not { } text)
        {
            return null;
        }

        if (TakingsPeriod.TryReadDay(text, out var day))
        {
            return day;
        }

        Errors.Add(new FieldError("/" + name, FieldCodes.DateInvalid));
        return null;
    }

    /// <param name="usual">The number of lines when none is asked for.</param>
    public int Limit(int usual, int max)
    {
        if (Text("limit") is not { } text)
        {
            return usual;
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var limit)
            && limit >= 1 && limit <= max)
        {
            return limit;
        }

        Errors.Add(new FieldError("/limit", FieldCodes.LimitInvalid, max.ToString(CultureInfo.InvariantCulture)));
        return usual;
    }

    /// <summary>Null if all was well.</summary>
    public Problem? Problem()
    {
        foreach (var name in request.Query.Keys)
        {
            if (!_known.Contains(name))
            {
                Errors.Add(new FieldError(JsonPointer.Append("", name), FieldCodes.UnknownParameter));
            }
        }

        return Errors.Count == 0 ? null : new Problem(ProblemCodes.InvalidQuery) { Errors = Errors };
    }
}
