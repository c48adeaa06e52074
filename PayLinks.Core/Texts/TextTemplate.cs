using System.Text.RegularExpressions;

namespace PayLinks.Core.Texts;

/// <summary>
/// A sentence with gaps. <c>{amount}</c> stands for a fact. <c>[ for {purpose}| (ref. {reference})]</c> stands for the
/// first of its choices whose facts are known and that there is room for, and for nothing if there is none. Our own
/// words are written so, and merchants write theirs in the same way.
/// </summary>
public sealed partial class TextTemplate
{
    private TextTemplate(string source, IReadOnlyList<Part> parts)
    {
        Source = source;
        Parts = parts;
    }

    /// <summary>The template as it was written.</summary>
    public string Source { get; }

    /// <summary>The names of the facts that it may use.</summary>
    public IEnumerable<string> Placeholders => Parts.SelectMany(part => part.Choices)
        .SelectMany(choice => choice.Placeholders).Distinct(StringComparer.Ordinal);

    internal IReadOnlyList<Part> Parts { get; }

    /// <exception cref="FormatException">It is not well formed, which <see cref="Parse"/> tells by null.</exception>
    public static TextTemplate Of(string source) => Parse(source) ?? throw new FormatException(source);

    /// <summary>Null when its brackets do not pair, are nested or hold no name of a placeholder.</summary>
    public static TextTemplate? Parse(string source) => WellFormed().IsMatch(source)
        ? new TextTemplate(source, [.. PartPattern().Matches(source).Select(PartOf)])
        : null;

    /// <summary>The sentence with what is known, however long it becomes.</summary>
    public string Fill(IReadOnlyDictionary<string, string> facts) => Tidy(string.Concat(Parts.Select(part =>
        part.Choices.FirstOrDefault(choice => !part.MayGo || choice.IsKnown(facts))?.Fill(facts) ?? "")));

    /// <summary>Closes the gaps that unknown facts leave, and lets three dots end a sentence by themselves.</summary>
    internal static string Tidy(string text) =>
        Spaces().Replace(text, " ").Replace("....", "...", StringComparison.Ordinal).Trim();

    private static Part PartOf(Match match) => match.Groups["choices"] is { Success: true } choices
        ? new Part([.. choices.Value.Split('|').Select(ChoiceOf)], MayGo: true)
        : new Part([ChoiceOf(match.Value)], MayGo: false);

    private static Choice ChoiceOf(string source) => new([.. PiecePattern().Matches(source).Select(match =>
        match.Groups["name"] is { Success: true } name
            ? new Piece(name.Value, IsPlaceholder: true)
            : new Piece(match.Value, IsPlaceholder: false))]);

    /// <param name="MayGo">Left out when no choice is known or none fits.</param>
    internal sealed record Part(IReadOnlyList<Choice> Choices, bool MayGo);

    internal sealed record Choice(IReadOnlyList<Piece> Pieces)
    {
        public IEnumerable<string> Placeholders =>
            Pieces.Where(piece => piece.IsPlaceholder).Select(piece => piece.Text);

        public bool IsKnown(IReadOnlyDictionary<string, string> facts) =>
            Placeholders.All(name => facts.GetValueOrDefault(name, "").Length > 0);

        public string Fill(IReadOnlyDictionary<string, string> facts) => string.Concat(
            Pieces.Select(piece => piece.IsPlaceholder ? facts.GetValueOrDefault(piece.Text, "") : piece.Text));
    }

    /// <param name="Text">Plain words, or the name of a placeholder.</param>
    internal sealed record Piece(string Text, bool IsPlaceholder);

    [GeneratedRegex(@"\A([^{}\[\]]|\{[a-z]+\}|\[([^{}\[\]]|\{[a-z]+\})*\])*\z", RegexOptions.ExplicitCapture)]
    private static partial Regex WellFormed();

    [GeneratedRegex(@"\[(?<choices>[^\]]*)\]|[^\[]+", RegexOptions.ExplicitCapture)]
    private static partial Regex PartPattern();

    [GeneratedRegex(@"\{(?<name>[a-z]+)\}|[^{]+", RegexOptions.ExplicitCapture)]
    private static partial Regex PiecePattern();

    [GeneratedRegex(" {2,}")]
    private static partial Regex Spaces();
}
