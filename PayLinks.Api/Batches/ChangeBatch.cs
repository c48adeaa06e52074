using Dapper;
using Npgsql;
using PayLinks.Api.Console;
using PayLinks.Api.SignIn;
using PayLinks.Core;
using PayLinks.Core.Database;

namespace PayLinks.Api.Batches;

/// <summary>Sets a batch going, or stops it. Doing either twice does it once.</summary>
internal static class ChangeBatch
{
    private const string ConfirmSql =
        """
        update batch set confirmed_at = paylinks_now(), confirmed_by = @Name, turn_at = paylinks_now()
        where merchant_id = paylinks_merchant() and mode = @Mode and id = @batchId
            and confirmed_at is null and cleared_at is null and wrong_count < row_count
        """;

    // Waits for the links that are being made this moment, and no more are.
    private const string CancelSql =
        """
        update batch set canceled_at = paylinks_now(), canceled_by = @Name, finished_at = paylinks_now()
        where merchant_id = paylinks_merchant() and mode = @Mode and id = @batchId
            and confirmed_at is not null and finished_at is null
        """;

    public static async Task<IResult> ConfirmAsync(
        string id, ConsolePage page, Staff staff, NpgsqlDataSource database, MakeBatches make)
    {
        var result = await ChangeAsync(ConfirmSql, id, page, staff, database);
        make.Wake();
        return result;
    }

    public static Task<IResult> CancelAsync(
        string id, ConsolePage page, Staff staff, NpgsqlDataSource database) =>
        ChangeAsync(CancelSql, id, page, staff, database);

    private static async Task<IResult> ChangeAsync(
        string sql, string id, ConsolePage page, Staff staff, NpgsqlDataSource database)
    {
        await using var transaction = await database.BeginAsync(staff.MerchantId);
        if (!PublicId.TryParse(PublicId.Batch, id, out var batchId)
            || await transaction.BatchAsync(staff.Mode, batchId) is null)
        {
            return page.NotFound();
        }

        await transaction.Connection.ExecuteAsync(sql, new { staff.Mode, staff.Actor.Name, batchId });
        await transaction.CommitAsync();
        return ConsoleResults.SeeOther(ConsoleBatches.PathOf(batchId));
    }
}
