using Npgsql;
using PayLinks.Api.Console;
using PayLinks.Api.Links;
using PayLinks.Api.SignIn;
using PayLinks.Core.Database;

namespace PayLinks.Api.Settings;

public sealed record LinkDefaultsModel(
    TypedDefaults Typed, IReadOnlyList<FormProblem> Problems, bool IsSaved = false);

/// <summary>Owners and managers say how long a link lives, and when its customer is reminded.</summary>
internal static class ConsoleLinkDefaults
{
    public const string Path = "/settings/links";

    public static async Task<IResult> ShowAsync(
        string? done, ConsolePage page, Staff staff, NpgsqlDataSource database, CancellationToken cancellationToken)
    {
        await using var transaction = await database.BeginAsync(staff.MerchantId, cancellationToken);
        var defaults = await LinkDefaults.ReadAsync(transaction);
        return page.Render<LinkDefaultsPage>(
            new LinkDefaultsModel(TypedDefaults.Of(defaults), [], IsSaved: done == "saved"));
    }

    public static async Task<IResult> SaveAsync(
        HttpContext context, ConsolePage page, Staff staff, NpgsqlDataSource database, LinkLimits limits,
        CancellationToken cancellationToken)
    {
        var typed = TypedDefaults.Of(await context.Request.ReadFormAsync(cancellationToken));
        await using var transaction = await database.BeginAsync(staff.MerchantId, cancellationToken);
        var merchant = await MerchantFacts.ReadAsync(transaction);
        var (defaults, problems) = typed.Read(limits, merchant.Now, page.Words.LinkDefaults);
        if (defaults is null)
        {
            return page.Render<LinkDefaultsPage>(
                new LinkDefaultsModel(typed, problems), StatusCodes.Status422UnprocessableEntity);
        }

        await defaults.SaveAsync(transaction, staff.Actor.Name);
        await transaction.CommitAsync(CancellationToken.None);
        return ConsoleResults.SeeOther(Path + "?done=saved");
    }
}
