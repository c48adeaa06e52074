using System.Text.Json;
using Dapper;
using Npgsql;
using PayLinks.Core.Database;
using PayLinks.Core.Links;
using PayLinks.Core.Notices;
using PayLinks.Core.Secrets;
using PayLinks.Core.Wire;

namespace PayLinks.Worker.Notices;

/// <summary>A notice under its lease.</summary>
internal sealed record LeasedNotice(Guid MerchantId, Guid EventId, Guid EndpointId, int LeaseEpoch);

/// <summary>All that a post needs.</summary>
/// <param name="Attempt">Which one this will be, from 1.</param>
/// <param name="Body">The event with its link as it stands now.</param>
internal sealed record Outgoing(string Url, short Attempt, IReadOnlyList<string> Secrets, byte[] Body);

/// <summary>Reads a notice and writes its body, at the last moment: what is stored opens no link.</summary>
internal sealed class LoadNotice(NpgsqlDataSource database, ReadLinks links, Vault vault)
{
    private const string LoadSql =
        """
        select w.url, n.attempt, w.secret_cipher,
            case when w.previous_secret_until > paylinks_now() then w.previous_secret_cipher end as previous_cipher,
            e.type, e.sequence, e.created_at, e.link_id
        from notice n
        join webhook_endpoint w on w.merchant_id = n.merchant_id and w.id = n.endpoint_id
        join event e on e.merchant_id = n.merchant_id and e.id = n.event_id
        where n.merchant_id = paylinks_merchant() and n.event_id = @EventId and n.endpoint_id = @EndpointId
            and w.disabled_at is null and w.deleted_at is null
        """;

    /// <summary>Null if the endpoint wants no notices any more.</summary>
    public async Task<Outgoing?> ExecuteAsync(LeasedNotice notice)
    {
        await using var transaction = await database.BeginAsync(notice.MerchantId, CancellationToken.None);
        var row = await transaction.Connection.QuerySingleOrDefaultAsync<Row>(LoadSql, notice);
        if (row is null)
        {
            return null;
        }

        var link = (await links.FindAsync(transaction, [row.LinkId]))[row.LinkId];
        var body = LinkEventAnswer.From(notice.EventId, row.Type, row.Sequence, row.CreatedAt, link);
        byte[]?[] sealedSecrets = [row.SecretCipher, row.PreviousCipher];
        return new Outgoing(
            row.Url,
            (short)(row.Attempt + 1),
            [.. sealedSecrets.OfType<byte[]>()
                .Select(cipher => vault.OpenText(cipher, NoticeSecrets.Purpose(notice.EndpointId)))],
            JsonSerializer.SerializeToUtf8Bytes(body, WireJson.Wire.LinkEventAnswer));
    }

    private sealed record Row(
        string Url, short Attempt, byte[] SecretCipher, byte[]? PreviousCipher, string Type, int Sequence,
        DateTimeOffset CreatedAt, Guid LinkId);
}
