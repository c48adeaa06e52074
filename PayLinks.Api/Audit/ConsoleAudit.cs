using Npgsql;
using PayLinks.Api.Console;
using PayLinks.Api.SignIn;
using PayLinks.Core;
using PayLinks.Core.Database;

namespace PayLinks.Api.Audit;

/// <param name="By">Whose doings are shown, as <c>usr_…</c>; empty: everybody's.</param>
/// <param name="Names">The merchant's people by <c>usr_…</c>.</param>
/// <param name="Newer">The address of the page above, or null on the first.</param>
/// <param name="Older">The address of the page below, or null on the last.</param>
public sealed record AuditModel(
    string By, IReadOnlyDictionary<string, string> Names, IReadOnlyList<AuditEntry> Entries, string? Newer,
    string? Older);

/// <summary>Owners and managers read who has changed what of the settings.</summary>
internal static class ConsoleAudit
{
    public const string Path = "/settings/log";
    private const int PageSize = 25;

    /// <summary>What one of the merchant's people did.</summary>
    public static string PathOf(Guid userId) => $"{Path}?by={PublicId.Format(PublicId.User, userId)}";

    public static async Task<IResult> ShowAsync(
        HttpRequest request, ConsolePage page, Staff staff, NpgsqlDataSource database,
        CancellationToken cancellationToken)
    {
        var by = PublicId.TryParse(PublicId.User, request.Query["by"].ToString(), out var userId)
            ? PublicId.Format(PublicId.User, userId)
            : null;
        var after = Place(request, "after");
        var before = after is null ? Place(request, "before") : null;
        await using var transaction = await database.BeginAsync(staff.MerchantId, cancellationToken);
        var (entries, hasMore) = await transaction.AuditAsync(by, after, before, PageSize);
        var hasNewer = before is null ? after is not null : hasMore;
        var hasOlder = before is not null || hasMore;
        return page.Render<AuditPage>(new AuditModel(
            by ?? "", await transaction.StaffNamesAsync(), entries,
            hasNewer && entries.Count > 0 ? Address(by, "before", entries[0].Id) : null,
            hasOlder && entries.Count > 0 ? Address(by, "after", entries[^1].Id) : null));
    }

    private static string Address(string? by, string place, Guid id) =>
        $"{Path}?{(by is null ? "" : $"by={by}&")}{place}={PublicId.Format(PublicId.AuditEntry, id)}";

    private static Guid? Place(HttpRequest request, string name) =>
        PublicId.TryParse(PublicId.AuditEntry, request.Query[name].ToString(), out var id) ? id : null;
}
