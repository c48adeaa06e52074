using System.Globalization;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using PayLinks.Tests.Infrastructure;

namespace PayLinks.Tests.House;

/// <summary>The rules of CONTRIBUTING that are about text. Each failure names file and line.</summary>
public sealed partial class TidyTests
{
    private const int LinesMax = 300;
    private const int ColumnsMax = 120;

    private static readonly string[] Code = [".cs", ".razor", ".cshtml", ".js", ".css", ".sql", ".sh", ".mjs"];
    private static readonly string[] Text =
        [.. Code, ".md", ".json", ".props", ".csproj", ".sln", ".txt", ".yml", ".html", ".editorconfig", ""];
    private static readonly string[] NotOurs =
        [".git", ".paylinks", ".vs", ".idea", "bin", "obj", "screenshots", "TestResults", "node_modules"];

    private static readonly IReadOnlyList<SourceFile> Files = [.. Read(new DirectoryInfo(SourceTree.Root))];

    [Test]
    public void A_file_fits_the_eye() => Assert.That(
        Files.Where(file => file.Is(".cs", ".razor", ".cshtml", ".js") && file.Lines.Length > LinesMax)
            .Select(file => $"{file.Path} has {file.Lines.Length} lines"),
        Is.Empty);

    [Test]
    public void A_line_fits_the_screen() => Assert.That(
        Lines(".cs").Where(line => line.Text.Length > ColumnsMax).Select(line => $"{line} is {line.Text.Length} wide"),
        Is.Empty);

    // The build holds the rest of the format, as IDE0055.
    [Test]
    public void A_file_names_what_it_uses_in_order() => Assert.That(
        Files.Where(file => file.Is(".cs"))
            .Select(file => (file.Path, Used: file.Lines.Select(line => Using().Match(line))
                .Where(match => match.Success).Select(match => match.Groups["name"].Value).ToList()))
            .Where(file => !file.Used.SequenceEqual(file.Used
                .OrderByDescending(name => name.Split('.')[0] == "System")
                .ThenBy(name => name, StringComparer.OrdinalIgnoreCase)))
            .Select(file => file.Path),
        Is.Empty);

    [Test]
    public void A_file_ends_with_a_line_break() => Assert.That(
        Files.Where(file => file.Is(Code) && file.Lines.Length > 0)
            .Where(file => File.ReadAllBytes(SourceTree.PathOf(file.Path))[^1] != '\n').Select(file => file.Path),
        Is.Empty);

    [Test]
    public void Nothing_is_put_off_in_a_comment() =>
        Assert.That(Lines(Code).Where(line => PutOff().IsMatch(line.Text)), Is.Empty);

    [Test]
    public void A_suppressed_warning_gives_its_reason_on_the_line() => Assert.That(
        Lines(".cs", ".razor").Where(line => line.Text.Contains("#pragma warning disable", StringComparison.Ordinal)
            && !line.Text.Contains("//", StringComparison.Ordinal)),
        Is.Empty);

    [Test]
    public void Sql_is_written_in_lower_case() =>
        Assert.That(Lines(".sql").Concat(Lines(".cs")).Where(line => ShoutedSql().IsMatch(line.Text)), Is.Empty);

    [Test]
    public void Migrations_are_numbered_without_a_gap()
    {
        var numbers = Migrations().Select(path => int.Parse(Path.GetFileName(path)[..4], CultureInfo.InvariantCulture))
            .ToList();

        Assert.That(numbers, Is.EqualTo(Enumerable.Range(1, numbers.Count)));
    }

    // Databases out there have run them: a landed migration is mended by a new one.
    [Test]
    public void A_landed_migration_never_changes()
    {
        var landed = File.ReadAllLines(SourceTree.PathOf("db/migrations/hashes.txt"))
            .Where(line => line.Length > 0 && line[0] != '#')
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries));

        Assert.That(landed.Where(line => line[0] != HashOf(SourceTree.PathOf("db/migrations/" + line[1])))
            .Select(line => line[1]), Is.Empty);
    }

    [Test]
    public void Every_link_between_documents_leads_somewhere()
    {
        var broken =
            from file in Files
            where file.Is(".md")
            from match in MarkdownLink().Matches(string.Join('\n', file.Lines)).Cast<Match>()
            let target = match.Groups["target"].Value
            where !target.Contains("://", StringComparison.Ordinal) && !target.StartsWith('#')
                && !target.StartsWith("mailto:", StringComparison.Ordinal)
            let path = Path.Combine(SourceTree.Root, Path.GetDirectoryName(file.Path)!, target.Split('#')[0])
            where !File.Exists(path) && !Directory.Exists(path)
            select $"{file.Path}: {target}";

        Assert.That(broken, Is.Empty);
    }

    [Test]
    public void No_secret_stands_in_a_file() =>
        Assert.That(Lines(Text).Where(line => Secret().IsMatch(line.Text)), Is.Empty);

    [Test]
    public void No_file_knows_the_machine_it_was_written_on() =>
        Assert.That(Lines(Text).Where(line => MachinePath().IsMatch(line.Text)), Is.Empty);

    [Test]
    public void No_file_names_a_package_feed() => Assert.That(
        Lines([.. Text, ".config"]).Where(line => PackageFeed().IsMatch(line.Text)),
        Is.Empty,
        "where packages come from is the machine's own setting");

    [Test]
    public void Every_rule_in_CONTRIBUTING_is_held_by_something_that_exists()
    {
        var tests = typeof(TidyTests).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods().Select(method => $"{type.Name}.{method.Name}"))
            .ToHashSet(StringComparer.Ordinal);
        var configuration = string.Concat(
            Files.Where(file => file.Path is ".editorconfig" or "Directory.Build.props"
                    || file.Path.EndsWith("BannedSymbols.txt", StringComparison.Ordinal))
                .SelectMany(file => file.Lines));
        var rules = File.ReadAllLines(SourceTree.PathOf("CONTRIBUTING.md"))
            .Where(line => line.StartsWith("| ", StringComparison.Ordinal))
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries))
            .Where(cells => cells[1] is not "Rule" && !cells[1].StartsWith("--", StringComparison.Ordinal))
            .ToList();

        Assert.That(rules, Has.Count.GreaterThan(15));
        Assert.That(rules.Where(cells => !HeldBy().Matches(cells[2]).Select(match => match.Groups["name"].Value)
            .Any(name => tests.Contains(name) || configuration.Contains(name, StringComparison.Ordinal)))
            .Select(cells => $"{cells[1]}: {cells[2]}"), Is.Empty);
    }

    private static IEnumerable<string> Migrations() =>
        Directory.EnumerateFiles(SourceTree.PathOf("db/migrations"), "*.sql").Order(StringComparer.Ordinal);

    private static string HashOf(string path) =>
        File.Exists(path) ? Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path))) : "missing";

    // This file spells out what it looks for.
    private static IEnumerable<SourceLine> Lines(params string[] kinds) =>
        from file in Files
        where file.Is(kinds) && !file.Path.EndsWith("TidyTests.cs", StringComparison.Ordinal)
        from line in file.Lines.Select((text, index) => new SourceLine(file.Path, index + 1, text))
        select line;

    private static IEnumerable<SourceFile> Read(DirectoryInfo folder)
    {
        foreach (var file in folder.EnumerateFiles()
            .Where(file => file.LinkTarget is null && Text.Append(".config").Contains(file.Extension)))
        {
            yield return new SourceFile(Path.GetRelativePath(SourceTree.Root, file.FullName),
                File.ReadAllLines(file.FullName));
        }

        foreach (var file in folder.EnumerateDirectories().Where(child => !NotOurs.Contains(child.Name))
            .SelectMany(Read))
        {
            yield return file;
        }
    }

    private sealed record SourceFile(string Path, string[] Lines)
    {
        public bool Is(params string[] kinds) => kinds.Contains(System.IO.Path.GetExtension(Path));
    }

    private sealed record SourceLine(string Path, int Number, string Text)
    {
        public override string ToString() => $"{Path}:{Number}";
    }

    [GeneratedRegex(@"\b(TODO|FIXME|XXX|HACK)\b", RegexOptions.ExplicitCapture)]
    private static partial Regex PutOff();

    [GeneratedRegex(
        @"\b(SELECT .+ FROM|INSERT INTO|UPDATE .+ SET|DELETE FROM|CREATE TABLE|ORDER BY)\b",
        RegexOptions.ExplicitCapture)]
    private static partial Regex ShoutedSql();

    [GeneratedRegex(@"(?<!!)\[[^\]\n]*\]\((?<target>[^)\s]+)\)|!\[[^\]\n]*\]\((?<target>[^)\s]+)\)",
        RegexOptions.ExplicitCapture)]
    private static partial Regex MarkdownLink();

    [GeneratedRegex("""
        \bAC[0-9a-f]{32}\b|\bSG\.[\w-]{22}\.[\w-]{43}|\b(live|test)_[A-Za-z0-9]{30,}\b|\bplk_(live|test)_[a-z0-9]{20,}
        |-----BEGIN\ [A-Z ]*PRIVATE\ KEY|\bAKIA[0-9A-Z]{16}\b|\bgh[pousr]_[A-Za-z0-9]{30,}
        """, RegexOptions.IgnorePatternWhitespace | RegexOptions.ExplicitCapture)]
    private static partial Regex Secret();

    [GeneratedRegex(
        @"(?<![\w.}/])/(home|Users|root|work|tmp/(?!paylinks)[\w.-]+)/|[A-Z]:\\Users", RegexOptions.ExplicitCapture)]
    private static partial Regex MachinePath();

    [GeneratedRegex(
        @"/v3/index\.json|https?://[^\s""'<>]*(nuget|artifactory|npmjs)|<add\s+key=""[^""]*""\s+value=""https?:",
        RegexOptions.ExplicitCapture)]
    private static partial Regex PackageFeed();

    [GeneratedRegex("^using (?<name>[A-Za-z0-9_.]+);$", RegexOptions.ExplicitCapture)]
    private static partial Regex Using();

    [GeneratedRegex("`(?<name>[A-Za-z0-9_.]+)`", RegexOptions.ExplicitCapture)]
    private static partial Regex HeldBy();
}
