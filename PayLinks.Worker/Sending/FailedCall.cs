using PayLinks.Core.Messages;
using Polly.CircuitBreaker;
using Polly.Timeout;

namespace PayLinks.Worker.Sending;

/// <summary>What an exception of a call to a provider says about the message.</summary>
internal static class FailedCall
{
    private static readonly SendOutcome NeverLeft =
        new SendOutcome.NotNow(Obstacle.Unreachable, DeliveryReason.ProviderUnavailable);

    /// <returns>Null for an exception that is no failed call, hence a bug.</returns>
    public static SendOutcome? OutcomeOf(Exception error) => error switch
    {
        BrokenCircuitException => NeverLeft,
        HttpRequestException
        {
            HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError
                or HttpRequestError.SecureConnectionError
        } => NeverLeft,
        HttpRequestException or IOException => new SendOutcome.Lost(Loss.Break),
        OperationCanceledException or TimeoutRejectedException => new SendOutcome.Lost(Loss.Silence),
        _ => null,
    };
}
