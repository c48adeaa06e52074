using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.AspNetCore.Antiforgery;
using PayLinks.Api.Pay.Pages;
using PayLinks.Api.Security;
using PayLinks.Core.Payments;
using RazorSlices;

namespace PayLinks.Api.Pay;

/// <summary>The page for each state of a link, with its status and headers.</summary>
/// <param name="scriptUrl">Where the provider's script comes from; its origin is let in where card fields are
/// shown.</param>
internal sealed class PayAnswers(IAntiforgery antiforgery, UnknownTokenLimit unknownTokens, string scriptUrl)
{
    private const string RetrySoon = "60";
    private const int WaitedSecondsMax = 3600;

    // Letters and signs of all languages go out as they are; what means something in HTML is encoded.
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    private readonly string _cardPolicy =
        ContentPolicy.WithCardFields(new Uri(scriptUrl).GetLeftPart(UriPartial.Authority));

    /// <summary>The page of a link in the state it is in.</summary>
    public IResult Of(HttpContext context, PayView view) => view.Link.State switch
    {
        PayState.Live => CardForm(context, view),
        PayState.Processing => UnderWay(context, view, isReturn: false),
        PayState.Paid => Receipt(context, view, isThanks: false),
        PayState.Expired => Expired(view),
        PayState.Canceled => Canceled(view),
    };

    public IResult CardForm(
        HttpContext context, PayView view, int status = StatusCodes.Status200OK,
        string? problem = null, string? email = null, string? emailProblem = null)
    {
        if (view.Link.ProfileId is null)
        {
            return Notice(
                StatusCodes.Status200OK, new NoticePage(view, view.Words.ProviderDown, view.Words.ProviderDownWhat));
        }

        if (problem is null && emailProblem is null && view.Link.Payment is { ToldReason: { } reason, IsRecent: true })
        {
            problem = view.Words.Failures.For(reason);
        }

        context.Response.Headers.ContentSecurityPolicy = _cardPolicy;
        return Page(status, Card.Create(
            new CardPage(view, TokenFor(context), scriptUrl, problem, email, emailProblem)));
    }

    public IResult UnderWay(HttpContext context, PayView view, bool isReturn)
    {
        var payment = view.Link.Payment!;
        var isAsked = payment.Status is PaymentStatus.Creating or PaymentStatus.Unknown;
        return Page(StatusCodes.Status200OK, Waiting.Create(new WaitingPage(view, TokenFor(context), isReturn)
        {
            WaitedSeconds = SecondsIn(context.Request.Query["waited"]),
            CanContinue = payment.CheckoutUrl is not null || isAsked,
            CanUseAnotherWay = payment.Status is PaymentStatus.Open,
        }));
    }

    public IResult Receipt(
        HttpContext context, PayView view, bool isThanks, int status = StatusCodes.Status200OK,
        string? email = null, string? emailProblem = null)
    {
        var payment = view.Link.Payment;
        var isPayers = payment is not null && PaymentCookie.IsFor(context.Request, payment.Id);
        return Page(status, Pages.Receipt.Create(new ReceiptPage(view, isThanks)
        {
            Card = isPayers && payment?.CardLast4 is { } last4 ? $"{payment.CardBrand} •••• {last4}".TrimStart() : null,
            Way = isPayers ? payment?.Way : null,
            AntiforgeryToken = isPayers ? TokenFor(context) : null,
            IsOnItsWay = context.Request.Query[PayView.SaidParameter] == ShowResult.ReceiptSent,
            Email = email,
            EmailProblem = emailProblem,
        }));
    }

    /// <summary>Sends on to the bank.</summary>
    public static IResult ToBank(PayView view, string checkoutUrl) =>
        Page(StatusCodes.Status200OK, Bank.Create(new BankPage(view, checkoutUrl)));

    /// <summary>Ended unpaid, and can be tried again.</summary>
    public static IResult Failed(PayView view, string reason) =>
        Page(StatusCodes.Status200OK, Pages.Failed.Create(new FailedPage(view, view.Words.Failures.For(reason))));

    public static IResult Expired(PayView view) => Notice(
        StatusCodes.Status410Gone,
        new NoticePage(view, view.Words.ExpiredOn(view.Expiry), view.Words.NothingCharged)
        {
            Button = (view.Url("/ask"), view.Words.AskForNew),
            ShowsContact = true,
            ReportsOpening = true,
        });

    public static IResult Canceled(PayView view) => Notice(
        StatusCodes.Status410Gone,
        new NoticePage(view, view.Words.CanceledBy(view.Link.Payee.Name), view.Words.NothingOwed));

    public static IResult Declined(PayView view) => Notice(
        StatusCodes.Status200OK,
        new NoticePage(view, view.Words.Declined, view.Words.Told(view.Link.Payee.Name))
        {
            Next = (view.Url(""), view.Words.ChangedYourMind),
        });

    public static IResult Asked(PayView view) => Notice(
        StatusCodes.Status410Gone,
        new NoticePage(view, view.Words.Asked(view.Link.Payee.Name), view.Words.AskedWhat));

    /// <inheritdoc cref="StatementPage"/>
    public static IResult Statement(PayView view, string date, string tell, string? email) =>
        Page(StatusCodes.Status200OK, Pages.Statement.Create(new StatementPage(view, date, tell, email)));

    /// <summary>Asks whether the customer wants to be left alone, or says that they are.</summary>
    public IResult AskToStop(
        HttpContext context, PayView view, int status, bool canStop, bool canReturn, bool returnsByText) =>
        Page(status, Stop.Create(new StopPage(view, TokenFor(context), canStop, canReturn, returnsByText)));

    public static IResult TooManyReturns(HttpContext context, PayView view)
    {
        context.Response.Headers.RetryAfter = Seconds(ReturnLimit.Window);
        return Notice(
            StatusCodes.Status429TooManyRequests,
            new NoticePage(view, view.Words.TooManyReturns, view.Words.TooManyReturnsWhat));
    }

    public static IResult TooManyFailures(HttpContext context, PayView view, PayLimits limits)
    {
        context.Response.Headers.RetryAfter = Seconds(TimeSpan.FromMinutes(limits.FailedPaymentsWindowMinutes));
        return Notice(
            StatusCodes.Status429TooManyRequests,
            new NoticePage(view, view.Words.TooManyFailures, view.Words.TooManyFailuresWhat));
    }

    public static IResult ProviderDown(HttpContext context, PayView view)
    {
        context.Response.Headers.RetryAfter = RetrySoon;
        return Notice(
            StatusCodes.Status503ServiceUnavailable,
            new NoticePage(view, view.Words.ProviderDown, view.Words.ProviderDownWhat)
            {
                Next = (view.Url(""), view.Words.BackToPayment),
            });
    }

    public static IResult FormTooOld(PayView view, int status) => Notice(
        status,
        new NoticePage(view, view.Words.FormTooOld, view.Words.FormTooOldWhat)
        {
            Next = (view.Url(""), view.Words.BackToPayment),
        });

    /// <summary>The one answer to every address of no link.</summary>
    public IResult NoLink(HttpContext context)
    {
        var view = PayView.For(context, link: null);
        if (unknownTokens.Admits(context))
        {
            return Notice(
                StatusCodes.Status404NotFound, new NoticePage(view, view.Words.NotFound, view.Words.NotFoundWhat));
        }

        context.Response.Headers.RetryAfter = Seconds(unknownTokens.Window);
        return Notice(
            StatusCodes.Status429TooManyRequests,
            new NoticePage(view, view.Words.TooManyGuesses, view.Words.TooManyGuessesWhat));
    }

    private static RazorSlice Notice(int status, NoticePage page) => Page(status, Pages.Notice.Create(page));

    private static RazorSlice Page(int status, RazorSlice page)
    {
        page.StatusCode = status;
        page.HtmlEncoder = Encoder;
        return page;
    }

    private static int SecondsIn(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            ? Math.Min(seconds, WaitedSecondsMax)
            : 0;

    private string TokenFor(HttpContext context) => antiforgery.GetAndStoreTokens(context).RequestToken!;

    private static string Seconds(TimeSpan span) =>
        ((int)span.TotalSeconds).ToString(CultureInfo.InvariantCulture);
}
