using System.Globalization;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.HttpResults;
using PayLinks.Api.Links;
using PayLinks.Api.Problems;
using PayLinks.Api.SignIn;

namespace PayLinks.Api.Console;

/// <summary>
/// What every page of the console is given: its words, who looks at it, and the secret field of its forms.
/// </summary>
/// <param name="Staff">Null before somebody has signed in and chosen a merchant.</param>
/// <param name="IsSignedIn">True from the password on, also without a merchant.</param>
/// <param name="Path">Path and query of this page, for links that come back to it.</param>
public sealed record ConsolePage(ConsoleWords Words, Staff? Staff, bool IsSignedIn, string FormToken, string Path)
{
    public static ValueTask<ConsolePage> BindAsync(HttpContext context)
    {
        var antiforgery = context.RequestServices.GetRequiredService<IAntiforgery>();
        return ValueTask.FromResult(new ConsolePage(
            ConsoleWords.In(ChooseLanguage.Of(context)),
            Staff.Of(context),
            StaffCookie.SessionOf(context) is not null,
            antiforgery.GetAndStoreTokens(context).RequestToken!,
            context.Request.Path + context.Request.QueryString));
    }

    /// <summary>The page as HTML, rendered whole before the first byte leaves.</summary>
    public RazorComponentResult<TPage> Render<TPage>(object? model, int status = StatusCodes.Status200OK)
        where TPage : IComponent =>
        new(new Dictionary<string, object?>(StringComparer.Ordinal) { ["Page"] = this, ["Model"] = model })
        {
            StatusCode = status,
            PreventStreamingRendering = true,
        };

    /// <summary>Day and time of day at the merchant's place.</summary>
    public string When(DateTimeOffset instant) => Local(instant).ToString("d MMM yyyy, HH:mm", Words.Culture);

    /// <summary>The same with the weekday, for what is still to come.</summary>
    public string Until(DateTimeOffset instant) => Until(instant, Words.Culture);

    /// <summary>The same in another language than the page's.</summary>
    public string Until(DateTimeOffset instant, CultureInfo culture) =>
        Local(instant).ToString("ddd d MMM yyyy, HH:mm", culture);

    public string Day(DateTimeOffset instant) => Local(instant).ToString("dddd d MMMM yyyy", Words.Culture);

    public string TimeOfDay(DateTimeOffset instant) => Local(instant).ToString("HH:mm:ss", Words.Culture);

    public string Day(DateOnly day) => day.ToString("d MMM", Words.Culture);

    public string DayAndYear(DateOnly day) => day.ToString("d MMM yyyy", Words.Culture);

    /// <summary>Day and time of day at the merchant's place, as spreadsheets of all languages read them.</summary>
    public string ForTable(DateTimeOffset instant) =>
        Local(instant).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary>For the attribute <c>datetime</c>.</summary>
    public static string Iso(DateTimeOffset instant) =>
        instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>A page that says why there is nothing else to show.</summary>
    public RazorComponentResult<NoticePage> Notice(NoticeWords notice, int status) =>
        Render<NoticePage>(notice, status);

    public RazorComponentResult<NoticePage> NotFound() => Notice(Words.NotFound, StatusCodes.Status404NotFound);

    private DateTimeOffset Local(DateTimeOffset instant) =>
        TimeZoneInfo.ConvertTime(instant, Staff?.TimeZone ?? TimeZoneInfo.Utc);
}

/// <summary>A component that gets the page's words and a model.</summary>
public abstract class ConsoleComponent<TModel> : ComponentBase
{
    [Parameter, EditorRequired]
    public required ConsolePage Page { get; set; }

    [Parameter, EditorRequired]
    public required TModel Model { get; set; }

    protected ConsoleWords Words => Page.Words;
}

internal static class ConsoleResults
{
    /// <summary>Says when it may be tried again, to whoever reads headers.</summary>
    /// <returns>The status of a page that is shown because of it.</returns>
    public static int TooMany(this HttpResponse response, LinkOutcome.TooMany tooMany)
    {
        response.Headers.RetryAfter = Problem.WholeSeconds(tooMany.RetryAfter);
        return StatusCodes.Status429TooManyRequests;
    }

    /// <summary>
    /// After a form has been handled: the browser goes on with GET, so that reloading posts nothing again.
    /// </summary>
    public static IResult SeeOther(string path) => new SeeOtherResult(path);

    private sealed class SeeOtherResult(string path) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.StatusCode = StatusCodes.Status303SeeOther;
            httpContext.Response.Headers.Location = path;
            return Task.CompletedTask;
        }
    }
}
