using PayLinks.Api.Console;
using PayLinks.Api.Links;

namespace PayLinks.Api.Keys;

/// <summary>What stands in the form that makes a key, exactly as typed.</summary>
public sealed record TypedKey(string Name, string Mode, IReadOnlyList<string> Scopes)
{
    private const int NameLengthMax = 100;

    public static TypedKey Empty(string mode) => new("", mode, V1.Scopes.All);

    public static TypedKey Of(IFormCollection form) =>
        new(form["name"].ToString(), form["mode"].ToString(), [.. form["scope"].OfType<string>()]);

    /// <returns>The key's name, and what is to be mended; null together with at least one problem.</returns>
    public (string? Name, IReadOnlyList<FormProblem> Problems) Read(ConsoleWords words)
    {
        var errors = new List<FieldError>();
        var name = CheckText.Read("name", Name, NameLengthMax, isProse: true, errors);
        var problems = LinkProblems.Of(errors, words, pointer => pointer).ToList();
        if (name is null && problems.Count == 0)
        {
            problems.Add(new FormProblem("name", words.Keys.NameNeeded));
        }

        if (Mode is not ("test" or "live"))
        {
            problems.Add(new FormProblem("mode", words.Keys.ModeNeeded));
        }

        if (Scopes.Count == 0 || Scopes.Except(V1.Scopes.All, StringComparer.Ordinal).Any())
        {
            problems.Add(new FormProblem("scope", words.Keys.ScopesNeeded));
        }

        return (problems.Count > 0 ? null : name, problems);
    }
}
