namespace PayLinks.Api.Pay;

/// <summary>
/// Where the bank sends the customer back to, in whatever browser: waits honestly, and tells how it ended. That
/// somebody came back proves nothing about the payment; only what Mollie has told us is shown. With <c>?go=1</c> it
/// sends on to the bank.
/// </summary>
internal static class ShowResult
{
    /// <summary>The receipt was asked for by email; see <see cref="PayView.SaidParameter"/>.</summary>
    public const string ReceiptSent = "receipt";

    public static async Task<IResult> HandleAsync(
        string token, HttpContext context, FindPayLink find, PayAnswers answers)
    {
        if (await find.ExecuteAsync(token, context.RequestAborted) is not { } link)
        {
            return answers.NoLink(context);
        }

        var view = PayView.For(context, link);
        return link switch
        {
            { State: PayState.Paid } => answers.Receipt(context, view, isThanks: true),
            { State: PayState.Processing, Payment.CheckoutUrl: { } checkout } when context.Request.Query["go"] == "1" =>
                PayAnswers.ToBank(view, checkout),
            { State: PayState.Processing } => answers.UnderWay(context, view, isReturn: true),
            { State: PayState.Live, Payment: { ToldReason: { } reason, IsRecent: true } } =>
                PayAnswers.Failed(view, reason),
            { State: PayState.Live } => SubmitPayment.SeeOther(view.Url("")),
            _ => answers.Of(context, view),
        };
    }
}
