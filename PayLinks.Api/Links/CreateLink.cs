using System.Text.Json;
using Dapper;
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
    private static readonly string InsertSql = RecordEvent.OfNewLink(
        """
        insert into link (merchant_id, id, mode, token_hash, token_cipher, amount_minor, currency, description,
            reference, customer_name, customer_phone, customer_email, locale, created_at, created_by, expires_at,
            remind_at, return_url, metadata, code, expiry_due_at, last_sequence, unsent, texted, emailed)
        values (paylinks_merchant(), @Id, @Mode, @TokenHash, @TokenCipher, @AmountMinor, @Currency, @Description,
            @Reference, @CustomerName, @Phone, @Email, @Locale, paylinks_now(), @CreatedBy, @ExpiresAt, @RemindAt,
            @ReturnUrl, @Metadata::jsonb, @Code, @ExpiresAt, 1, @Unsent, @Texted, @Emailed)
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
        var made = LinkToStore.Of(actor, merchant, link, lane, onCall, options);
        var isText = link.Send.Contains(MessageChannel.Sms);
        var values = new DynamicParameters(new
        {
            made.Id,
            actor.Mode,
            TokenHash = vault.Hash(made.Token.Value),
            TokenCipher = vault.Seal(made.Token.Value, LinkToken.Purpose(made.Id)),
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
            Metadata = MetadataOf(link),
            made.Code,
            made.EventId,
            Unsent = link.Send.Count == 0,
            Texted = isText,
            Emailed = link.Send.Contains(MessageChannel.Email),
        });
        var sql = InsertSql;
        if (isText)
        {
            // A limit is asked in the round trip that stores what it may forbid, which is then rolled back.
            sql = $"{LimitTexts.WhyNotSql}; {sql}";
            values.AddDynamicParams(LimitTexts.ParametersOf(link.Phone!, limits));
        }

        if (made.Messages is [var (firstId, first), ..])
        {
            // Nearly every link goes out by one message, which is stored in the same round trip.
            sql = $"{sql}; {QueueMessage.InsertSql(first)}";
            values.AddDynamicParams(QueueMessage.ParametersOf(firstId, first, vault, options));
        }

        var statuses = new List<MessageStatus>();
        DateTimeOffset createdAt;
        await using (var answers = await transaction.Connection.QueryMultipleAsync(sql, values))
        {
            if (isText && await answers.ReadSingleOrDefaultAsync<TextLimit>() is { } reached)
            {
                return new LinkOutcome.TooMany(reached.Code, reached.RetryAfter);
            }

            createdAt = await answers.ReadSingleAsync<DateTimeOffset>();
            if (made.Messages.Count > 0)
            {
                statuses.Add((await answers.ReadSingleAsync<StoredMessage>()).Status);
            }
        }

        foreach (var (otherId, other) in made.Messages.Skip(1))
        {
            statuses.Add((await transaction.Connection.QuerySingleAsync<StoredMessage>(
                QueueMessage.InsertSql(other), QueueMessage.ParametersOf(otherId, other, vault, options))).Status);
        }

        return new LinkOutcome.Done(made.Stored(createdAt, statuses));
    }

    /// <summary>What is stored of the merchant's own facts about a link: a JSON object.</summary>
    internal static string MetadataOf(NewLink link) => JsonSerializer.Serialize(
        link.Metadata.ToDictionary(StringComparer.Ordinal), LinkJson.Default.DictionaryStringString);

    private sealed record StoredMessage(MessageStatus Status);
}
