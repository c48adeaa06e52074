namespace PayLinks.Worker;

internal static class JobRegistration
{
    /// <summary>Gives the job a loop of its own in this host.</summary>
    public static IServiceCollection AddJob(this IServiceCollection services, Func<IServiceProvider, IJob> job) =>
        // Not AddHostedService: it takes a second loop for a repetition of the first.
        services.AddSingleton<IHostedService>(provider =>
            ActivatorUtilities.CreateInstance<JobLoop>(provider, job(provider)));
}
