using Microsoft.Extensions.Options;

namespace PayLinks.Worker.Reconciliation;

internal static class ReconciliationRegistration
{
    public static IServiceCollection AddReconciliation(this IServiceCollection services)
    {
        services.AddOptions<ReconciliationOptions>().BindConfiguration("Reconciliation")
            .ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton(provider => provider.GetRequiredService<IOptions<ReconciliationOptions>>().Value);
        services.AddSingleton<PollPayments>().AddJob(provider => provider.GetRequiredService<PollPayments>());
        services.AddSingleton<ExpireLinks>().AddJob(provider => provider.GetRequiredService<ExpireLinks>());
        services.AddSingleton<ReadMollieBooks>();
        services.AddSingleton<ReadOurBooks>();
        services.AddSingleton<CompareBooks>();
        services.AddSingleton<HoldAccount>();
        services.AddSingleton<ReconciliationMetrics>();
        services.AddSingleton<ReconcileAccounts>().AddJob(provider => provider.GetRequiredService<ReconcileAccounts>());
        services.AddSingleton<RefreshMethods>().AddJob(provider => provider.GetRequiredService<RefreshMethods>());
        services.AddSingleton<ForgetOldAnswers>().AddJob(provider => provider.GetRequiredService<ForgetOldAnswers>());
        return services;
    }
}
