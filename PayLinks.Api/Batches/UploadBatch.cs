using Microsoft.AspNetCore.Http.Features;
using Npgsql;
using PayLinks.Api.Console;
using PayLinks.Api.Links;
using PayLinks.Api.SignIn;

namespace PayLinks.Api.Batches;

/// <summary>Takes a file and leads to what was found in it, or shows the form again and says why not.</summary>
internal static class UploadBatch
{
    public const int FileBytesMax = 8 * 1024 * 1024;

    /// <summary>The file with what a form puts around it.</summary>
    public const int RequestBytesMax = FileBytesMax + (64 * 1024);

    // A browser that is cut off while it sends shows no answer: so much is read to the end before it gets one.
    private const long ReadToTheEndMax = 8 * RequestBytesMax;

    private const int FileNameLengthMax = 255;

    public static async ValueTask<object?> RefuseTooLargeAsync(
        EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (http.Request.ContentLength is not > RequestBytesMax)
        {
            // A file stays in memory: what may stand in it must not be left behind on a disk.
            http.Features.Set<IFormFeature>(
                new FormFeature(http.Request, new FormOptions { MemoryBufferThreshold = RequestBytesMax }));
            return await next(context);
        }

        if (http.Request.ContentLength <= ReadToTheEndMax)
        {
            http.Features.GetRequiredFeature<IHttpMaxRequestBodySizeFeature>().MaxRequestBodySize = ReadToTheEndMax;
            await http.Request.Body.CopyToAsync(Stream.Null, http.RequestAborted);
        }

        return await ConsoleBatches.FormAsync(
            await ConsolePage.BindAsync(http), Staff.Of(http)!,
            http.RequestServices.GetRequiredService<NpgsqlDataSource>(),
            http.RequestServices.GetRequiredService<LinkLimits>(), new FlawedFile(FileFlaw.TooLarge),
            StatusCodes.Status413PayloadTooLarge, http.RequestAborted);
    }

    public static async Task<IResult> HandleAsync(
        HttpContext context, ConsolePage page, Staff staff, NpgsqlDataSource database, LinkLimits limits,
        StoreBatch store, CancellationToken cancellationToken)
    {
        var form = await context.Request.ReadFormAsync(cancellationToken);
        var posted = form.Files.GetFile("file");
        var bytes = posted is null ? [] : await ReadAsync(posted, cancellationToken);
        // A browser sends an empty file where none was chosen.
        var (file, flawed) = bytes.Length == 0
            ? (null, new FlawedFile(FileFlaw.NoFile))
            : ReadBatchFile.Read(bytes, limits.BatchRowsMax);
        if (file is null)
        {
            return await ConsoleBatches.FormAsync(
                page, staff, database, limits, flawed, StatusCodes.Status422UnprocessableEntity, cancellationToken);
        }

        var id = await store.ExecuteAsync(
            staff.Actor, file, NameOf(posted!.FileName), bytes, TypedLink.Of(form).Key, cancellationToken);
        return ConsoleResults.SeeOther(ConsoleBatches.PathOf(id));
    }

    private static async Task<byte[]> ReadAsync(IFormFile file, CancellationToken cancellationToken)
    {
        await using var stream = file.OpenReadStream();
        var bytes = new byte[file.Length];
        await stream.ReadExactlyAsync(bytes, cancellationToken);
        return bytes;
    }

    // Whatever is not fit to be shown is left out: only people tell batches apart by it.
    private static string NameOf(string sent)
    {
        var name = Path.GetFileName(sent.Replace('\\', '/')).Trim();
        return name.Length > 0 && CheckText.WhatIsWrong(name, FileNameLengthMax, isProse: true) is null
            ? name
            : "file.csv";
    }
}
