using Microsoft.Extensions.Options;
using PayLinks.Api.Refunds;

namespace PayLinks.Api.Links;

internal static class LinkOperations
{
    /// <summary>Registers what API, console and desk do with links.</summary>
    public static IServiceCollection AddLinks(this IServiceCollection services)
    {
        services.AddOptions<LinkLimits>().BindConfiguration("Limits").ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton(provider => provider.GetRequiredService<IOptions<LinkLimits>>().Value);
        services.AddSingleton<LimitSending>();
        services.AddSingleton<ShowLink>();
        services.AddSingleton<ListLinks>();
        services.AddSingleton<CreateLink>();
        services.AddSingleton<CreateLinks>();
        services.AddSingleton<CancelLink>();
        services.AddSingleton<ExtendLink>();
        services.AddSingleton<SendMessage>();
        services.AddSingleton<ChangeRecipient>();
        services.AddSingleton<CheckNumber>();
        services.AddSingleton<RefundLink>();
        services.AddSingleton<CancelRefund>();
        return services;
    }
}
