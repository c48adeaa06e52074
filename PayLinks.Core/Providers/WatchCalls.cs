using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http.Resilience;

namespace PayLinks.Core.Providers;

/// <summary>Stands before everything else that a call to a provider passes, and tells the watch how it went.</summary>
internal sealed class WatchCalls(ProviderWatch watch, Provider provider) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var call = watch.Begin(provider);
        bool? gotThrough = false;
        try
        {
            var response = await base.SendAsync(request, cancellationToken);
            gotThrough = GotThrough(request.Method, response.StatusCode);
            return response;
        }
        finally
        {
            watch.End(provider, call, gotThrough);
        }
    }

    // A key of Mollie's is a merchant's, so that one that is refused is that merchant's trouble alone. That messages
    // can be looked up does not mean that they can be sent.
    private bool? GotThrough(HttpMethod method, HttpStatusCode status) => status switch
    {
        >= HttpStatusCode.InternalServerError or HttpStatusCode.RequestTimeout => false,
        HttpStatusCode.Unauthorized when provider is not Provider.Mollie => false,
        _ when provider is not Provider.Mollie && method == HttpMethod.Get => null,
        _ => true,
    };
}

public static class WatchedCalls
{
    /// <summary>Lets the calls of this client be watched; add it before anything that may end a call.</summary>
    public static IHttpClientBuilder AddWatch(this IHttpClientBuilder client, Provider provider) =>
        client.AddHttpMessageHandler(services =>
            new WatchCalls(services.GetRequiredService<ProviderWatch>(), provider));

    /// <summary>
    /// A breaker that opens when half of the calls fail: one that fails now and then is still to be used. After two
    /// seconds one call is let through to see, so that whoever waits learns soon that it is over.
    /// </summary>
    public static void BreakFor(
        this HttpCircuitBreakerStrategyOptions breaker, Provider provider, ProviderWatch watch)
    {
        breaker.FailureRatio = 0.5;
        breaker.MinimumThroughput = 20;
        breaker.BreakDuration = TimeSpan.FromSeconds(2);
        breaker.OnOpened = _ => Tell(BreakerState.Open);
        breaker.OnHalfOpened = _ => Tell(BreakerState.HalfOpen);
        breaker.OnClosed = _ => Tell(BreakerState.Closed);

        ValueTask Tell(BreakerState state)
        {
            watch.Broke(provider, state);
            return ValueTask.CompletedTask;
        }
    }
}
