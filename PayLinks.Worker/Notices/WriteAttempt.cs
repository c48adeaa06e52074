using Dapper;
using Npgsql;
using PayLinks.Core.Database;
using PayLinks.Core.Notices;
using PayLinks.Core.Secrets;

namespace PayLinks.Worker.Notices;

/// <summary>Writes down what became of a post: always in the log, and in the notice under its lease alone.</summary>
internal sealed class WriteAttempt(NpgsqlDataSource database, Vault vault, NoticeOptions options, TimeProvider clock)
{
    private const string DisableSql =
        """
        update webhook_endpoint set disabled_at = paylinks_now(), disabled_reason = 'gone'
        where merchant_id = paylinks_merchant() and id = @EndpointId and disabled_at is null
        """;

    private const string MoveSql =
        """
        update notice
        set came_from = status, status = @Status, attempt = @Attempt, leased = false,
            due_at = paylinks_now() + coalesce(@Wait, interval '0'),
            finished_at = case when @Status in ('delivered', 'dead') then paylinks_now() end
        where merchant_id = paylinks_merchant() and event_id = @EventId and endpoint_id = @EndpointId
            and leased and lease_epoch = @LeaseEpoch
        """;

    private const string LogSql =
        """
        insert into notice_attempt (merchant_id, id, event_id, endpoint_id, attempt, outcome, url, status_code,
            body_cipher, answer_cipher, latency, sent_at, created_at)
        values (paylinks_merchant(), @Id, @EventId, @EndpointId, @Attempt, @Outcome, @Url, @Status,
            @Body, @Answer, @Latency, @SentAt, paylinks_now())
        """;

    /// <summary>Writes what the post came to, and when the next one is due.</summary>
    public async Task ExecuteAsync(LeasedNotice notice, Outgoing sent, Posted posted)
    {
        var wait = posted.Outcome == NoticeOutcome.Gone ? null : options.WaitAfter(sent.Attempt);
        var status = posted.Outcome == NoticeOutcome.Delivered ? NoticeStatus.Delivered
            : wait is null ? NoticeStatus.Dead
            : NoticeStatus.Retry;
        var id = Guid.CreateVersion7(clock.GetUtcNow());

        await using var transaction = await database.BeginAsync(notice.MerchantId, CancellationToken.None);
        // The endpoint before its notices, as whoever leases them does.
        if (posted.Outcome == NoticeOutcome.Gone)
        {
            await transaction.Connection.ExecuteAsync(DisableSql, notice);
        }

        await MoveAsync(transaction, notice, status, sent.Attempt, wait);
        await transaction.Connection.ExecuteAsync(LogSql, new
        {
            Id = id,
            notice.EventId,
            notice.EndpointId,
            sent.Attempt,
            Outcome = posted.Outcome.ToText(),
            sent.Url,
            Status = (short?)posted.Status,
            Body = vault.Seal(sent.Body, NoticeSecrets.BodyPurpose(id)),
            Answer = posted.Answer is { } answer ? vault.Seal(answer, NoticeSecrets.AnswerPurpose(id)) : null,
            posted.Latency,
            posted.SentAt,
        });
        FailPoint.Fail("notice.to-write");
        await transaction.CommitAsync(CancellationToken.None);
        FailPoint.Fail("notice.written");
    }

    /// <summary>Gives up a notice whose endpoint wants none any more; nothing was posted.</summary>
    public async Task GiveUpAsync(LeasedNotice notice)
    {
        await using var transaction = await database.BeginAsync(notice.MerchantId, CancellationToken.None);
        await MoveAsync(transaction, notice, NoticeStatus.Dead, attempt: 0, wait: null);
        await transaction.CommitAsync(CancellationToken.None);
        FailPoint.Fail("notice.given-up");
    }

    private static Task<int> MoveAsync(
        MerchantTransaction transaction, LeasedNotice notice, NoticeStatus status, short attempt, TimeSpan? wait) =>
        transaction.Connection.ExecuteAsync(MoveSql, new
        {
            notice.EventId,
            notice.EndpointId,
            notice.LeaseEpoch,
            Status = status.ToText(),
            Attempt = attempt,
            Wait = wait,
        });
}
