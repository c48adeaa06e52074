using System.Security.Cryptography;
using System.Text.Json;
using Dapper;
using PayLinks.Core;
using PayLinks.Core.Database;
using PayLinks.Core.Events;
using PayLinks.Core.Hosting;
using PayLinks.Core.Links;
using PayLinks.Core.Messages;
using PayLinks.Core.Secrets;

namespace PayLinks.Api.Links;

/// <summary>
/// Stores a link and, in the same transaction, the messages that carry it to the customer. The caller commits and then
/// wakes the worker.
/// </summary>
public sealed class CreateLink(Vault vault, PayLinksOptions options, SendLimits limits)
{
    private const int CodeLength = 4;

    private static readonly string InsertSql = RecordEvent.OfNewLink(
        """
        insert into link (merchant_id, id, mode, token_hash, token_cipher, amount_minor, currency, description,
            reference, customer_name, customer_phone, customer_email, locale, created_at, created_by, expires_at,
            remind_at, return_url, metadata, code, expiry_due_at, last_sequence)
        values (paylinks_merchant(), @Id, @Mode, @TokenHash, @TokenCipher, @AmountMinor, @Currency, @Description,
            @Reference, @CustomerName, @Phone, @Email, @Locale, paylinks_now(), @CreatedBy, @ExpiresAt, @RemindAt,
            @ReturnUrl, @Metadata::jsonb, @code, @ExpiresAt, 1)
        returning merchant_id, id, mode
        """);

    /// <param name="onCall">The customer is on the phone meanwhile.</param>
    /// <returns>
    /// The link, whose messages are suppressed if they go to somebody who has opted out, or the limit that forbids
    /// sending it now: then the caller rolls back, wholly or to a savepoint, because the link is stored already.
    /// </returns>
    public async Task<LinkOutcome> ExecuteAsync(
        MerchantTransaction transaction, Actor actor, MerchantFacts merchant, NewLink link, MessageLane lane,
        bool onCall = false)
    {
        var id = Guid.CreateVersion7();
        var token = LinkToken.New(options.RoutingPrefix);
        var code = link.WithCode ? RandomNumberGenerator.GetString("0123456789", CodeLength) : null;
        var url = options.LinkUrl(token.Value);
        var values = new DynamicParameters(new
        {
            Id = id,
            actor.Mode,
            TokenHash = vault.Hash(token.Value),
            TokenCipher = vault.Seal(token.Value, LinkToken.Purpose(id)),
            AmountMinor = link.Amount.MinorUnits,
            Currency = link.Amount.Currency.Code,
            link.Description,
            link.Reference,
            link.CustomerName,
            link.Phone,
            link.Email,
            link.Locale,
            CreatedBy = actor.Name,
            link.ExpiresAt,
            link.RemindAt,
            link.ReturnUrl,
            Metadata = JsonSerializer.Serialize(
                link.Metadata.ToDictionary(StringComparer.Ordinal), LinkJson.Default.DictionaryStringString),
            code,
            EventId = Guid.CreateVersion7(),
        });
        // Ids of one millisecond have no order yet, and messages are listed by theirs.
        var messages = link.Send.Select(_ => Guid.CreateVersion7()).Order()
            .Zip(link.Send, (messageId, channel) => (Id: messageId, Message: MessageBy(channel))).ToList();
        var sql = InsertSql;
        var isText = link.Send.Contains(MessageChannel.Sms);
        if (isText)
        {
            // A limit is asked in the round trip that stores what it may forbid, which is then rolled back.
            sql = $"{LimitTexts.WhyNotSql}; {sql}";
            values.AddDynamicParams(LimitTexts.ParametersOf(link.Phone!, limits));
        }

        if (messages is [var (firstId, first), ..])
        {
            // Nearly every link goes out by one message, which is stored in the same round trip.
            sql = $"{sql}; {QueueMessage.InsertSql(first)}";
            values.AddDynamicParams(QueueMessage.ParametersOf(firstId, first, vault, options));
        }

        var stored = new List<StoredMessage>();
        DateTimeOffset createdAt;
        await using (var answers = await transaction.Connection.QueryMultipleAsync(sql, values))
        {
            if (isText && await answers.ReadSingleOrDefaultAsync<TextLimit>() is { } reached)
            {
                return new LinkOutcome.TooMany(reached.Code, reached.RetryAfter);
            }

            createdAt = await answers.ReadSingleAsync<DateTimeOffset>();
            if (messages.Count > 0)
            {
                stored.Add(await answers.ReadSingleAsync<StoredMessage>());
            }
        }

        foreach (var (otherId, other) in messages.Skip(1))
        {
            stored.Add(await transaction.Connection.QuerySingleAsync<StoredMessage>(
                QueueMessage.InsertSql(other), QueueMessage.ParametersOf(otherId, other, vault, options)));
        }

        FailPoint.Fail("link.to-create");
        return new LinkOutcome.Done(new LinkView(
            id, actor.Mode, LinkStatus.Open, url, link.Amount, link.Description,
            link.Reference, link.CustomerName, link.Phone, link.Email, link.Locale, createdAt, actor.Name,
            link.ExpiresAt, PaidAt: null, CanceledAt: null, Late: false,
            Refunded: new Money(0, link.Amount.Currency), link.ReturnUrl, link.Metadata)
        {
            Code = code,
            Messages =
            [
                .. messages.Zip(stored, (one, row) => new MessageView(
                    one.Id, one.Message.Channel, MessagePurpose.Link, one.Message.Recipient, row.Status, null,
                    createdAt)),
            ],
        });

        NewMessage MessageBy(MessageChannel channel) => new(
            id, actor.Mode, channel, MessagePurpose.Link,
            (channel == MessageChannel.Sms ? link.Phone : link.Email)!, link.Locale, lane)
        {
            MayFallBack = link.Send.Count == 1 && channel.HasOther(link.Phone, link.Email),
            OnCall = onCall,
            Segments = channel == MessageChannel.Sms ? merchant.SegmentsOf(link, actor.Mode, onCall, url) : 1,
        };
    }

    private sealed record StoredMessage(MessageStatus Status);
}
