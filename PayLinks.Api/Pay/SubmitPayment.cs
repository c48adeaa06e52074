using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Antiforgery;

namespace PayLinks.Api.Pay;

/// <summary>The form of the customer's page.</summary>
internal static partial class SubmitPayment
{
    private const int EmailLengthMax = 254;

    // The customer chooses on Mollie's page.
    private const string Hosted = "hosted";

    public static async Task<IResult> HandleAsync(
        string token, HttpContext context, FindPayLink find, PayAnswers answers, IAntiforgery antiforgery,
        StartPayment start, SetAside setAside, PayLimits limits)
    {
        if (await find.ExecuteAsync(token, context.RequestAborted) is not { } link)
        {
            return answers.NoLink(context);
        }

        var view = PayView.For(context, link);
        if (await ReadFormAsync(context.Request) is not { } form)
        {
            return PayAnswers.FormTooOld(view, StatusCodes.Status400BadRequest);
        }

        if (!await antiforgery.IsRequestValidAsync(context))
        {
            return PayAnswers.FormTooOld(view, StatusCodes.Status403Forbidden);
        }

        if (form["another"].Count > 0 && link is { State: PayState.Processing, Payment: { } underWay })
        {
            await setAside.ExecuteAsync(link, underWay.Id);
            return SeeOther(view.Url(""));
        }

        var cardToken = form["cardToken"].ToString().Trim();
        var method = form["method"].ToString();
        var email = form["email"].ToString().Trim();
        var isCardToken = CardTokenFormat().IsMatch(cardToken);
        var way = link.Ways.FirstOrDefault(way => way.Method == method)?.Method;
        if (cardToken.Length > 0 ? !isCardToken : way is null && method is not ("" or Hosted))
        {
            // Whatever it is, it is not echoed: it might be a card number.
            var problem = cardToken.Length > 0 ? view.Words.Failures.TypeAgain : view.Words.Failures.WayGone;
            return link.State is PayState.Live
                ? answers.CardForm(context, view, StatusCodes.Status400BadRequest, problem)
                : answers.Of(context, view);
        }

        if (email.Length > 0 && !IsEmail(email) && link.State is PayState.Live)
        {
            var problem = view.Words.ReceiptEmailWrong;
            return answers.CardForm(
                context, view, StatusCodes.Status400BadRequest, email: email, emailProblem: problem);
        }

        if (link.ProfileId is null)
        {
            return PayAnswers.ProviderDown(context, view);
        }

        var wanted = new NewAttempt(
            isCardToken ? cardToken : null, way, IsEmail(email) ? email : null, MollieLocale.Of(view.Culture),
            view.Query);
        var onlyContinues = link.State is PayState.Processing && cardToken.Length == 0 && method.Length == 0;
        var (outcome, paymentId) = await start.ExecuteAsync(link, onlyContinues ? null : wanted);
        if (paymentId is not null)
        {
            PaymentCookie.Set(context.Response, paymentId.Value);
        }

        return outcome switch
        {
            Started.AtBank => SeeOther(view.Url("/result") + (view.Query.Length == 0 ? "?go=1" : "&go=1")),
            Started.Waiting or Started.Paid => SeeOther(view.Url("/result")),
            // The page itself tells why, on the same link.
            Started.Failed => SeeOther(view.Url("")),
            Started.NotPayable => await ShowAgainAsync(token, context, find, answers),
            Started.TooManyFailures => PayAnswers.TooManyFailures(context, view, limits),
            Started.ProviderDown => PayAnswers.ProviderDown(context, view),
        };
    }

    // The link has changed since it was read above.
    private static async Task<IResult> ShowAgainAsync(
        string token, HttpContext context, FindPayLink find, PayAnswers answers) =>
        await find.ExecuteAsync(token, context.RequestAborted) is { } link
            ? answers.Of(context, PayView.For(context, link))
            : answers.NoLink(context);

    /// <summary>303: the browser fetches the address with GET, whatever it sent here.</summary>
    internal static IResult SeeOther(string url) => new SeeOtherResult(url);

    internal static async Task<IFormCollection?> ReadFormAsync(HttpRequest request)
    {
        try
        {
            return request.HasFormContentType ? await request.ReadFormAsync() : null;
        }
        catch (Exception error) when (error is InvalidDataException or BadHttpRequestException)
        {
            return null;
        }
    }

    internal static bool IsEmail(string text) =>
        text.Length <= EmailLengthMax && EmailFormat().IsMatch(text);

    [GeneratedRegex("^tkn_[A-Za-z0-9]{1,100}$", RegexOptions.CultureInvariant)]
    private static partial Regex CardTokenFormat();

    [GeneratedRegex(@"^[^\s@<>,;:""]+@[^\s@<>,;:""]+\.[^\s@<>,;:"".]+$", RegexOptions.CultureInvariant)]
    private static partial Regex EmailFormat();

    private sealed class SeeOtherResult(string url) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.StatusCode = StatusCodes.Status303SeeOther;
            httpContext.Response.Headers.Location = url;
            return Task.CompletedTask;
        }
    }
}
