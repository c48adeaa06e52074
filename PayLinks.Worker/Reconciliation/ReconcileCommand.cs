using Dapper;
using Npgsql;

namespace PayLinks.Worker.Reconciliation;

/// <summary><c>PayLinks.Worker reconcile</c>: compares the books of every account now.</summary>
internal static class ReconcileCommand
{
    public const string Name = "reconcile";

    /// <returns>0 when all books were compared and agree, 1 when they differ, 2 when a comparison broke off.</returns>
    public static async Task<int> RunAsync(WebApplication app)
    {
        var database = app.Services.GetRequiredService<NpgsqlDataSource>();
        var job = app.Services.GetRequiredService<ReconcileAccounts>();
        await using (var connection = await database.OpenConnectionAsync())
        {
            await connection.ExecuteAsync("select request_reconciliations()");
        }

        var outcomes = new List<ReconciliationOutcome>();
        while (await job.ReconcileNextAsync(CancellationToken.None) is { } outcome)
        {
            outcomes.Add(outcome);
        }

        System.Console.WriteLine(
            $"{Count(ReconciliationOutcome.Agreed)} accounts agree, {Count(ReconciliationOutcome.Differed)} differ, "
            + $"{Count(ReconciliationOutcome.Interrupted)} could not be compared");
        return Count(ReconciliationOutcome.Interrupted) > 0 ? 2 : Count(ReconciliationOutcome.Differed) > 0 ? 1 : 0;

        int Count(ReconciliationOutcome wanted) => outcomes.Count(outcome => outcome == wanted);
    }
}
