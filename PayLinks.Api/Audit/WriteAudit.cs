using System.Text.Json;
using Dapper;
using PayLinks.Core.Database;

namespace PayLinks.Api.Audit;

/// <summary>A field before and after, as people read it; never a secret.</summary>
/// <param name="Field">The name of the field in its form.</param>
public sealed record AuditChange(string Field, string? Old, string? New)
{
    public const string Yes = "yes";
    public const string No = "no";

    public static AuditChange Switch(string field, bool before, bool after) =>
        new(field, before ? Yes : No, after ? Yes : No);
}

/// <summary>What can be done to settings.</summary>
public static class AuditActions
{
    public const string PersonInvited = "person.invited";
    public const string InvitationWithdrawn = "invitation.withdrawn";
    public const string PersonJoined = "person.joined";
    public const string PersonChanged = "person.changed";
    public const string PersonDisabled = "person.disabled";
    public const string PersonEnabled = "person.enabled";
    public const string KeyCreated = "api_key.created";
    public const string KeyRevoked = "api_key.revoked";
    public const string MollieKeySet = "mollie_key.set";
    public const string SendingChanged = "sending.changed";
    public const string LinksChanged = "links.changed";
    public const string LateMoneyChanged = "late_money.changed";
    public const string BrandChanged = "brand.changed";
    public const string TextChanged = "text.changed";
    public const string TextDeleted = "text.deleted";
    public const string WebhookCreated = "webhook.created";
    public const string WebhookChanged = "webhook.changed";
    public const string WebhookSecretRotated = "webhook.secret_rotated";
    public const string WebhookDeleted = "webhook.deleted";
}

internal static class WriteAudit
{
    private const string InsertSql =
        """
        insert into audit_entry (merchant_id, id, actor, action, about, changes)
        values (paylinks_merchant(), @Id, @actor, @action, @about, @Changes::jsonb)
        """;

    extension(MerchantTransaction transaction)
    {
        /// <summary>
        /// Writes down who did what, in the transaction that does it. A change of which no field is another than before
        /// is none, and leaves no entry.
        /// </summary>
        /// <param name="actor">As events name whoever did something: <c>usr_…</c> or <c>key_…</c>.</param>
        /// <param name="about">Whom or what it was done to, as it is called now.</param>
        public async Task NoteAsync(
            string actor, string action, string? about, params IReadOnlyList<AuditChange> changes)
        {
            var real = changes.Where(change => NoneIfEmpty(change.Old) != NoneIfEmpty(change.New)).ToList();
            if (changes.Count > 0 && real.Count == 0)
            {
                return;
            }

            await transaction.Connection.ExecuteAsync(InsertSql, new
            {
                Id = Guid.CreateVersion7(),
                actor,
                action,
                about,
                Changes = JsonSerializer.Serialize(real, JsonSerializerOptions.Web),
            });
        }
    }

    private static string? NoneIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
