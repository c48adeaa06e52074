using System.CommandLine;
using Microsoft.Extensions.Options;

namespace PayLinks.Api.Commands;

/// <summary>What the program can do from a shell; without a command, it serves.</summary>
internal static class CommandLine
{
    /// <returns>The process's exit code: 0, or 1 after a message that says what to mend.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        // Settings for the server look like --Name=value; the parser of commands must not judge them.
        if (args is [] or ["serve", ..]
            || (args[0].StartsWith("--", StringComparison.Ordinal) && args[0].Contains('=', StringComparison.Ordinal)))
        {
            return await ServeAsync([.. args.Where(argument => argument != "serve")]);
        }

        var root = new RootCommand("PayLinks: payment links by SMS and email.")
        {
            new Command("serve", "Serves API and pages (also without a command); settings as --Name=value."),
            Migrate.Command(),
            new Command("merchant", "Merchants of this installation.") { AddMerchantCommand.Command() },
        };
        return await root.Parse(args).InvokeAsync();
    }

    private static async Task<int> ServeAsync(string[] args)
    {
        try
        {
            await Program.Build(args).RunAsync();
            return 0;
        }
        catch (OptionsValidationException error)
        {
            foreach (var failure in error.Failures)
            {
                await System.Console.Error.WriteLineAsync(failure);
            }

            return 1;
        }
    }

    /// <summary>The settings of a command: those of the server, from the same places.</summary>
    internal static IConfiguration Configuration() =>
        new ConfigurationBuilder()
            .AddJsonFile("appsettings.json", optional: true)
            .AddEnvironmentVariables()
            .Build();
}
