using Npgsql;
using PayLinks.Api.Console;
using PayLinks.Api.Csv;
using PayLinks.Api.Events;
using PayLinks.Api.Links;
using PayLinks.Api.SignIn;
using PayLinks.Core;
using PayLinks.Core.Database;

namespace PayLinks.Api.Batches;

/// <param name="FormKey">Posting a file twice by the same form makes one batch.</param>
/// <param name="Flaw">Why the file that was posted is of no use.</param>
public sealed record BatchesModel(
    IReadOnlyList<BatchView> Batches, string FormKey, int RowsMax, FlawedFile? Flaw = null);

/// <param name="Errors">The first rows that are no links, and why, as kept.</param>
/// <param name="Repeated">References that the file has more than once.</param>
/// <param name="ConfirmedBefore">When links were made of the same file.</param>
/// <param name="SegmentsPerDay">The merchant's budget for texts.</param>
public sealed record BatchModel(
    BatchView Batch, string? Maker, IReadOnlyList<(int Line, string Errors)> Errors,
    IReadOnlyList<RepeatedReference> Repeated, DateTimeOffset? ConfirmedBefore, int SegmentsPerDay, FeedPlace Live);

/// <summary>Shows the form that takes a file, the batches so far, and how each of them stands.</summary>
internal static class ConsoleBatches
{
    public const string Path = "/links/batch";
    public const int ErrorsShown = 100;

    private const int BatchesShown = 25;
    private const int RepeatedShown = 20;

    public static string PathOf(Guid id) => $"{Path}/{PublicId.Format(PublicId.Batch, id)}";

    public static Task<IResult> ListAsync(
        ConsolePage page, Staff staff, NpgsqlDataSource database, LinkLimits limits,
        CancellationToken cancellationToken) =>
        FormAsync(page, staff, database, limits, null, StatusCodes.Status200OK, cancellationToken);

    public static async Task<IResult> FormAsync(
        ConsolePage page, Staff staff, NpgsqlDataSource database, LinkLimits limits, FlawedFile? flawed, int status,
        CancellationToken cancellationToken)
    {
        await using var transaction = await database.BeginAsync(staff.MerchantId, cancellationToken);
        var batches = await transaction.BatchesAsync(staff.Mode, BatchesShown);
        return page.Render<BatchesPage>(
            new BatchesModel(batches, TypedLink.NewKey(), limits.BatchRowsMax, flawed), status);
    }

    public static async Task<IResult> ShowAsync(
        string id, ConsolePage page, Staff staff, NpgsqlDataSource database, CancellationToken cancellationToken)
    {
        await using var transaction = await database.BeginAsync(staff.MerchantId, cancellationToken);
        if (!PublicId.TryParse(PublicId.Batch, id, out var batchId)
            || await transaction.BatchAsync(staff.Mode, batchId) is not { } batch)
        {
            return page.NotFound();
        }

        var isNew = batch.State == BatchState.Checked;
        return page.Render<BatchPage>(new BatchModel(
            batch,
            (await transaction.StaffNamesAsync()).GetValueOrDefault(batch.CreatedBy),
            await transaction.RowErrorsAsync(batchId, ErrorsShown),
            isNew ? await transaction.RepeatedReferencesAsync(batchId, RepeatedShown) : [],
            isNew ? await transaction.ConfirmedBeforeAsync(batchId) : null,
            await transaction.SegmentsPerDayAsync(),
            await transaction.FeedPlaceAsync()));
    }

    /// <summary>A file that is right, in the language of the page, to be filled in.</summary>
    public static IResult Example(ConsolePage page) => new CsvAnswer(
        page.Words.Batches.ExampleFile,
        [.. BatchColumns.All.Select(page.Words.Batches.Heading)],
        page.Words.Batches.ExampleRows
            .Select(row => (IReadOnlyList<CsvCell>)[.. row.Select(CsvCell.Own)]).ToAsyncEnumerable());
}
