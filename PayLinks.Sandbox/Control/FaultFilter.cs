namespace PayLinks.Sandbox.Control;

/// <summary>
/// Stands before a provider's operations and lets them fail as ordered. It is outside of the idempotency keys: what
/// fails after its effect has its first answer kept, as at the provider.
/// </summary>
internal sealed class FaultFilter(Faults faults, Func<int, Answer> providersError) : IEndpointFilter
{
    /// <summary>Where an answer that is only slow finds how long to wait, inside of the idempotency keys.</summary>
    private const string SlowItem = "slow";

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var operation = http.GetEndpoint()?.Metadata.GetMetadata<Operation>();
        if (operation is null || faults.Strike(operation.Provider, operation.Name) is not { } fault)
        {
            return await next(context);
        }

        switch (fault.Mode)
        {
            case "500" or "503":
                return providersError(int.Parse(fault.Mode, System.Globalization.CultureInfo.InvariantCulture));
            case "429":
                return providersError(429).With("Retry-After", "1");
            case "timeout":
                return await HangUpAsync(http, fault.Hold);
            case "reset":
                return await HangUpAsync(http, TimeSpan.Zero);
            case "garbled":
                return Garble(await next(context));
            case "slow":
                http.Items[SlowItem] = fault.Hold;
                return await next(context);
            case "effect-then-500":
                await next(context);
                return providersError(500);
            case "effect-then-timeout":
                await next(context);
                return await HangUpAsync(http, fault.Hold);
            default:
                throw new InvalidOperationException($"There is no fault called {fault.Mode}.");
        }
    }

    /// <summary>Waits as long as a slow fault asks for; the caller's hanging up ends the wait, not the work.</summary>
    public static async Task WaitIfSlowAsync(HttpContext http)
    {
        if (http.Items.TryGetValue(SlowItem, out var hold))
        {
            await WaitAsync(http, (TimeSpan)hold!);
        }
    }

    private static async Task<object?> HangUpAsync(HttpContext http, TimeSpan after)
    {
        await WaitAsync(http, after);
        http.Abort();
        return Results.Empty;
    }

    private static async Task WaitAsync(HttpContext http, TimeSpan hold)
    {
        try
        {
            await Task.Delay(hold, TimeProvider.System, http.RequestAborted);
        }
        catch (OperationCanceledException)
        {
            // The caller has hung up first.
        }
    }

    /// <summary>The status stays, the body breaks off half-way and ends in noise.</summary>
    private static Answer Garble(object? result) => result is Answer { Body.Length: > 0 } answer
        ? answer with { Body = [.. answer.Body.AsSpan(0, answer.Body.Length / 2), .. "\u0000}{<"u8] }
        : Answer.Text(200, "<html>garbled", "text/html");
}
