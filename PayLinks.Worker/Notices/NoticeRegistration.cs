using System.Net;
using Microsoft.Extensions.Options;

namespace PayLinks.Worker.Notices;

internal static class NoticeRegistration
{
    private const int AnswerHeadersKilobytes = 16;

    public static IServiceCollection AddNotices(this IServiceCollection services)
    {
        services.AddOptions<NoticeOptions>().BindConfiguration("Notices")
            .ValidateDataAnnotations()
            .Validate(
                options => options.LeaseSeconds > options.ExchangeSeconds,
                "Notices:LeaseSeconds must be longer than Notices:ExchangeSeconds.")
            .ValidateOnStart();
        services.AddSingleton(provider => provider.GetRequiredService<IOptions<NoticeOptions>>().Value);
        services.AddSingleton<Resolve>(Dns.GetHostAddressesAsync);
        services.AddSingleton<DialPublicly>();
        services.AddHttpClient(PostNotice.HttpName, http => http.Timeout = Timeout.InfiniteTimeSpan)
            .RemoveAllLoggers() // Addresses may hold a receiver's secrets.
            .UseSocketsHttpHandler((handler, provider) =>
            {
                handler.ConnectCallback = provider.GetRequiredService<DialPublicly>().ConnectAsync;
                handler.UseProxy = false; // It would dial in our place, and ask nobody.
                handler.AllowAutoRedirect = false;
                handler.UseCookies = false;
                handler.MaxResponseHeadersLength = AnswerHeadersKilobytes;
                handler.MaxResponseDrainSize = 0;
                handler.PooledConnectionLifetime = TimeSpan.FromMinutes(2);
                handler.ActivityHeadersPropagator = null;
            });
        services.AddSingleton<LoadNotice>();
        services.AddSingleton<PostNotice>();
        services.AddSingleton<WriteAttempt>();
        services.AddSingleton<NoticeMetrics>();
        services.AddSingleton<DeliverNotices>().AddJob(provider => provider.GetRequiredService<DeliverNotices>());
        return services;
    }
}
