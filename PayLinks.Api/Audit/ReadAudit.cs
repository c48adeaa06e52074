using System.Text.Json;
using Dapper;
using PayLinks.Core.Database;

namespace PayLinks.Api.Audit;

/// <summary>Something that somebody did to the settings.</summary>
/// <param name="Actor">As events name whoever did something.</param>
/// <param name="Action">One of <see cref="AuditActions"/>.</param>
public sealed record AuditEntry(
    Guid Id, string Actor, string Action, string? About, IReadOnlyList<AuditChange> Changes, DateTimeOffset CreatedAt);

/// <param name="HasMore">There is more in the direction that was asked for.</param>
public sealed record AuditPart(IReadOnlyList<AuditEntry> Entries, bool HasMore);

internal static class ReadAudit
{
    private const string ReadDownSql =
        """
        select id, actor, action, about, changes::text as changes, created_at from audit_entry
        where merchant_id = paylinks_merchant() and (@by::text is null or actor = @by)
            and (@after::uuid is null or id < @after)
        order by id desc
        limit @limit + 1
        """;

    private const string ReadUpSql =
        """
        select id, actor, action, about, changes::text as changes, created_at from audit_entry
        where merchant_id = paylinks_merchant() and (@by::text is null or actor = @by) and id > @before
        order by id
        limit @limit + 1
        """;

    extension(MerchantTransaction transaction)
    {
        /// <summary>A part of the log, newest first whichever way it was reached.</summary>
        /// <param name="by">Only what this one did, as <c>usr_…</c>; null: everybody.</param>
        /// <param name="after">Further down than this entry.</param>
        /// <param name="before">Further up than this entry; not together with the other.</param>
        public async Task<AuditPart> AuditAsync(string? by, Guid? after, Guid? before, int limit)
        {
            var rows = (await transaction.Connection.QueryAsync<Row>(
                before is null ? ReadDownSql : ReadUpSql, new { by, after, before, limit })).AsList();
            var hasMore = rows.Count > limit;
            if (hasMore)
            {
                rows.RemoveAt(rows.Count - 1);
            }

            if (before is not null)
            {
                rows.Reverse();
            }

            return new AuditPart([.. rows.Select(row => row.ToEntry())], hasMore);
        }
    }

    private sealed record Row(
        Guid Id, string Actor, string Action, string? About, string Changes, DateTimeOffset CreatedAt)
    {
        public AuditEntry ToEntry() => new(
            Id, Actor, Action, About,
            JsonSerializer.Deserialize<IReadOnlyList<AuditChange>>(Changes, JsonSerializerOptions.Web)!, CreatedAt);
    }
}
