namespace PayLinks.Bench;

/// <summary>Whose figures they are.</summary>
internal static class Subjects
{
    public const string PayLinks = "PayLinks";
    public const string Bare = "bare";
    public const string PostgresAlone = "PostgreSQL alone";
}
