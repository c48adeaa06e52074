using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Npgsql;
using PayLinks.Core.Database;
using PayLinks.Core.Disputes;
using PayLinks.Core.Links;
using PayLinks.Core.Messages;
using PayLinks.Core.Mollie;
using PayLinks.Core.Notices;
using PayLinks.Core.Payments;
using PayLinks.Core.Providers;
using PayLinks.Core.Refunds;
using PayLinks.Core.Secrets;

namespace PayLinks.Core.Hosting;

/// <summary>What both hosts must be told, at the root of the configuration; checked before anything starts.</summary>
public sealed class PayLinksOptions
{
    /// <summary>The address customers and providers reach us at, without a slash at the end.</summary>
    [Required, Url]
    public string PublicUrl { get; set; } = "";

    /// <summary>See <see cref="Vault"/> for its form.</summary>
    [Required]
    public string MasterKey { get; set; } = "";

    /// <summary>
    /// One or two base32 characters in front of tokens and callback keys, which tell installations apart.
    /// </summary>
    [Required, RegularExpression("^[0-9a-hjkmnp-tv-z]{1,2}$")]
    public string RoutingPrefix { get; set; } = "p";

    /// <summary>Whom to tell what does not work on our pages; null where nobody is to be told by email.</summary>
    [EmailAddress]
    public string? OperatorEmail { get; set; }

    /// <summary>The address of a link's page.</summary>
    public string LinkUrl(string token) => $"{PublicUrl.TrimEnd('/')}/p/{token}";
}

public static class PayLinksCore
{
    /// <summary>Registers what both hosts share: settings, database, secrets, links, Mollie and wake-ups.</summary>
    /// <param name="listenTo">The channels of <see cref="Wakeups"/> that this host wants to hear.</param>
    public static IServiceCollection AddPayLinksCore(
        this IServiceCollection services, IConfiguration configuration, params IReadOnlyList<string> listenTo)
    {
        services.AddOptions<PayLinksOptions>().Bind(configuration).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton(provider =>
            provider.GetRequiredService<IOptions<PayLinksOptions>>().Value);
        services.AddSingleton(provider => new Vault(provider.GetRequiredService<PayLinksOptions>().MasterKey));
        services.TryAddSingleton(TimeProvider.System);

        var connectionString = configuration.GetConnectionString("PayLinks")
            ?? throw new InvalidOperationException("ConnectionStrings:PayLinks is missing.");
        // No state is ever left on a pooled session (settings are local to a transaction), so resetting it would
        // only cost. Planning a statement costs more than running it, so those that come again stay prepared, and
        // sessions, each of which plans for itself, are few. The connection string may say otherwise, as it must for a
        // PgBouncer that knows no prepared statements.
        var settings = new NpgsqlConnectionStringBuilder(
            "Max Auto Prepare=100;Auto Prepare Min Usages=2;Maximum Pool Size=12;" + connectionString)
        {
            NoResetOnClose = true,
        };
        services.AddNpgsqlDataSource(settings.ConnectionString, builder => builder.Name = "paylinks");

        services.AddSingleton<ProviderWatch>();
        services.AddHostedService<NoteOutages>();
        services.AddMollie(configuration);
        services.AddOptions<PollSchedule>().BindConfiguration("Polling").ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton(provider => provider.GetRequiredService<IOptions<PollSchedule>>().Value);
        services.AddOptions<SendLimits>().BindConfiguration("Limits").ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton(provider => provider.GetRequiredService<IOptions<SendLimits>>().Value);
        services.AddSingleton<ReadLinks>();
        services.AddNoticeAddresses();
        services.AddSingleton<ApplyRefunds>();
        services.AddSingleton<ApplyDisputes>();
        services.AddSingleton<ApplyPayment>();
        services.AddSingleton<AskMollie>();

        services.AddSingleton<Wakeups>();
        services.AddHostedService(provider => provider.GetRequiredService<Wakeups>());
        var listen = configuration.GetConnectionString("Listen") ?? settings.ConnectionString;
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<DatabaseListener>(
            provider, listen, listenTo));
        services.AddHostedService(provider => provider.GetRequiredService<DatabaseListener>());
        return services;
    }
}
