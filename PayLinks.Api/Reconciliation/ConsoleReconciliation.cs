using Dapper;
using Npgsql;
using PayLinks.Api.Console;
using PayLinks.Api.SignIn;
using PayLinks.Core;
using PayLinks.Core.Database;

namespace PayLinks.Api.Reconciliation;

/// <param name="Standing">Null if there is no account at Mollie.</param>
/// <param name="IsRequested">True right after somebody has asked for a comparison.</param>
public sealed record ReportsModel(Standing? Standing, IReadOnlyList<Report> Reports, bool IsRequested);

public sealed record ReportModel(Report Report, IReadOnlyList<ReportLine> Lines);

/// <summary>Shows owners and managers what the comparisons with Mollie's books have found.</summary>
internal static class ConsoleReconciliation
{
    private const int ReportsShown = 30;
    private const int LinesShown = 500;

    // One that is under way would have to begin again: it is left alone.
    private const string RequestSql =
        """
        update mollie_account set reconcile_at = paylinks_now()
        where merchant_id = paylinks_merchant() and mode = @Mode
            and coalesce(reconcile_lease_until <= paylinks_now(), true)
        """;

    public static async Task<IResult> ListAsync(
        bool? requested, ConsolePage page, Staff staff, NpgsqlDataSource database, CancellationToken cancellationToken)
    {
        await using var transaction = await database.BeginAsync(staff.MerchantId, cancellationToken);
        return page.Render<ReportsPage>(new ReportsModel(
            await transaction.StandingAsync(staff.Mode),
            await transaction.ReportsAsync(staff.Mode, ReportsShown),
            IsRequested: requested == true));
    }

    public static async Task<IResult> ShowAsync(
        string id, ConsolePage page, Staff staff, NpgsqlDataSource database, CancellationToken cancellationToken)
    {
        await using var transaction = await database.BeginAsync(staff.MerchantId, cancellationToken);
        return PublicId.TryParse(PublicId.Reconciliation, id, out var reportId)
            && await transaction.ReportAsync(staff.Mode, reportId) is { } report
                ? page.Render<ReportPage>(
                    new ReportModel(report, await transaction.ReportLinesAsync(reportId, LinesShown)))
                : page.NotFound();
    }

    public static async Task<IResult> RequestAsync(Staff staff, NpgsqlDataSource database, Wakeups wakeups)
    {
        await using var transaction = await database.BeginAsync(staff.MerchantId);
        await transaction.Connection.ExecuteAsync(RequestSql, new { staff.Mode });
        await transaction.CommitAsync();
        wakeups.Work(Wakeups.Reconciliation);
        return ConsoleResults.SeeOther("/settings/reconciliation?requested=true");
    }
}
