using Dapper;
using Npgsql;
using PayLinks.Core.Database;
using PayLinks.Core.Events;

namespace PayLinks.Api.Pay;

/// <summary>
/// What a customer says without paying: that a human has opened the link, that they decline it, that they ask for a
/// new one. Events for the merchant, so many an hour and no more; the link's state stays.
/// </summary>
internal sealed class TellMerchant(NpgsqlDataSource database, PayLimits limits, Wakeups wakeups)
{
    private const string LockSql = "select 1 from link where merchant_id = paylinks_merchant() and id = @Id for update";

    private const string CountSql =
        """
        select count(*)::int from event
        where merchant_id = paylinks_merchant() and link_id = @Id and type = @type
            and created_at > paylinks_now() - interval '1 hour'
        """;

    /// <summary>The beacon that a page sends once somebody has touched it; fetching the page records nothing.</summary>
    public static async Task<IResult> OpenedAsync(
        string token, HttpContext context, FindPayLink find, PayAnswers answers, TellMerchant tell)
    {
        if (!IsFromOurPage(context.Request))
        {
            return Results.StatusCode(StatusCodes.Status403Forbidden);
        }

        if (await find.ExecuteAsync(token, context.RequestAborted) is not { } link)
        {
            return answers.NoLink(context);
        }

        if (link.State is PayState.Live or PayState.Processing or PayState.Expired)
        {
            await tell.RecordAsync(link, EventTypes.LinkOpened, tell.OpeningsMax);
        }

        return Results.NoContent();
    }

    /// <summary>"I do not recognise this."</summary>
    public static Task<IResult> DeclineAsync(
        string token, HttpContext context, FindPayLink find, PayAnswers answers, TellMerchant tell) =>
        SayAsync(token, context, find, answers, tell, PayState.Live, EventTypes.LinkDeclined, ShowPayPage.Declined);

    /// <summary>"I would like a new link", on an expired one.</summary>
    public static Task<IResult> AskAsync(
        string token, HttpContext context, FindPayLink find, PayAnswers answers, TellMerchant tell) =>
        SayAsync(token, context, find, answers, tell, PayState.Expired, EventTypes.LinkAsked, ShowPayPage.Asked);

    private int OpeningsMax => limits.OpeningsPerLinkAndHour;

    private static async Task<IResult> SayAsync(
        string token, HttpContext context, FindPayLink find, PayAnswers answers, TellMerchant tell,
        PayState sayableIn, string type, string said)
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

        await tell.RecordAsync(link, type, tell.WordsMax);
        var query = view.Query.Length == 0 ? "?" : view.Query + "&";
        return SubmitPayment.SeeOther($"{link.Path}{query}{ShowPayPage.SaidParameter}={said}");
    }

    private int WordsMax => limits.WordsPerLinkAndHour;

    private async Task RecordAsync(PayLink link, string type, int hourMax)
    {
        await using var transaction = await database.BeginAsync(link.MerchantId, CancellationToken.None);
        await transaction.Connection.ExecuteAsync(LockSql, new { link.Id });
        if (await transaction.Connection.ExecuteScalarAsync<int>(CountSql, new { link.Id, type }) >= hourMax)
        {
            return;
        }

        await transaction.RecordAsync(new NewEvent(link.Id, type, "customer"));
        await transaction.CommitAsync();
        wakeups.Link(link.MerchantId, link.Id);
    }

    // A beacon carries no form field, and under no-referrer browsers send "Origin: null" with our own posts; but they
    // always say which site a request comes from. Whoever is no browser cannot be made to post by another site.
    private static bool IsFromOurPage(HttpRequest request) =>
        request.Headers["Sec-Fetch-Site"].ToString() is "" or "same-origin"
        && (request.Headers.Origin.ToString() is "" or "null"
            || (Uri.TryCreate(request.Headers.Origin, UriKind.Absolute, out var origin)
                && origin.Authority == request.Host.Value));
}
