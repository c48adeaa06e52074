using System.Runtime.CompilerServices;
using PayLinks.Sandbox.Books;

namespace PayLinks.Sandbox.Page;

internal static class PageEndpoints
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(150);

    public static void MapPage(this WebApplication app)
    {
        app.MapGet("/", LivePage.Show);
        app.MapGet("/page/email/{id}", EmailFrame.Show);
        app.MapPost("/page/reply", AnswerSms.HandleAsync);
        app.MapGet("/page/changes", (Ledger books, IHostApplicationLifetime host, CancellationToken aborted) =>
            TypedResults.ServerSentEvents(ChangesAsync(books, host.ApplicationStopping, aborted)));
        app.MapGet("/assets/{name}", Assets.File);
    }

    /// <summary>Says that the books have changed, not how: the page fetches itself anew.</summary>
    private static async IAsyncEnumerable<long> ChangesAsync(
        Ledger books, CancellationToken stopping, [EnumeratorCancellation] CancellationToken aborted)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stopping, aborted);
        using var timer = new PeriodicTimer(LookEvery);
        var seen = -1L;
        while (!either.IsCancellationRequested)
        {
            if (books.Version != seen)
            {
                seen = books.Version;
                yield return seen;
            }

            if (!await WaitAsync(timer, either.Token))
            {
                yield break;
            }
        }
    }

    private static async Task<bool> WaitAsync(PeriodicTimer timer, CancellationToken cancellationToken)
    {
        try
        {
            return await timer.WaitForNextTickAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
