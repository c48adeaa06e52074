using System.Globalization;
using System.Text;
using PayLinks.Sandbox.Books;

namespace PayLinks.Sandbox.Callbacks;

/// <summary>
/// Posts callbacks to PayLinks as the providers do, and again by their schedules until they are acknowledged.
/// </summary>
internal sealed partial class CallbackSender(
    Ledger books, Agenda agenda, SandboxClock clock, CallbackModes modes, SandboxOptions options,
    SendGridSigner signer, ILogger<CallbackSender> logger) : IDisposable
{
    /// <summary>How long each provider waits for an answer, in real time.</summary>
    public static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(15);

    private readonly SemaphoreSlim _lines = new(64);

    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false, UseCookies = false })
    {
        Timeout = AnswerWithin,
    };

    /// <summary>
    /// Notes a form post and sends it when its time has come; inside a step of the books it is part of it.
    /// </summary>
    public void PostForm(
        string provider, string url, IReadOnlyDictionary<string, string> form, TimeSpan wait = default) =>
        Plan(provider, url, form, json: null, wait);

    public void PostJson(string provider, string url, string json) =>
        Plan(provider, url, form: null, json, TimeSpan.Zero);

    /// <summary>Makes the first call at once and waits for it; a failed one is repeated by the schedule.</summary>
    public async Task PostFormNowAsync(
        string provider, string url, IReadOnlyDictionary<string, string> form, CancellationToken cancellationToken)
    {
        if (modes[provider].Mode is "normal")
        {
            var callback = new Callback(Ids.New("cb_"), provider, url, form, Json: null, clock.Now, AttemptsMade: 0);
            books.Do(b => b.Callbacks.Put(callback));
            await AttemptAsync(callback.Id, cancellationToken);
            return;
        }

        PostForm(provider, url, form);
    }

    /// <summary>Takes up what an earlier run has left unsent.</summary>
    public void Resume() => books.Do(b =>
    {
        foreach (var callback in b.Callbacks.OldestFirst())
        {
            Schedule(callback);
        }
    });

    public void Dispose()
    {
        _http.Dispose();
        _lines.Dispose();
    }

    private void Plan(
        string provider, string url, IReadOnlyDictionary<string, string>? form, string? json, TimeSpan wait)
    {
        foreach (var further in modes.Waits(provider))
        {
            var due = clock.Now + wait + further;
            var callback = new Callback(Ids.New("cb_"), provider, url, form, json, due, AttemptsMade: 0);
            books.Do(b => b.Callbacks.Put(callback));
            Schedule(callback);
        }
    }

    private void Schedule(Callback callback)
    {
        if (RetrySchedule.Next(callback) is { } due)
        {
            agenda.At(due, stopping => AttemptAsync(callback.Id, stopping));
        }
    }

    private async Task AttemptAsync(string id, CancellationToken cancellationToken)
    {
        var callback = books.Do(b => b.Callbacks.TryFind(id, out var found) ? found : null);
        if (callback is null)
        {
            return;
        }

        var status = await CallAsync(callback, cancellationToken);
        var made = callback with { AttemptsMade = callback.AttemptsMade + 1 };
        var isOver = RetrySchedule.IsAcknowledged(callback.Provider, status) || RetrySchedule.Next(made) is null;
        books.Do(b =>
        {
            if (!b.Callbacks.TryFind(id, out _))
            {
                // The books were reset while it was under way.
                return;
            }

            if (isOver)
            {
                b.Callbacks.Remove(id);
                return;
            }

            b.Callbacks.Put(made);
            Schedule(made);
        });

        if (!RetrySchedule.IsAcknowledged(callback.Provider, status))
        {
            LogRefused(logger, callback.Provider, made.AttemptsMade, status);
        }
    }

    /// <returns>The status of the answer, or nothing when none came.</returns>
    private async Task<int?> CallAsync(Callback callback, CancellationToken cancellationToken)
    {
        await _lines.WaitAsync(cancellationToken);
        try
        {
            using var request = Request(callback);
            using var response = await _http.SendAsync(request, cancellationToken);
            return (int)response.StatusCode;
        }
        catch (HttpRequestException)
        {
            return null;
        }
        catch (TaskCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
        finally
        {
            _lines.Release();
        }
    }

    private HttpRequestMessage Request(Callback callback)
    {
        // A fragment carries Twilio's connection settings; it is neither sent nor signed.
        var url = callback.Url.Split('#')[0];
        var request = new HttpRequestMessage(HttpMethod.Post, url);
        if (callback.Json is { } json)
        {
            var timestamp = clock.Wall.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
            request.Content = new StringContent(json, Encoding.UTF8, "application/json");
            request.Headers.Add("X-Twilio-Email-Event-Webhook-Timestamp", timestamp);
            request.Headers.Add("X-Twilio-Email-Event-Webhook-Signature", signer.Sign(timestamp, json));
            request.Headers.TryAddWithoutValidation("User-Agent", "SendGrid Event API");
            return request;
        }

        request.Content = new FormUrlEncodedContent(callback.Form!);
        if (callback.Provider == Providers.Twilio)
        {
            request.Headers.Add(
                "X-Twilio-Signature", TwilioSignature.Sign(options.TwilioAuthToken, url, callback.Form!));
            request.Headers.Add("I-Twilio-Idempotency-Token", callback.Id);
            request.Headers.TryAddWithoutValidation("User-Agent", "TwilioProxy/1.1");
            return request;
        }

        request.Headers.TryAddWithoutValidation("User-Agent", "Mollie HTTP client/1.0");
        return request;
    }

    [LoggerMessage(Level = LogLevel.Information,
        Message = "A callback of {Provider} was not acknowledged: attempt {Attempt}, status {Status}")]
    private static partial void LogRefused(ILogger logger, string provider, int attempt, int? status);
}
