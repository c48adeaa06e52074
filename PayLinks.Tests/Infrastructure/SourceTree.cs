namespace PayLinks.Tests.Infrastructure;

/// <summary>The files of the solution, found from the folder that the tests run in.</summary>
public static class SourceTree
{
    /// <summary>The folder that holds PayLinks.sln.</summary>
    public static string Root { get; } = Find();

    public static string PathOf(string relative) => Path.Combine(Root, relative);

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "PayLinks.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("The tests run outside of their source tree.");
    }
}
