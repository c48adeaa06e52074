namespace PayLinks.Api.Pay;

/// <summary>
/// Shows a link to its customer. Changes nothing, however often and by whatever it is fetched: mail scanners and
/// previews open links.
/// </summary>
internal static class ShowPayPage
{
    /// <summary>What the customer has just said, in the address, so that reloading says nothing again.</summary>
    public const string SaidParameter = "said";

    public const string Declined = "declined";
    public const string Asked = "asked";

    public static async Task<IResult> HandleAsync(
        string token, HttpContext context, FindPayLink find, PayAnswers answers)
    {
        if (await find.ExecuteAsync(token, context.RequestAborted) is not { } link)
        {
            return answers.NoLink(context);
        }

        var view = PayView.For(context, link);
        return context.Request.Query[SaidParameter].ToString() switch
        {
            Declined when link.State is PayState.Live => PayAnswers.Declined(view),
            Asked when link.State is PayState.Expired => PayAnswers.Asked(view),
            _ => answers.Of(context, view),
        };
    }
}
