using Microsoft.Extensions.Http.Resilience;
using Microsoft.Extensions.Options;
using PayLinks.Core.Messages;
using PayLinks.Core.Providers;
using PayLinks.Worker.Emails;
using PayLinks.Worker.SendGrid;
using PayLinks.Worker.Twilio;
using Polly;

namespace PayLinks.Worker.Sending;

internal static class SendingRegistration
{
    public static IServiceCollection AddSending(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddChecked<SendingOptions>("Sending");
        services.AddChecked<TwilioOptions>("Twilio");
        services.AddChecked<SendGridOptions>("SendGrid");
        services.AddProvider(TwilioClient.HttpName, Provider.Twilio, configuration["Twilio:BaseUrl"]);
        services.AddProvider(SendGridEmail.HttpName, Provider.SendGrid, configuration["SendGrid:BaseUrl"]);
        services.AddSingleton<ISmsProvider, TwilioClient>();
        services.AddSingleton<IEmailProvider, SendGridEmail>();

        services.AddSingleton<OpenSecrets>();
        services.AddSingleton<WriteEmail>();
        services.AddSingleton<SendSms>();
        services.AddSingleton<SendEmail>();
        services.AddSingleton<RetrySchedule>();
        services.AddSingleton<SetupAlarm>();
        services.AddSingleton<SendingMetrics>();
        services.AddSingleton<WriteOutcomes>();

        services.AddDelivery(MessageChannel.Sms, provider => provider.GetRequiredService<SendSms>().PrepareAsync);
        services.AddDelivery(MessageChannel.Email, provider => provider.GetRequiredService<SendEmail>().PrepareAsync);
        services.AddSingleton<GiveUpDeadLeases>().AddJob(provider => provider.GetRequiredService<GiveUpDeadLeases>());
        services.AddSingleton<FallBack>().AddJob(provider => provider.GetRequiredService<FallBack>());
        services.AddSingleton<Remind>().AddJob(provider => provider.GetRequiredService<Remind>());
        services.AddSingleton<AlertBudgets>().AddJob(provider => provider.GetRequiredService<AlertBudgets>());
        services.AddSingleton<LookUpUnknownSms>().AddJob(provider => provider.GetRequiredService<LookUpUnknownSms>());
        services.AddSingleton<MeasureMessages>().AddJob(provider => provider.GetRequiredService<MeasureMessages>());
        return services;
    }

    private static void AddDelivery(
        this IServiceCollection services, MessageChannel channel, Func<IServiceProvider, Prepare> prepare)
    {
        services.AddKeyedSingleton(channel, (provider, _) =>
            ActivatorUtilities.CreateInstance<DeliverMessages>(provider, channel, prepare(provider)));
        services.AddJob(provider => provider.GetRequiredKeyedService<DeliverMessages>(channel));
    }

    private static void AddChecked<TOptions>(this IServiceCollection services, string section)
        where TOptions : class
    {
        services.AddOptions<TOptions>().BindConfiguration(section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton(provider => provider.GetRequiredService<IOptions<TOptions>>().Value);
    }

    // A breaker for each provider and no retry: only who knows whether a message has left may send it again.
    private static void AddProvider(
        this IServiceCollection services, string name, Provider provider, string? baseUrl) =>
        services.AddHttpClient(name, http =>
            {
                http.BaseAddress = baseUrl is null ? null : new Uri(baseUrl);
                http.Timeout = Timeout.InfiniteTimeSpan; // Each call brings its own.
            })
            .RemoveAllLoggers() // Addresses hold phone numbers.
            .UseSocketsHttpHandler((handler, _) =>
            {
                handler.PooledConnectionLifetime = TimeSpan.FromMinutes(2);
                handler.ConnectTimeout = TimeSpan.FromSeconds(3);
                handler.AllowAutoRedirect = false; // It would post again, to somebody else.
            })
            .AddWatch(provider)
            .AddResilienceHandler(name, (pipeline, context) =>
            {
                var breaker = new HttpCircuitBreakerStrategyOptions { SamplingDuration = TimeSpan.FromSeconds(10) };
                breaker.BreakFor(provider, context.ServiceProvider.GetRequiredService<ProviderWatch>());
                pipeline.AddCircuitBreaker(breaker);
            });
}
