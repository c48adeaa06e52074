using PayLinks.Core.Database;
using PayLinks.Core.Messages;

namespace PayLinks.Api.Pay;

/// <summary>
/// Shows a link to its customer. Changes nothing, however often and by whatever it is fetched: mail scanners and
/// previews open links.
/// </summary>
internal static class ShowPayPage
{
    public static async Task<IResult> HandleAsync(
        string token, HttpContext context, FindPayLink find, PayAnswers answers)
    {
        if (await find.ExecuteAsync(token, context.RequestAborted) is not { } link)
        {
            return answers.NoLink(context);
        }

        var view = PayView.For(context, link);
        return StatusText.TryRead<CustomersWord>(context.Request.Query[PayView.SaidParameter].ToString(), out var said)
            ? (said, link.State) switch
            {
                (CustomersWord.Declined, PayState.Live) => PayAnswers.Declined(view),
                (CustomersWord.Asked, PayState.Expired) => PayAnswers.Asked(view),
                _ => answers.Of(context, view),
            }
            : answers.Of(context, view);
    }
}
