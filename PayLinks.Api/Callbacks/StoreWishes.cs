using Dapper;
using Npgsql;
using PayLinks.Core.Database;
using PayLinks.Core.Messages;
using PayLinks.Core.Secrets;

namespace PayLinks.Api.Callbacks;

/// <summary>Somebody uses the email provider's own way to be left alone, or to come back.</summary>
/// <param name="Key">The callback key of the email by which they did.</param>
internal sealed record EmailWish(string Key, bool WantsOut, DateTimeOffset SaidAt)
{
    public override string ToString() => WantsOut ? "out" : "in";
}

/// <summary>Writes down, at once, what providers tell of recipients who opt out or come back.</summary>
internal sealed class StoreWishes(NpgsqlDataSource database, Vault vault, Wakeups wakeups)
{
    private const string ReplySql = "select merchant_id from receive_sms_reply(@sid, @to, @service)";

    private const string FindSql = "select merchant_id, recipient from find_email_recipient(@Hashes)";

    /// <summary>For every merchant that the text was an answer to, or, if it is told again, for none.</summary>
    /// <param name="from">E.164.</param>
    /// <param name="service">The messaging service, where the number belongs to one.</param>
    public async Task ReplyAsync(string sid, string from, string to, string? service, bool wantsOut)
    {
        await using var transaction = await database.BeginAsync(Guid.Empty, CancellationToken.None);
        var merchants = (await transaction.Connection.QueryAsync<Guid>(ReplySql, new { sid, to, service })).AsList();
        var changed = new List<(Guid MerchantId, Guid LinkId)>();
        foreach (var merchantId in merchants)
        {
            await transaction.SwitchToAsync(merchantId, CancellationToken.None);
            var wish = new Wish(MessageChannel.Sms, from, OptOutSource.Reply, "customer");
            changed.AddRange((await StoreAsync(transaction, wish, wantsOut)).Select(linkId => (merchantId, linkId)));
        }

        await transaction.CommitAsync(CancellationToken.None);
        foreach (var (merchantId, linkId) in changed)
        {
            wakeups.Link(merchantId, linkId);
        }
    }

    /// <summary>In whatever order and number they come: what was said last holds.</summary>
    public async Task EmailsAsync(IReadOnlyList<EmailWish> wishes)
    {
        foreach (var told in wishes)
        {
            await using var transaction = await database.BeginAsync(Guid.Empty, CancellationToken.None);
            var found = await transaction.Connection.QuerySingleOrDefaultAsync<Emailed>(
                FindSql, new { Hashes = vault.Hashes(told.Key) });
            if (found is null)
            {
                continue;
            }

            await transaction.SwitchToAsync(found.MerchantId, CancellationToken.None);
            var wish = new Wish(MessageChannel.Email, found.Recipient, OptOutSource.Provider, "sendgrid")
            {
                SaidAt = told.SaidAt,
            };
            var changed = await StoreAsync(transaction, wish, told.WantsOut);
            await transaction.CommitAsync(CancellationToken.None);
            foreach (var linkId in changed)
            {
                wakeups.Link(found.MerchantId, linkId);
            }
        }
    }

    private static async Task<IReadOnlyList<Guid>> StoreAsync(MerchantTransaction transaction, Wish wish, bool wantsOut)
    {
        if (wantsOut)
        {
            return await transaction.OptOutAsync(wish);
        }

        await transaction.OptInAsync(wish);
        return [];
    }

    private sealed record Emailed(Guid MerchantId, string Recipient);
}
