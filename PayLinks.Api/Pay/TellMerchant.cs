using Dapper;
using Npgsql;
using PayLinks.Core.Database;
using PayLinks.Core.Events;
using PayLinks.Core.Hosting;
using PayLinks.Core.Messages;
using PayLinks.Core.Secrets;

namespace PayLinks.Api.Pay;

/// <summary>
/// What a customer says without paying: that a human has opened the link, or types a card; that they do not recognise
/// it, that they ask for a new one. Events for the merchant; the link's state stays.
/// </summary>
internal sealed class TellMerchant(
    NpgsqlDataSource database, PayLimits limits, Vault vault, PayLinksOptions options, Wakeups wakeups)
{
    private const string LockSql = "select 1 from link where merchant_id = paylinks_merchant() and id = @Id for update";

    private const string CountSignsSql =
        """
        select count(*)::int from event
        where merchant_id = paylinks_merchant() and link_id = @Id and type = @type
            and created_at > paylinks_now() - interval '1 hour'
        """;

    // Once, until the link has more time or another recipient: then it is another question.
    private const string MerchantUnlessSaidSql =
        """
        select email, language from merchant
        where id = paylinks_merchant() and not exists (
            select from event
            where merchant_id = paylinks_merchant() and link_id = @Id and type = @type
                and sequence > coalesce((
                    select max(sequence) from event
                    where merchant_id = paylinks_merchant() and link_id = @Id
                        and type in ('link.extended', 'link.recipient_changed')), 0))
        """;

    /// <summary>The beacon that a page sends once somebody has touched it; fetching the page records nothing.</summary>
    public static Task<IResult> OpenedAsync(
        string token, HttpContext context, FindPayLink find, PayAnswers answers, TellMerchant tell) =>
        HearSignAsync(
            token, context, find, answers, tell, [PayState.Live, PayState.Processing, PayState.Expired],
            EventTypes.LinkOpened);

    /// <summary>The beacon that a page sends once something has been typed into a card field.</summary>
    public static Task<IResult> TypingAsync(
        string token, HttpContext context, FindPayLink find, PayAnswers answers, TellMerchant tell) =>
        HearSignAsync(token, context, find, answers, tell, [PayState.Live], EventTypes.LinkTyping);

    private static async Task<IResult> HearSignAsync(
        string token, HttpContext context, FindPayLink find, PayAnswers answers, TellMerchant tell,
        IReadOnlyList<PayState> possibleIn, string type)
    {
        if (!IsFromOurPage(context.Request))
        {
            return Results.StatusCode(StatusCodes.Status403Forbidden);
        }

        if (await find.ExecuteAsync(token, context.RequestAborted) is not { } link)
        {
            return answers.NoLink(context);
        }

        if (possibleIn.Contains(link.State))
        {
            await tell.OfSignAsync(link, type);
        }

        return Results.NoContent();
    }

    /// <summary>"I do not recognise this."</summary>
    public static Task<IResult> DeclineAsync(
        string token, HttpContext context, FindPayLink find, PayAnswers answers, TellMerchant tell) =>
        SayAsync(token, context, find, answers, tell, PayState.Live, CustomersWord.Declined);

    /// <summary>"I would like a new link", on an expired one.</summary>
    public static Task<IResult> AskAsync(
        string token, HttpContext context, FindPayLink find, PayAnswers answers, TellMerchant tell) =>
        SayAsync(token, context, find, answers, tell, PayState.Expired, CustomersWord.Asked);

    private static async Task<IResult> SayAsync(
        string token, HttpContext context, FindPayLink find, PayAnswers answers, TellMerchant tell,
        PayState sayableIn, CustomersWord word)
    {
        if (await find.ExecuteAsync(token, context.RequestAborted) is not { } link)
        {
            return answers.NoLink(context);
        }

        var view = PayView.For(context, link);
        if (!IsFromOurPage(context.Request))
        {
            return PayAnswers.FormTooOld(view, StatusCodes.Status403Forbidden);
        }

        if (link.State != sayableIn)
        {
            return SubmitPayment.SeeOther(view.Url(""));
        }

        await tell.OfWordAsync(link, word);
        return SubmitPayment.SeeOther(view.Said(link.Path, word.ToText()));
    }

    private async Task OfSignAsync(PayLink link, string type)
    {
        await using var transaction = await database.BeginAsync(link.MerchantId, CancellationToken.None);
        await transaction.Connection.ExecuteAsync(LockSql, new { link.Id });
        var signs = await transaction.Connection.ExecuteScalarAsync<int>(CountSignsSql, new { link.Id, type });
        if (signs < limits.OpeningsPerLinkAndHour)
        {
            await transaction.RecordAsync(new NewEvent(link.Id, type, "customer"));
            await transaction.CommitAsync();
            wakeups.Link(link.MerchantId, link.Id);
        }
    }

    // The event and the merchant's email, in one transaction.
    private async Task OfWordAsync(PayLink link, CustomersWord word)
    {
        var type = word switch
        {
            CustomersWord.Asked => EventTypes.LinkAsked,
            CustomersWord.Declined => EventTypes.LinkDeclined,
        };
        await using var transaction = await database.BeginAsync(link.MerchantId, CancellationToken.None);
        await transaction.Connection.ExecuteAsync(LockSql, new { link.Id });
        if (await transaction.Connection.QuerySingleOrDefaultAsync<Merchant>(
            MerchantUnlessSaidSql, new { link.Id, type }) is not { } merchant)
        {
            return;
        }

        await transaction.RecordAsync(new NewEvent(link.Id, type, "customer"));
        await transaction.QueueAsync(
            new NewMessage(
                link.Id, link.Mode, MessageChannel.Email, MessagePurpose.Notice, merchant.Email, merchant.Language,
                MessageLane.Receipt, CustomerSaid: word),
            vault, options);
        await transaction.CommitAsync();
        wakeups.Work(Wakeups.Messages);
        wakeups.Link(link.MerchantId, link.Id);
    }

    // A beacon carries no form field, and under no-referrer browsers send "Origin: null" with our own posts; but they
    // always say which site a request comes from. Whoever is no browser cannot be made to post by another site.
    private static bool IsFromOurPage(HttpRequest request) =>
        request.Headers["Sec-Fetch-Site"].ToString() is "" or "same-origin"
        && (request.Headers.Origin.ToString() is "" or "null"
            || (Uri.TryCreate(request.Headers.Origin, UriKind.Absolute, out var origin)
                && origin.Authority == request.Host.Value));

    private sealed record Merchant(string Email, string Language);
}
