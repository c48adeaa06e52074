using PayLinks.Api.Pay;
using PayLinks.Core.Hosting;

namespace PayLinks.Api.Accessibility;

/// <summary>The page that says what everybody can use and what not yet, and whom to tell.</summary>
internal static class ShowStatement
{
    public const string Path = "/accessibility";

    // When somebody last held it against the pages.
    private static readonly DateOnly MadeOn = new(2026, 11, 26);

    /// <summary>For who comes from the console, or from no page of ours.</summary>
    public static IResult Handle(HttpContext context, PayLinksOptions options)
    {
        var view = PayView.For(context, link: null);
        var words = view.Words.Accessibility;
        return PayAnswers.Statement(
            view, DateOf(view), options.OperatorEmail is null ? words.TellSender : words.TellOperator,
            options.OperatorEmail);
    }

    /// <summary>For a customer, who is to tell the merchant.</summary>
    public static async Task<IResult> HandleAsync(
        string token, HttpContext context, FindPayLink find, PayAnswers answers)
    {
        if (await find.ExecuteAsync(token, context.RequestAborted) is not { } link)
        {
            return answers.NoLink(context);
        }

        var view = PayView.For(context, link);
        return PayAnswers.Statement(
            view, DateOf(view), view.Words.Accessibility.Tell(link.Payee.Name), link.Payee.Email);
    }

    private static string DateOf(PayView view) => MadeOn.ToString("d MMMM yyyy", view.Culture);
}
