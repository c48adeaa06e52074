using Dapper;
using Microsoft.AspNetCore.Antiforgery;
using Npgsql;
using PayLinks.Core.Database;
using PayLinks.Core.Hosting;
using PayLinks.Core.Messages;
using PayLinks.Core.Secrets;

namespace PayLinks.Api.Pay;

/// <summary>
/// Sends the receipt of a paid link to an address that its customer types. Only the browser that paid is offered this:
/// the receipt names the card's last digits, and others who have the link are not to write to strangers with it.
/// </summary>
internal sealed class SendReceipt(
    NpgsqlDataSource database, PayLimits limits, Vault vault, PayLinksOptions options, Wakeups wakeups)
{
    // In seconds.
    private const string ADay = "86400";

    private const string LockSql = "select 1 from link where merchant_id = paylinks_merchant() and id = @Id for update";

    // Who presses twice gets one; an address that the first did not reach may be tried again.
    private const string ReadSql =
        """
        select count(*)::int as receipts,
            coalesce(bool_or(lower(recipient) = lower(@email) and created_at > paylinks_now() - interval '10 minutes'
                and status not in ('undelivered', 'failed', 'suppressed')), false) as is_on_its_way
        from message
        where merchant_id = paylinks_merchant() and link_id = @Id and purpose = 'receipt' and channel = 'email'
            and created_at > paylinks_now() - interval '1 day'
        """;

    public static async Task<IResult> HandleAsync(
        string token, HttpContext context, FindPayLink find, PayAnswers answers, IAntiforgery antiforgery,
        SendReceipt send)
    {
        if (await find.ExecuteAsync(token, context.RequestAborted) is not { } link)
        {
            return answers.NoLink(context);
        }

        var view = PayView.For(context, link);
        if (link is not { State: PayState.Paid, Payment: { } payment }
            || !PaymentCookie.IsFor(context.Request, payment.Id))
        {
            return SubmitPayment.SeeOther(view.Url(""));
        }

        var form = await SubmitPayment.ReadFormAsync(context.Request);
        var email = form?["email"].ToString().Trim() ?? "";
        if (form is null || !await antiforgery.IsRequestValidAsync(context))
        {
            return Again(StatusCodes.Status403Forbidden, view.Words.ReceiptAgain);
        }

        if (!SubmitPayment.IsEmail(email))
        {
            return Again(StatusCodes.Status400BadRequest, view.Words.ReceiptNeedsEmail);
        }

        if (await send.QueueAsync(link, email, view.Culture.Name))
        {
            return SubmitPayment.SeeOther(view.Said(link.Path + "/result", ShowResult.ReceiptSent));
        }

        context.Response.Headers.RetryAfter = ADay;
        return Again(StatusCodes.Status429TooManyRequests, view.Words.ReceiptTooOften);

        IResult Again(int status, string problem) =>
            answers.Receipt(context, view, isThanks: true, status, email, problem);
    }

    /// <returns>False: too often.</returns>
    private async Task<bool> QueueAsync(PayLink link, string email, string locale)
    {
        await using var transaction = await database.BeginAsync(link.MerchantId, CancellationToken.None);
        await transaction.Connection.ExecuteAsync(LockSql, new { link.Id });
        var sent = await transaction.Connection.QuerySingleAsync<Sent>(ReadSql, new { link.Id, email });
        if (sent.IsOnItsWay)
        {
            return true;
        }

        if (sent.Receipts >= limits.ReceiptsPerLinkAndDay)
        {
            return false;
        }

        await transaction.QueueAsync(
            new NewMessage(
                link.Id, link.Mode, MessageChannel.Email, MessagePurpose.Receipt, email, locale, MessageLane.Receipt),
            vault, options);
        await transaction.CommitAsync();
        wakeups.Work(Wakeups.Messages);
        wakeups.Link(link.MerchantId, link.Id);
        return true;
    }

    private sealed record Sent(int Receipts, bool IsOnItsWay);
}
