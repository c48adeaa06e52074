using System.Threading.Channels;

namespace PayLinks.Api.Batches;

/// <summary>
/// Makes the links of confirmed batches for as long as the host lives: at once when somebody here confirms one, and
/// every so often in case another process died over its own.
/// </summary>
internal sealed partial class MakeBatches(MakeBatch make, TimeProvider clock, ILogger<MakeBatches> logger)
    : BackgroundService
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(5);

    private readonly Channel<bool> _confirmed =
        Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>A batch has been confirmed.</summary>
    public void Wake() => _confirmed.Writer.TryWrite(true);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                while (await make.RunOnceAsync(stoppingToken))
                {
                }
            }
#pragma warning disable CA1031 // Whatever goes wrong, the rows are still there, and the next look finds them.
            catch (Exception error) when (!stoppingToken.IsCancellationRequested)
#pragma warning restore CA1031
            {
                LogFailed(logger, error);
            }

            await WaitAsync(stoppingToken);
        }
    }

    private async Task WaitAsync(CancellationToken stoppingToken)
    {
        using var patience = new CancellationTokenSource(LookEvery, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, stoppingToken);
        try
        {
            await _confirmed.Reader.ReadAsync(either.Token);
        }
        catch (OperationCanceledException) when (!stoppingToken.IsCancellationRequested)
        {
            // Nobody has confirmed anything here: time to look for what others left.
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Making links of a batch failed; they are made after a pause")]
    private static partial void LogFailed(ILogger logger, Exception error);
}
