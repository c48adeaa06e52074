using System.Collections.Frozen;
using System.Text.Json.Nodes;
using System.Xml;
using PayLinks.Sandbox.Books;
using PayLinks.Sandbox.Callbacks;
using PayLinks.Sandbox.SendGrid;

namespace PayLinks.Sandbox.Control;

/// <summary>What makes a test's day worse: faults, odd callbacks, a moved clock, empty books.</summary>
internal static class OrderTrouble
{
    private const double SecondsMax = 3600;
    private const int CopiesMax = 100;

    private static readonly FrozenSet<string> FaultModes = FrozenSet.ToFrozenSet(
        "500 503 429 timeout reset garbled slow effect-then-500 effect-then-timeout none".Split(' '));

    private static readonly FrozenSet<string> CallbackModeNames =
        FrozenSet.ToFrozenSet("normal drop duplicate delay shuffle".Split(' '));

    internal sealed record FaultOrder(
        string Provider, string Mode, string Operation = "*",
        int Count = 1, double Probability = 1, double Seconds = 20);

    internal sealed record CallbackOrder(string Provider, string Mode, double? Factor = null);

    internal sealed record ClockOrder(string Advance);

    public static async Task<IResult> SetFaultAsync(HttpContext http, Faults faults)
    {
        var (order, unreadable) = await Input.ReadAsync<FaultOrder>(http);
        if (order is null)
        {
            return unreadable!;
        }

        if (!Operation.Known.TryGetValue(order.Provider, out var operations))
        {
            return UnknownProvider();
        }

        if (order.Operation != "*" && !operations.Contains(order.Operation))
        {
            return Input.Refuse($"operation must be * or one of {string.Join(", ", operations.Order())}.");
        }

        if (!FaultModes.Contains(order.Mode))
        {
            return Input.Refuse($"mode must be one of {string.Join(", ", FaultModes.Order())}.");
        }

        if (order.Count < 1 || order.Probability is not (> 0 and <= 1) || order.Seconds is not (>= 0 and <= SecondsMax))
        {
            return Input.Refuse("count must be at least 1, probability above 0 and at most 1, seconds from 0 to 3600.");
        }

        if (order.Mode == "none")
        {
            faults.Clear(order.Provider, order.Operation);
        }
        else
        {
            faults.Add(new Fault(
                order.Provider, order.Operation, order.Mode, order.Count, order.Probability, order.Seconds));
        }

        return ShowFaults(faults);
    }

    public static IResult ShowFaults(Faults faults) =>
        Answer.Json(200, new JsonArray([.. faults.Standing.Select(fault => (JsonNode)new JsonObject
        {
            ["provider"] = fault.Provider,
            ["operation"] = fault.Operation,
            ["mode"] = fault.Mode,
            ["count"] = fault.Count,
            ["probability"] = fault.Probability,
            ["seconds"] = fault.Seconds,
        })]));

    public static async Task<IResult> SetCallbackModeAsync(HttpContext http, CallbackModes modes)
    {
        var (order, unreadable) = await Input.ReadAsync<CallbackOrder>(http);
        if (order is null)
        {
            return unreadable!;
        }

        if (!Providers.All.Contains(order.Provider))
        {
            return UnknownProvider();
        }

        if (!CallbackModeNames.Contains(order.Mode))
        {
            return Input.Refuse($"mode must be one of {string.Join(", ", CallbackModeNames.Order())}.");
        }

        var factor = order.Factor ?? (order.Mode == "duplicate" ? 2 : 1);
        if (factor is not (>= 0 and <= SecondsMax)
            || (order.Mode == "duplicate" && (factor is < 1 or > CopiesMax || factor % 1 != 0)))
        {
            return Input.Refuse(
                "factor must be a number of copies from 1 to 100 (duplicate) or of seconds up to 3600.");
        }

        modes[order.Provider] = new CallbackMode(order.Mode, factor);
        return Answer.Json(200, new JsonObject
        {
            ["provider"] = order.Provider,
            ["mode"] = order.Mode,
            ["factor"] = factor,
        });
    }

    public static async Task<IResult> MoveClockAsync(HttpContext http, Ledger books, SandboxClock clock)
    {
        var (order, unreadable) = await Input.ReadAsync<ClockOrder>(http);
        if (order is null)
        {
            return unreadable!;
        }

        TimeSpan advance;
        try
        {
            advance = XmlConvert.ToTimeSpan(order.Advance);
        }
        catch (Exception exception) when (exception is FormatException or OverflowException)
        {
            return Input.Refuse("advance must be an ISO 8601 duration such as PT1H.");
        }

        if (advance < TimeSpan.Zero || advance > TimeSpan.FromDays(3660))
        {
            return Input.Refuse("The clock moves forward only, by ten years at most.");
        }

        books.Do(b =>
        {
            clock.Advance(advance);
            b.Clock.Put(new ClockMoved(clock.Offset));
        });
        return ShowClock(clock);
    }

    public static IResult ShowClock(SandboxClock clock) => Answer.Json(200, new JsonObject
    {
        ["now"] = clock.Now.UtcDateTime,
        ["ahead"] = XmlConvert.ToString(clock.Offset),
    });

    /// <summary>Empties the books and puts everything back to how a first start finds it, the clock included.</summary>
    public static IResult Reset(
        Ledger books, SandboxClock clock, Agenda agenda, Faults faults, CallbackModes modes, EventBatches events)
    {
        agenda.Clear();
        books.Clear();
        events.Clear();
        faults.Clear();
        modes.Clear();
        clock.Restore(TimeSpan.Zero);
        return Results.NoContent();
    }

    private static IResult UnknownProvider() =>
        Input.Refuse($"provider must be one of {string.Join(", ", Providers.All)}.");
}
