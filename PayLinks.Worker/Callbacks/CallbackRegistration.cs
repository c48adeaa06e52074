using Microsoft.Extensions.Options;

namespace PayLinks.Worker.Callbacks;

internal static class CallbackRegistration
{
    public static IServiceCollection AddCallbacks(this IServiceCollection services)
    {
        services.AddOptions<CallbackOptions>().BindConfiguration("Callbacks")
            .ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton(provider => provider.GetRequiredService<IOptions<CallbackOptions>>().Value);
        services.AddSingleton<SendOnceMore>();
        services.AddSingleton<ApplyCallbacks>().AddJob(provider => provider.GetRequiredService<ApplyCallbacks>());
        return services;
    }
}
