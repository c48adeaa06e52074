using Dapper;
using PayLinks.Core.Database;
using PayLinks.Core.Events;
using PayLinks.Core.Hosting;
using PayLinks.Core.Links;
using PayLinks.Core.Messages;
using PayLinks.Core.Secrets;

namespace PayLinks.Api.Links;

/// <summary>
/// Stores several links of one merchant, with the messages that carry them, in one round trip however many they are.
/// The caller commits and then wakes the worker.
/// </summary>
internal sealed class CreateLinks(Vault vault, PayLinksOptions options, SendLimits limits)
{
    private static readonly string InsertSql = RecordEvent.OfNewLinks(
        """
        insert into link (merchant_id, id, mode, token_hash, token_cipher, amount_minor, currency, description,
            reference, customer_name, customer_phone, customer_email, locale, created_at, created_by, expires_at,
            remind_at, return_url, metadata, code, expiry_due_at, last_sequence, unsent, texted, emailed)
        select paylinks_merchant(), n.id, @Mode, n.token_hash, n.token_cipher, n.amount_minor, n.currency,
            n.description, n.reference, n.customer_name, n.phone, n.email, n.locale, now, n.created_by, n.expires_at,
            n.remind_at, n.return_url, n.metadata::jsonb, n.code, n.expires_at, 1,
            n.unsent, n.texted, n.emailed
        from unnest(@Ids, @TokenHashes, @TokenCiphers, @AmountsMinor, @Currencies, @Descriptions, @References,
                @CustomerNames, @Phones, @Emails, @Locales, @CreatedBys, @ExpiresAts, @RemindAts, @ReturnUrls,
                @Metadata, @Codes, @Unsent, @Texted, @Emailed)
            as n (id, token_hash, token_cipher, amount_minor, currency, description, reference, customer_name, phone,
                email, locale, created_by, expires_at, remind_at, return_url, metadata, code, unsent,
                texted, emailed)
        cross join (select paylinks_now() offset 0) as clock (now)
        returning merchant_id, id, mode, created_by, created_at
        """);

    /// <summary>
    /// Which of these may be sent now: to nobody who has opted out, and within the limits, of two whose texts count
    /// together only the first. What is left is for <see cref="CreateLink"/> to refuse or make, one by one.
    /// </summary>
    public async Task<IReadOnlySet<NewLink>> MayBeSentAsync(
        MerchantTransaction transaction, IReadOnlyList<NewLink> links)
    {
        // By the blocks of numbers whose counts they lock, so that two transactions never wait for each other.
        var texts = links.Where(IsText)
            .DistinctBy(link => limits.TextsPerPrefixAndHour > 0 ? Block(link) : link.Phone)
            .OrderBy(Block, StringComparer.Ordinal).ToList();
        var limited = await transaction.WhyNotTextsAsync(texts.Select(link => link.Phone!), limits);
        var optedOut = await transaction.OptedOutAsync(links.SelectMany(link => new[] { link.Phone, link.Email }));
        // Two links may well say the same, so each is looked for as itself.
        return links.Where(link => !IsText(link)).Concat(texts.Where(link => !limited.Contains(link.Phone!)))
            .Where(link => !optedOut.Any(one => one.Is(link.Phone) || one.Is(link.Email)))
            .ToHashSet<NewLink>(ReferenceEqualityComparer.Instance);

        static bool IsText(NewLink link) => link.Send.Contains(MessageChannel.Sms);

        static string Block(NewLink link) => link.Phone![..^4];
    }

    /// <param name="links">Those that <see cref="MayBeSentAsync"/>, with who makes them, in one mode.</param>
    /// <returns>The links, in the same order.</returns>
    public async Task<IReadOnlyList<LinkView>> ExecuteAsync(
        MerchantTransaction transaction, MerchantFacts merchant, IReadOnlyList<(Actor Actor, NewLink Link)> links,
        MessageLane lane)
    {
        var made = links
            .Select(one => LinkToStore.Of(one.Actor, merchant, one.Link, lane, onCall: false, options)).ToList();
        var messages = made.SelectMany(link => link.Messages).ToList();
        var values = new DynamicParameters(ParametersOf(made));
        values.AddDynamicParams(QueueMessages.ParametersOf(messages, vault, options));
        await using var answers = await transaction.Connection.QueryMultipleAsync(
            $"{InsertSql}; {QueueMessages.InsertSql}", values);
        var createdAt = (await answers.ReadAsync<DateTimeOffset>()).First();
        var statuses = (await answers.ReadAsync<StoredMessage>()).ToDictionary(one => one.Id, one => one.Status);
        return [.. made.Select(link => link.Stored(createdAt, link.Messages.Select(one => statuses[one.Id])))];
    }

    private object ParametersOf(List<LinkToStore> made) => new
    {
        made[0].Actor.Mode,
        Ids = made.Select(one => one.Id).ToArray(),
        EventIds = made.Select(one => one.EventId).ToArray(),
        TokenHashes = made.Select(one => vault.Hash(one.Token.Value)).ToArray(),
        TokenCiphers = made.Select(one => vault.Seal(one.Token.Value, LinkToken.Purpose(one.Id))).ToArray(),
        AmountsMinor = made.Select(one => one.Link.Amount.MinorUnits).ToArray(),
        Currencies = made.Select(one => one.Link.Amount.Currency.Code).ToArray(),
        Descriptions = made.Select(one => one.Link.Description).ToArray(),
        References = made.Select(one => one.Link.Reference).ToArray(),
        CustomerNames = made.Select(one => one.Link.CustomerName).ToArray(),
        Phones = made.Select(one => one.Link.Phone).ToArray(),
        Emails = made.Select(one => one.Link.Email).ToArray(),
        Locales = made.Select(one => one.Link.Locale).ToArray(),
        CreatedBys = made.Select(one => one.Actor.Name).ToArray(),
        ExpiresAts = made.Select(one => one.Link.ExpiresAt).ToArray(),
        RemindAts = made.Select(one => one.Link.RemindAt).ToArray(),
        ReturnUrls = made.Select(one => one.Link.ReturnUrl).ToArray(),
        Metadata = made.Select(one => CreateLink.MetadataOf(one.Link)).ToArray(),
        Codes = made.Select(one => one.Code).ToArray(),
        Unsent = made.Select(one => one.Link.Send.Count == 0).ToArray(),
        Texted = made.Select(one => one.Link.Send.Contains(MessageChannel.Sms)).ToArray(),
        Emailed = made.Select(one => one.Link.Send.Contains(MessageChannel.Email)).ToArray(),
    };

    private sealed record StoredMessage(Guid Id, MessageStatus Status);
}
