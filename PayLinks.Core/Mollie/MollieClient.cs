using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http.Resilience;
using PayLinks.Core.Providers;
using Polly;
using Polly.Timeout;

namespace PayLinks.Core.Mollie;

/// <summary>
/// The calls of Mollie's API v2 that PayLinks makes, and no others. The key belongs to a merchant, so each call
/// takes it.
/// </summary>
public sealed class MollieClient(HttpClient http)
{
    /// <summary>The bytes to post for a new payment; kept, so that the identical request can be repeated.</summary>
    public static byte[] Write(NewMolliePayment payment) =>
        JsonSerializer.SerializeToUtf8Bytes(payment, MollieJson.Default.NewMolliePayment);

    /// <param name="request">The output of <see cref="Write"/>, the same bytes for the same key.</param>
    /// <param name="idempotencyKey">Mollie answers a repetition within an hour with the first answer.</param>
    public Task<MollieAnswer<MolliePayment>> CreatePaymentAsync(
        string key, byte[] request, string idempotencyKey, CancellationToken cancellationToken) =>
        PostAsync("payments", key, request, idempotencyKey, MollieJson.Default.MolliePayment, cancellationToken);

    /// <summary>A payment with what of it went back.</summary>
    public Task<MollieAnswer<MolliePayment>> GetPaymentAsync(
        string key, string id, CancellationToken cancellationToken) =>
        SendAsync(
            HttpMethod.Get, $"payments/{id}?embed=refunds,chargebacks", key,
            MollieJson.Default.MolliePayment, cancellationToken);

    /// <summary>Cancels a payment that Mollie calls cancelable; others are refused with 422.</summary>
    public Task<MollieAnswer<MolliePayment>> CancelPaymentAsync(
        string key, string id, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Delete, $"payments/{id}", key, MollieJson.Default.MolliePayment, cancellationToken);

    /// <summary>A page of payments, newest first.</summary>
    /// <param name="from">The id to begin with (itself included), or null for the newest.</param>
    public Task<MollieAnswer<MolliePaymentList>> ListPaymentsAsync(
        string key, string? from, CancellationToken cancellationToken) =>
        SendAsync(
            HttpMethod.Get, Page("payments", from), key, MollieJson.Default.MolliePaymentList, cancellationToken);

    /// <summary>A page of the refunds of all payments, newest first.</summary>
    /// <param name="from">The id to begin with (itself included), or null for the newest.</param>
    public Task<MollieAnswer<MollieReturnList>> ListAllRefundsAsync(
        string key, string? from, CancellationToken cancellationToken) =>
        SendAsync(
            HttpMethod.Get, Page("refunds", from), key, MollieJson.Default.MollieReturnList, cancellationToken);

    /// <summary>A page of the chargebacks of all payments, newest first.</summary>
    /// <param name="from">The id to begin with (itself included), or null for the newest.</param>
    public Task<MollieAnswer<MollieReturnList>> ListChargebacksAsync(
        string key, string? from, CancellationToken cancellationToken) =>
        SendAsync(
            HttpMethod.Get, Page("chargebacks", from), key, MollieJson.Default.MollieReturnList, cancellationToken);

    /// <param name="refund">The same words for the same key.</param>
    /// <param name="idempotencyKey">Mollie answers a repetition within an hour with the first answer.</param>
    public Task<MollieAnswer<MollieRefund>> CreateRefundAsync(
        string key, string paymentId, NewMollieRefund refund, string idempotencyKey,
        CancellationToken cancellationToken) =>
        PostAsync(
            $"payments/{paymentId}/refunds", key,
            JsonSerializer.SerializeToUtf8Bytes(refund, MollieJson.Default.NewMollieRefund), idempotencyKey,
            MollieJson.Default.MollieRefund, cancellationToken);

    /// <summary>A payment's refunds; Mollie holds no more of them than fit one page.</summary>
    public Task<MollieAnswer<MollieReturnList>> ListRefundsAsync(
        string key, string paymentId, CancellationToken cancellationToken) =>
        SendAsync(
            HttpMethod.Get, $"payments/{paymentId}/refunds?limit=250", key,
            MollieJson.Default.MollieReturnList, cancellationToken);

    /// <summary>Cancels a refund that is still queued or pending; others are refused.</summary>
    public Task<MollieAnswer<MollieNothing>> CancelRefundAsync(
        string key, string paymentId, string id, CancellationToken cancellationToken) =>
        SendAsync(
            HttpMethod.Delete, $"payments/{paymentId}/refunds/{id}", key,
            MollieJson.Default.MollieNothing, cancellationToken);

    /// <summary>The profile that the key belongs to; tells at the same time whether the key is good.</summary>
    public Task<MollieAnswer<MollieProfile>> GetProfileAsync(string key, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Get, "profiles/me", key, MollieJson.Default.MollieProfile, cancellationToken);

    /// <summary>
    /// The ways to pay that a profile has switched on, wallets among them. Without an amount those that take euros,
    /// whatever the amount; other currencies are only told together with one.
    /// </summary>
    public Task<MollieAnswer<MollieMethodList>> ListMethodsAsync(
        string key, Money? amount, CancellationToken cancellationToken) =>
        SendAsync(
            HttpMethod.Get,
            "methods?resource=payments&includeWallets=applepay,googlepay"
                + (amount is { } asked ? $"&amount[value]={asked.Value}&amount[currency]={asked.Currency.Code}" : ""),
            key, MollieJson.Default.MollieMethodList, cancellationToken);

    private static string Page(string list, string? from) => $"{list}?limit=250{(from is null ? "" : $"&from={from}")}";

    private Task<MollieAnswer<T>> PostAsync<T>(
        string path, string key, byte[] body, string idempotencyKey, JsonTypeInfo<T> type,
        CancellationToken cancellationToken)
    {
        var message = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new ByteArrayContent(body)
            {
                Headers = { ContentType = new MediaTypeHeaderValue("application/json", "utf-8") },
            },
        };
        message.Headers.Add("Idempotency-Key", idempotencyKey);
        return SendAsync(message, key, type, cancellationToken);
    }

    private Task<MollieAnswer<T>> SendAsync<T>(
        HttpMethod method, string path, string key, JsonTypeInfo<T> type, CancellationToken cancellationToken) =>
        SendAsync(new HttpRequestMessage(method, path), key, type, cancellationToken);

    private async Task<MollieAnswer<T>> SendAsync<T>(
        HttpRequestMessage request, string key, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        using (request)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
            try
            {
                using var response = await http.SendAsync(request, cancellationToken);
                var body = await response.Content.ReadAsByteArrayAsync(cancellationToken);
                return Read(response.StatusCode, body, type);
            }
            catch (ExecutionRejectedException error)
            {
                return new MollieAnswer<T>.Unavailable(MayHaveHappened: error is TimeoutRejectedException);
            }
            catch (HttpRequestException error) when (error.HttpRequestError
                is HttpRequestError.ConnectionError
                or HttpRequestError.NameResolutionError
                or HttpRequestError.SecureConnectionError)
            {
                return new MollieAnswer<T>.Unavailable(MayHaveHappened: false);
            }
            catch (Exception error) when (error is HttpRequestException or IOException
                || (error is OperationCanceledException && !cancellationToken.IsCancellationRequested))
            {
                return new MollieAnswer<T>.Unavailable(MayHaveHappened: true);
            }
        }
    }

    private static MollieAnswer<T> Read<T>(HttpStatusCode status, byte[] body, JsonTypeInfo<T> type)
    {
        try
        {
            if ((int)status is >= 200 and < 300)
            {
                return JsonSerializer.Deserialize(body is [] ? "{}"u8 : body, type) is { } value
                    ? new MollieAnswer<T>.Done(value)
                    : new MollieAnswer<T>.Unavailable(MayHaveHappened: true);
            }

            if (status is HttpStatusCode.Conflict)
            {
                return new MollieAnswer<T>.Conflicted();
            }

            // 429 was turned away at the door.
            if (status is HttpStatusCode.TooManyRequests)
            {
                return new MollieAnswer<T>.Unavailable(MayHaveHappened: false);
            }

            if ((int)status is >= 400 and < 500 && status is not HttpStatusCode.RequestTimeout)
            {
                return new MollieAnswer<T>.Refused(
                    JsonSerializer.Deserialize(body, MollieJson.Default.MollieError) ?? new MollieError((int)status));
            }
        }
        catch (JsonException)
        {
            // Something between us and Mollie answered in its place.
        }

        return new MollieAnswer<T>.Unavailable(MayHaveHappened: true);
    }
}

public static class MollieRegistration
{
    /// <summary>
    /// Registers the client with time-outs, retries of reads, and a breaker; <c>Mollie:BaseUrl</c> ends in
    /// <c>/v2/</c>.
    /// </summary>
    public static IServiceCollection AddMollie(this IServiceCollection services, IConfiguration configuration)
    {
        var baseUrl = configuration["Mollie:BaseUrl"]
            ?? throw new InvalidOperationException("Mollie:BaseUrl is missing.");
        services.AddHttpClient<MollieClient>(http => http.BaseAddress = new Uri(baseUrl))
            .AddWatch(Provider.Mollie)
            .AddStandardResilienceHandler()
            .Configure((options, services) =>
            {
                // A create is repeated by whoever holds its Idempotency-Key, never blindly here.
                options.Retry.DisableForUnsafeHttpMethods();
                options.Retry.MaxRetryAttempts = 1;
                options.Retry.Delay = TimeSpan.FromMilliseconds(200);
                options.AttemptTimeout.Timeout = TimeSpan.FromSeconds(8);
                options.TotalRequestTimeout.Timeout = TimeSpan.FromSeconds(12);
                options.CircuitBreaker.SamplingDuration = TimeSpan.FromSeconds(20);
                options.CircuitBreaker.BreakFor(Provider.Mollie, services.GetRequiredService<ProviderWatch>());
            });
        services.AddSingleton<MollieAccounts>();
        return services;
    }
}
