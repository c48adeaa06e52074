using Npgsql;
using PayLinks.Api.Audit;
using PayLinks.Api.Console;
using PayLinks.Api.Links;
using PayLinks.Api.Settings;
using PayLinks.Api.SignIn;
using PayLinks.Core.Database;
using PayLinks.Core.Messages;
using PayLinks.Core.Texts;

namespace PayLinks.Api.Texts;

/// <summary>What the form holds, exactly as typed.</summary>
public sealed record TypedText(string Subject, string Body);

/// <summary>A message with usual facts and with the longest that there can be.</summary>
/// <param name="Sms">Empty for an email.</param>
/// <param name="Emails">Empty for a text message.</param>
/// <param name="Problems">What is to be mended first; then there is nothing else to show.</param>
public sealed record TextPreview(
    string Language, IReadOnlyList<SmsPreview> Sms, IReadOnlyList<WrittenEmailText> Emails,
    IReadOnlyList<FormProblem> Problems);

/// <param name="Own">The merchant's own words as they are kept; null while ours are sent.</param>
/// <param name="Names">The merchant's people by <c>usr_…</c>.</param>
public sealed record TextsModel(
    TextChoice Choice, TypedText Typed, OwnText? Own, IReadOnlyDictionary<string, string> Names, TextPreview Preview,
    IReadOnlyList<FormProblem> Problems, string? Done = null);

/// <summary>Owners and managers put their own words in the place of ours, a message and a language at a time.</summary>
internal static class ConsoleTexts
{
    private const string Path = "/settings/texts";

    public static async Task<IResult> ShowAsync(
        string? message, string? language, string? done, ConsolePage page, Staff staff, NpgsqlDataSource database,
        PreviewSms preview, LinkLimits limits, CancellationToken cancellationToken)
    {
        await using var transaction = await database.BeginAsync(staff.MerchantId, cancellationToken);
        var merchant = await MerchantFacts.ReadAsync(transaction);
        var choice = TextChoice.Read(
            message ?? TextChoice.NameOf(MessageChannel.Sms, TextKind.Link), language ?? merchant.Language);
        if (choice is null)
        {
            return page.NotFound();
        }

        var own = await transaction.FindOwnTextAsync(choice);
        var typed = own is null ? Ours(choice) : new TypedText(own.Subject ?? "", own.Body);
        var examples = await transaction.ExamplesAsync(choice, staff, merchant, limits, preview);
        return page.Render<TextsPage>(new TextsModel(
            choice, typed, own, await transaction.StaffNamesAsync(), Preview(choice, typed, examples, page), [],
            done switch
            {
                "saved" => page.Words.Texts.Saved,
                "deleted" => page.Words.Texts.Deleted,
                _ => null,
            }));
    }

    /// <summary>Keeps the words if they can be sent, or shows them again with what is wrong.</summary>
    public static async Task<IResult> SaveAsync(
        HttpContext context, ConsolePage page, Staff staff, NpgsqlDataSource database, PreviewSms preview,
        LinkLimits limits, CancellationToken cancellationToken)
    {
        var (choice, typed) = Read(await context.Request.ReadFormAsync(cancellationToken));
        if (choice is null)
        {
            return page.NotFound();
        }

        await using var transaction = await database.BeginAsync(staff.MerchantId, cancellationToken);
        var merchant = await MerchantFacts.ReadAsync(transaction);
        var examples = await transaction.ExamplesAsync(choice, staff, merchant, limits, preview);
        if (Preview(choice, typed, examples, page) is { Problems: { Count: > 0 } problems } shown)
        {
            return page.Render<TextsPage>(
                new TextsModel(
                    choice, typed, await transaction.FindOwnTextAsync(choice), await transaction.StaffNamesAsync(),
                    shown with { Problems = [] }, problems),
                StatusCodes.Status422UnprocessableEntity);
        }

        var subject = choice.Channel == MessageChannel.Email ? typed.Subject : null;
        await transaction.LockMerchantAsync();
        var before = await transaction.FindOwnTextAsync(choice);
        await transaction.NoteAsync(
            staff.Actor.Name, AuditActions.TextChanged, choice.ToString(),
            [new AuditChange("subject", before?.Subject, subject), new AuditChange("body", before?.Body, typed.Body)]);
        await transaction.SaveOwnTextAsync(choice, subject, typed.Body, staff.Actor);
        await transaction.CommitAsync(CancellationToken.None);
        return Back(choice, "saved");
    }

    /// <summary>Shows what customers would read, and keeps nothing.</summary>
    public static async Task<IResult> PreviewAsync(
        HttpContext context, ConsolePage page, Staff staff, NpgsqlDataSource database, PreviewSms preview,
        LinkLimits limits, CancellationToken cancellationToken)
    {
        var (choice, typed) = Read(await context.Request.ReadFormAsync(cancellationToken));
        if (choice is null)
        {
            return page.NotFound();
        }

        await using var transaction = await database.BeginAsync(staff.MerchantId, cancellationToken);
        var merchant = await MerchantFacts.ReadAsync(transaction);
        var examples = await transaction.ExamplesAsync(choice, staff, merchant, limits, preview);
        var shown = Preview(choice, typed, examples, page);
        return SmsPreview.IsAllThatIsAskedFor(context.Request)
            ? page.Render<TextPreviewView>(shown)
            : page.Render<TextsPage>(new TextsModel(
                choice, typed, await transaction.FindOwnTextAsync(choice), await transaction.StaffNamesAsync(), shown,
                []));
    }

    public static async Task<IResult> DeleteAsync(
        HttpContext context, ConsolePage page, Staff staff, NpgsqlDataSource database,
        CancellationToken cancellationToken)
    {
        var (choice, _) = Read(await context.Request.ReadFormAsync(cancellationToken));
        if (choice is null)
        {
            return page.NotFound();
        }

        await using var transaction = await database.BeginAsync(staff.MerchantId, cancellationToken);
        await transaction.LockMerchantAsync();
        if (await transaction.FindOwnTextAsync(choice) is { } before)
        {
            await transaction.NoteAsync(
                staff.Actor.Name, AuditActions.TextDeleted, choice.ToString(),
                [new AuditChange("subject", before.Subject, null), new AuditChange("body", before.Body, null)]);
        }

        await transaction.DeleteOwnTextAsync(choice);
        await transaction.CommitAsync(CancellationToken.None);
        return Back(choice, "deleted");
    }

    /// <summary>Our words as the merchant would have written them.</summary>
    public static TypedText Ours(TextChoice choice)
    {
        var words = TextWords.For(choice.Language);
        return choice.Channel == MessageChannel.Sms
            ? new TypedText("", words.Sms.Of(choice.Kind).Source)
            : new TypedText(words.Email.Of(choice.Kind).Subject.Source, words.Email.Of(choice.Kind).Lead.Source);
    }

    private static (TextChoice? Choice, TypedText Typed) Read(IFormCollection form) => (
        TextChoice.Read(form["message"], form["language"]),
        new TypedText(form["subject"].ToString().Trim(' '), form["body"].ToString().Trim(' ')));

    private static TextPreview Preview(
        TextChoice choice, TypedText typed, IReadOnlyList<MessageFacts> examples, ConsolePage page)
    {
        var isSms = choice.Channel == MessageChannel.Sms;
        var errors = CheckTemplate.Read(choice, isSms ? null : typed.Subject, typed.Body, examples[^1]);
        return errors.Count > 0
            ? new TextPreview(choice.Language, [], [], [.. errors.Select(error => new FormProblem(
                error.Pointer == CheckTemplate.SubjectPointer ? "subject" : "body",
                page.Words.Texts.Of(error, LinkErrorWords.In(page.Words.Language))))])
            : new TextPreview(
                choice.Language,
                isSms ? [.. examples.Select(facts => SmsPreview.Of(facts, typed.Body))] : [],
                isSms ? [] : [.. examples.Select(facts => EmailText.Write(facts, typed.Subject, typed.Body))],
                []);
    }

    private static IResult Back(TextChoice choice, string done) =>
        ConsoleResults.SeeOther($"{Path}?message={choice.Message}&language={choice.Language}&done={done}");
}
