using Dapper;
using Microsoft.AspNetCore.Antiforgery;
using Npgsql;
using PayLinks.Core.Database;
using PayLinks.Core.Messages;

namespace PayLinks.Api.Pay;

/// <summary>
/// "Do not write to me again": opts out the addresses that a link has, or was sent to, for its merchant, and brings
/// them back. Mail programs have a button of their own for it, which posts without any page of ours (RFC 8058).
/// </summary>
internal sealed class StopWriting(NpgsqlDataSource database, ReturnLimit returns, Wakeups wakeups)
{
    /// <summary>The field of the page's buttons.</summary>
    public const string ChoiceField = "choice";

    public const string Stop = "stop";
    public const string Return = "return";

    private const string MailProgramField = "List-Unsubscribe";
    private const string MailProgramValue = "One-Click";

    // Also who was written to about the link at another address than it has now: they hold it too.
    private const string AddressesSql =
        """
        with address as (
            select 'sms' as channel, customer_phone as recipient from link
            where merchant_id = paylinks_merchant() and id = @Id
            union
            select 'email', lower(customer_email) from link where merchant_id = paylinks_merchant() and id = @Id
            union
            select channel, lower(recipient) from message
            where merchant_id = paylinks_merchant() and link_id = @Id and purpose <> 'notice')
        select a.channel, a.recipient, o.source
        from address a
        left join opt_out o on o.merchant_id = paylinks_merchant() and o.channel = a.channel
            and o.recipient = a.recipient and o.opted_in_at is null
        where a.recipient is not null
        order by a.channel desc, a.recipient collate "C"
        """;

    /// <summary>Asks; changes nothing, whoever fetches it.</summary>
    public static async Task<IResult> ShowAsync(
        string token, HttpContext context, FindPayLink find, PayAnswers answers, StopWriting stop) =>
        await find.ExecuteAsync(token, context.RequestAborted) is { } link
            ? await stop.AskAsync(context, answers, link, StatusCodes.Status200OK)
            : answers.NoLink(context);

    public static async Task<IResult> HandleAsync(
        string token, HttpContext context, FindPayLink find, PayAnswers answers, IAntiforgery antiforgery,
        StopWriting stop)
    {
        if (await find.ExecuteAsync(token, context.RequestAborted) is not { } link)
        {
            return answers.NoLink(context);
        }

        if (await SubmitPayment.ReadFormAsync(context.Request) is not { } form)
        {
            return await stop.AskAsync(context, answers, link, StatusCodes.Status400BadRequest);
        }

        if (form[MailProgramField] == MailProgramValue)
        {
            // Nobody looks at the answer, and a redirect would not be followed. Only a mail program asks like this, so
            // only its channel ends.
            await stop.OptOutAsync(link, MessageChannel.Email);
            return Results.Text("OK");
        }

        var choice = form[ChoiceField].ToString();
        if (choice is not (Stop or Return))
        {
            return await stop.AskAsync(context, answers, link, StatusCodes.Status400BadRequest);
        }

        if (!await antiforgery.IsRequestValidAsync(context))
        {
            return await stop.AskAsync(context, answers, link, StatusCodes.Status403Forbidden);
        }

        var view = PayView.For(context, link);
        if (choice == Stop)
        {
            await stop.OptOutAsync(link, only: null);
        }
        else if (!await stop.OptInAsync(link))
        {
            return PayAnswers.TooManyReturns(context, view);
        }

        return SubmitPayment.SeeOther(view.Url("/stop"));
    }

    private async Task<IResult> AskAsync(HttpContext context, PayAnswers answers, PayLink link, int status)
    {
        await using var transaction = await database.BeginAsync(link.MerchantId, context.RequestAborted);
        var addresses = await AddressesAsync(transaction, link);
        return answers.AskToStop(
            context, PayView.For(context, link), status,
            canStop: addresses.Any(address => !address.IsOut),
            canReturn: addresses.Any(address => address.IsOursToLift),
            returnsByText: addresses.Any(address => address is { IsOut: true, IsOursToLift: false }));
    }

    /// <param name="only">Null for both.</param>
    private async Task OptOutAsync(PayLink link, MessageChannel? only)
    {
        await using var transaction = await database.BeginAsync(link.MerchantId, CancellationToken.None);
        var changed = new HashSet<Guid>();
        foreach (var address in await AddressesAsync(transaction, link))
        {
            if (only is null || address.Channel == only)
            {
                changed.UnionWith(await transaction.OptOutAsync(address.Wish));
            }
        }

        await transaction.CommitAsync(CancellationToken.None);
        foreach (var linkId in changed)
        {
            wakeups.Link(link.MerchantId, linkId);
        }
    }

    /// <returns>False: too often.</returns>
    private async Task<bool> OptInAsync(PayLink link)
    {
        await using var transaction = await database.BeginAsync(link.MerchantId, CancellationToken.None);
        var isChanged = false;
        foreach (var address in (await AddressesAsync(transaction, link)).Where(address => address.IsOursToLift))
        {
            isChanged |= await transaction.OptInAsync(address.Wish);
        }

        if (isChanged && !returns.Admits(link.Id))
        {
            return false;
        }

        await transaction.CommitAsync(CancellationToken.None);
        return true;
    }

    private static async Task<IReadOnlyList<Address>> AddressesAsync(MerchantTransaction transaction, PayLink link) =>
        (await transaction.Connection.QueryAsync<Address>(AddressesSql, new { link.Id })).AsList();

    private sealed record Address(MessageChannel Channel, string Recipient, OptOutSource? Source)
    {
        public bool IsOut => Source is not null;

        /// <summary>What the SMS provider minds as well is lifted by answering START, in no other way.</summary>
        public bool IsOursToLift => IsOut && (Channel == MessageChannel.Email || Source == OptOutSource.Page);

        public Wish Wish => new(Channel, Recipient, OptOutSource.Page, "customer");
    }
}
