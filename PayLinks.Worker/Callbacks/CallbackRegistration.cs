namespace PayLinks.Worker.Callbacks;

internal static class CallbackRegistration
{
    public static IServiceCollection AddCallbacks(this IServiceCollection services) => services
        .AddSingleton<SendOnceMore>()
        .AddSingleton<ApplyCallbacks>()
        .AddJob(provider => provider.GetRequiredService<ApplyCallbacks>());
}
