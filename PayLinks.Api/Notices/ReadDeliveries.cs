using System.Text;
using Dapper;
using PayLinks.Core.Database;
using PayLinks.Core.Notices;
using PayLinks.Core.Secrets;

namespace PayLinks.Api.Notices;

/// <summary>One post to an endpoint, and what came back.</summary>
/// <param name="Attempt">Which one it was since the notice was asked for, from 1.</param>
/// <param name="Body">What was posted, byte for byte.</param>
/// <param name="StatusCode">The answer's status, if one came.</param>
/// <param name="Answer">The first 2 KB of the answer's body.</param>
/// <param name="SentAt">As it was signed: on the wall clock of the worker.</param>
/// <param name="Status">Where the notice stands now.</param>
/// <param name="NextAt">When it is posted again, if it is.</param>
public sealed record Delivery(
    Guid Id, Guid EventId, string Type, int Attempt, NoticeOutcome Outcome, string Url, string Body, int? StatusCode,
    string? Answer, TimeSpan Latency, DateTimeOffset SentAt, DateTimeOffset CreatedAt, NoticeStatus Status,
    DateTimeOffset? NextAt);

/// <summary>The log of what was posted to an endpoint, newest first.</summary>
public sealed class ReadDeliveries(Vault vault)
{
    private const string ReadSql =
        """
        select a.id, a.event_id, e.type, a.attempt, a.outcome, a.url, a.body_cipher, a.status_code, a.answer_cipher,
            a.latency, a.sent_at, a.created_at, n.status,
            case when n.status in ('pending', 'retry') then n.due_at end as next_at
        from notice_attempt a
        join notice n on n.merchant_id = a.merchant_id and n.event_id = a.event_id and n.endpoint_id = a.endpoint_id
        join event e on e.merchant_id = a.merchant_id and e.id = a.event_id
        where a.merchant_id = paylinks_merchant() and a.endpoint_id = @endpointId
            and (@after::uuid is null or a.id < @after)
        order by a.id desc
        limit @limit
        """;

    /// <param name="endpointId">One that the caller has found for this actor.</param>
    public async Task<IReadOnlyList<Delivery>> ExecuteAsync(
        MerchantTransaction transaction, Guid endpointId, int limit, Guid? after = null)
    {
        var rows = await transaction.Connection.QueryAsync<Row>(ReadSql, new { endpointId, limit, after });
        return
        [
            .. rows.Select(row => new Delivery(
                row.Id, row.EventId, row.Type, row.Attempt, row.Outcome, row.Url,
                vault.OpenText(row.BodyCipher, NoticeSecrets.BodyPurpose(row.Id)), row.StatusCode,
                row.AnswerCipher is { } answer
                    ? Encoding.UTF8.GetString(vault.Open(answer, NoticeSecrets.AnswerPurpose(row.Id)))
                    : null,
                row.Latency, row.SentAt, row.CreatedAt, row.Status, row.NextAt)),
        ];
    }

    private sealed record Row(
        Guid Id, Guid EventId, string Type, short Attempt, NoticeOutcome Outcome, string Url, byte[] BodyCipher,
        short? StatusCode, byte[]? AnswerCipher, TimeSpan Latency, DateTimeOffset SentAt, DateTimeOffset CreatedAt,
        NoticeStatus Status, DateTimeOffset? NextAt);
}
