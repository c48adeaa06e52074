using Microsoft.Extensions.Configuration.Memory;

namespace PayLinks.Api.Health;

/// <summary>Lines of JSON on the console, in which nobody's data and no secret address may stand.</summary>
internal static class Logs
{
    // Weaker than any setting, so that each can be changed for a day.
    private static readonly Dictionary<string, string?> Levels = new(StringComparer.Ordinal)
    {
        ["Logging:LogLevel:Default"] = "Information",
        ["Logging:LogLevel:Microsoft.AspNetCore"] = "Warning",
        // It would put the path, and with it a link's token, on every line of a request.
        ["Logging:LogLevel:Microsoft.AspNetCore.Hosting.Diagnostics"] = "None",
        // It warns that its listeners are set in code, which they are on purpose.
        ["Logging:LogLevel:Microsoft.AspNetCore.Server.Kestrel"] = "Error",
        // It would log every statement with its values.
        ["Logging:LogLevel:Npgsql"] = "Warning",
        // It would log addresses at providers.
        ["Logging:LogLevel:System.Net.Http.HttpClient"] = "Warning",
        ["Logging:LogLevel:Polly"] = "Error",
    };

    public static void ConfigureLogs(this WebApplicationBuilder builder)
    {
        builder.Configuration.Sources.Insert(0, new MemoryConfigurationSource { InitialData = Levels });
        builder.Logging.ClearProviders();
        builder.Logging.AddJsonConsole(console =>
        {
            console.IncludeScopes = true;
            console.UseUtcTimestamp = true;
            console.TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";
        });
    }
}
