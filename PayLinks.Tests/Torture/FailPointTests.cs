#if DEBUG
using System.Diagnostics;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using System.Text.RegularExpressions;
using PayLinks.Tests.Infrastructure;

namespace PayLinks.Tests.Torture;

/// <summary>Where the fail points stand, and where they must not.</summary>
public sealed partial class FailPointTests
{
    private static readonly string[] Shipped = ["PayLinks.Core", "PayLinks.Api", "PayLinks.Worker"];

    [Test]
    public void Every_fail_point_stands_in_the_code_once()
    {
        var placed = Shipped
            .SelectMany(project => Directory.EnumerateFiles(
                SourceTree.PathOf(project), "*.cs", SearchOption.AllDirectories))
            .Where(file => !file.Split(Path.DirectorySeparatorChar).Contains("obj"))
            .SelectMany(file => Placed().Matches(File.ReadAllText(file)))
            .Select(match => match.Groups["name"].Value);

        Assert.That(placed, Is.EquivalentTo(FailPoint.Names));
    }

    [Test]
    public async Task A_release_has_no_fail_point_in_it()
    {
        await BuildReleaseAsync();

        foreach (var project in Shipped)
        {
            var (types, texts) = Read(SourceTree.PathOf($"{project}/bin/Release/net10.0/{project}.dll"));
            Assert.That(types, Has.Member("Program").Or.Member("Migrator").And.No.Member(nameof(FailPoint)), project);
            Assert.That(
                texts.Intersect([FailPoint.Variable, .. FailPoint.Names]), Is.Empty,
                $"{project}: a call is left, or what it says");
        }
    }

    // As run.sh and a publish build it; without analyzers, which have seen this code in Debug.
    private static async Task BuildReleaseAsync()
    {
        using var build = Process.Start(new ProcessStartInfo(
            Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet",
            [
                "build", SourceTree.PathOf("tools/hosts.slnf"), "-c", "Release", "--no-restore", "--nologo",
                "-v", "quiet", "-nodeReuse:false", "-p:RunAnalyzers=false", "-p:UseSharedCompilation=false",
            ])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
        })!;
        var output = await build.StandardOutput.ReadToEndAsync();
        await build.WaitForExitAsync();
        Assert.That(build.ExitCode, Is.Zero, output);
    }

    private static (IReadOnlyList<string> Types, IReadOnlyList<string> Texts) Read(string assembly)
    {
        using var file = new PEReader(File.OpenRead(assembly));
        var metadata = file.GetMetadataReader();
        var texts = new List<string>();
        for (var text = MetadataTokens.UserStringHandle(1); !text.IsNil; text = metadata.GetNextHandle(text))
        {
            texts.Add(metadata.GetUserString(text));
        }

        return (
            [.. metadata.TypeDefinitions.Select(type => metadata.GetString(metadata.GetTypeDefinition(type).Name))],
            texts);
    }

    [GeneratedRegex("""FailPoint\.Fail\("(?<name>[^"]+)"\)""", RegexOptions.ExplicitCapture)]
    private static partial Regex Placed();
}
#endif
