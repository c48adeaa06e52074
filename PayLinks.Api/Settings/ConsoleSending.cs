using Npgsql;
using PayLinks.Api.Audit;
using PayLinks.Api.Console;
using PayLinks.Api.Links;
using PayLinks.Api.SignIn;
using PayLinks.Core;
using PayLinks.Core.Database;
using PayLinks.Core.Links;

namespace PayLinks.Api.Settings;

/// <param name="Key">Posting the form that tries it out twice sends once.</param>
/// <param name="Test">The link that was sent to try it out.</param>
/// <param name="TestTo">What stands in the form that tries it out.</param>
public sealed record SendingModel(
    TypedSending Typed, SendingFacts Facts, IReadOnlyList<FormProblem> Problems, string Key, string? Done = null,
    LinkView? Test = null, string TestTo = "");

/// <summary>The page on which owners and managers say how messages are sent, and try it out.</summary>
internal static class ConsoleSending
{
    private const string Path = "/settings/sending";

    public static async Task<IResult> ShowAsync(
        string? done, string? test, ConsolePage page, Staff staff, NpgsqlDataSource database, ShowLink show,
        CancellationToken cancellationToken)
    {
        await using var transaction = await database.BeginAsync(staff.MerchantId, cancellationToken);
        var sent = PublicId.TryParse(PublicId.Link, test, out var linkId)
            ? await show.FindAsync(transaction, InTestMode(staff), linkId)
            : null;
        return page.Render<SendingPage>(new SendingModel(
            TypedSending.Of(await transaction.SendingSettingsAsync()), await transaction.SendingFactsAsync(), [],
            TypedLink.NewKey(), done == "saved" ? page.Words.Sending.Saved : null, sent));
    }

    public static async Task<IResult> SaveAsync(
        HttpContext context, ConsolePage page, Staff staff, NpgsqlDataSource database,
        CancellationToken cancellationToken)
    {
        var typed = TypedSending.Of(await context.Request.ReadFormAsync(cancellationToken));
        var (settings, problems) = typed.Read(page.Words);
        await using var transaction = await database.BeginAsync(staff.MerchantId, cancellationToken);
        if (settings is null)
        {
            return page.Render<SendingPage>(
                new SendingModel(typed, await transaction.SendingFactsAsync(), problems, TypedLink.NewKey()),
                StatusCodes.Status422UnprocessableEntity);
        }

        await transaction.LockMerchantAsync();
        var before = TypedSending.Of(await transaction.SendingSettingsAsync());
        await transaction.SaveAsync(settings);
        await transaction.NoteAsync(
            staff.Actor.Name, AuditActions.SendingChanged, about: null, TypedSending.Of(settings).ChangesSince(before));
        await transaction.CommitAsync(cancellationToken);
        return ConsoleResults.SeeOther($"{Path}?done=saved");
    }

    /// <summary>Makes a small link in test mode and sends it to whoever is to see what customers get.</summary>
    public static async Task<IResult> TestAsync(
        HttpContext context, ConsolePage page, Staff staff, NpgsqlDataSource database, CreateLinkOnce create,
        LinkLimits limits, CancellationToken cancellationToken)
    {
        var form = TypedLink.Of(await context.Request.ReadFormAsync(cancellationToken));
        MerchantFacts merchant;
        await using (var transaction = await database.BeginAsync(staff.MerchantId, cancellationToken))
        {
            merchant = await MerchantFacts.ReadAsync(transaction);
        }

        var typed = form with
        {
            Amount = "1",
            Description = ConsoleWords.In(merchant.Language).Sending.TestDescription,
            OnlyLink = false,
            Also = "",
        };
        var (link, errors) = CheckLink.Read(typed.ToDraft(staff), merchant, limits);
        if (string.IsNullOrWhiteSpace(typed.To))
        {
            return await ShowAgainAsync(
                [new FormProblem("to", page.Words.Form.ToNeededToSend)], StatusCodes.Status422UnprocessableEntity);
        }

        if (link is null)
        {
            return await ShowAgainAsync(
                LinkProblems.Of(errors, page.Words, _ => "to"), StatusCodes.Status422UnprocessableEntity);
        }

        var (id, tooMany) = await create.ExecuteAsync(
            InTestMode(staff), merchant, link, typed.Key, onCall: false, cancellationToken);
        return id is null
            ? await ShowAgainAsync(
                [LinkProblems.Of(tooMany!, page.Words, "to")], context.Response.TooMany(tooMany!))
            : ConsoleResults.SeeOther($"{Path}?test={PublicId.Format(PublicId.Link, id.Value)}#test");

        async Task<IResult> ShowAgainAsync(IReadOnlyList<FormProblem> problems, int status)
        {
            await using var transaction = await database.BeginAsync(staff.MerchantId, cancellationToken);
            return page.Render<SendingPage>(
                new SendingModel(
                    TypedSending.Of(await transaction.SendingSettingsAsync()),
                    await transaction.SendingFactsAsync(), problems, form.Key, TestTo: form.To),
                status);
        }
    }

    private static Actor InTestMode(Staff staff) => staff.Actor with { Mode = "test" };
}
