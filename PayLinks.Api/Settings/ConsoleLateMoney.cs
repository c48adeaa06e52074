using Dapper;
using Npgsql;
using PayLinks.Api.Audit;
using PayLinks.Api.Console;
using PayLinks.Api.SignIn;
using PayLinks.Core.Database;

namespace PayLinks.Api.Settings;

/// <summary>What becomes of money that arrives after the end of its link: <c>keep</c> or <c>refund</c>.</summary>
/// <param name="AfterExpiry">When the link had expired.</param>
/// <param name="AfterCancel">When the merchant had canceled it.</param>
public sealed record LateMoney(string AfterExpiry, string AfterCancel)
{
    public const string Keep = "keep";
    public const string Refund = "refund";

    public static bool IsChoice(string text) => text is Keep or Refund;
}

/// <param name="Choice">As stored, or as posted if that was no choice.</param>
public sealed record LateMoneyModel(LateMoney Choice, IReadOnlyList<FormProblem> Problems, bool IsSaved = false);

/// <summary>Owners and managers say whether late money is kept.</summary>
internal static class ConsoleLateMoney
{
    public const string Path = "/settings/payments";

    private const string ReadSql =
        """
        select late_after_expiry as after_expiry, late_after_cancel as after_cancel
        from merchant where id = paylinks_merchant()
        """;

    private const string ChangeSql =
        """
        update merchant set late_after_expiry = @AfterExpiry, late_after_cancel = @AfterCancel
        where id = paylinks_merchant()
        """;

    public static async Task<IResult> ShowAsync(
        string? done, ConsolePage page, Staff staff, NpgsqlDataSource database, CancellationToken cancellationToken)
    {
        await using var transaction = await database.BeginAsync(staff.MerchantId, cancellationToken);
        return page.Render<LateMoneyPage>(new LateMoneyModel(
            await transaction.Connection.QuerySingleAsync<LateMoney>(ReadSql), [], IsSaved: done == "saved"));
    }

    public static async Task<IResult> ChangeAsync(
        HttpContext context, ConsolePage page, Staff staff, NpgsqlDataSource database,
        CancellationToken cancellationToken)
    {
        var form = await context.Request.ReadFormAsync(cancellationToken);
        var choice = new LateMoney(form["afterExpiry"].ToString(), form["afterCancel"].ToString());
        if (Problems(choice, page.Words.LateMoney) is { Count: > 0 } problems)
        {
            return page.Render<LateMoneyPage>(
                new LateMoneyModel(choice, problems), StatusCodes.Status422UnprocessableEntity);
        }

        await using var transaction = await database.BeginAsync(staff.MerchantId, cancellationToken);
        await transaction.LockMerchantAsync();
        var before = await transaction.Connection.QuerySingleAsync<LateMoney>(ReadSql);
        await transaction.Connection.ExecuteAsync(ChangeSql, choice);
        await transaction.NoteAsync(
            staff.Actor.Name, AuditActions.LateMoneyChanged, about: null,
            [
                new AuditChange("afterExpiry", before.AfterExpiry, choice.AfterExpiry),
                new AuditChange("afterCancel", before.AfterCancel, choice.AfterCancel),
            ]);
        await transaction.CommitAsync(CancellationToken.None);
        return ConsoleResults.SeeOther(Path + "?done=saved");
    }

    private static List<FormProblem> Problems(LateMoney choice, LateMoneyWords words)
    {
        var problems = new List<FormProblem>();
        if (!LateMoney.IsChoice(choice.AfterExpiry))
        {
            problems.Add(new FormProblem("afterExpiry", words.AfterExpiryNeeded));
        }

        if (!LateMoney.IsChoice(choice.AfterCancel))
        {
            problems.Add(new FormProblem("afterCancel", words.AfterCancelNeeded));
        }

        return problems;
    }
}
