namespace PayLinks.Api.Notices;

internal static class NoticeOperations
{
    /// <summary>Registers what API and console do with webhook endpoints and their notices.</summary>
    public static IServiceCollection AddNotices(this IServiceCollection services)
    {
        services.AddSingleton<CheckEndpoint>();
        services.AddSingleton<CreateEndpoint>();
        services.AddSingleton<ChangeEndpoint>();
        services.AddSingleton<ReadDeliveries>();
        return services;
    }
}
