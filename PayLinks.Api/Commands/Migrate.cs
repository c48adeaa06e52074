using System.CommandLine;
using Npgsql;
using PayLinks.Core.Database;

namespace PayLinks.Api.Commands;

/// <summary>Makes the database, or brings it to the newest schema.</summary>
internal static class Migrate
{
    public static Command Command()
    {
        var command = new Command(
            "migrate",
            "Makes the database, its roles and its newest schema. ConnectionStrings:Migrations names a role that may "
            + "do so, ConnectionStrings:PayLinks the login of the application.");
        command.SetAction((_, cancellationToken) => RunAsync(cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var configuration = CommandLine.Configuration();
        if (configuration.GetConnectionString("Migrations") is not { } migrations
            || configuration.GetConnectionString("PayLinks") is not { } app)
        {
            await System.Console.Error.WriteLineAsync(
                "Set ConnectionStrings__Migrations and ConnectionStrings__PayLinks.");
            return 1;
        }

        try
        {
            await Migrator.MigrateAsync(migrations, app, System.Console.WriteLine, cancellationToken);
            return 0;
        }
        catch (Exception error) when (error is NpgsqlException or InvalidOperationException or TimeoutException)
        {
            await System.Console.Error.WriteLineAsync($"{error.Message} {error.InnerException?.Message}".TrimEnd());
            return 1;
        }
    }
}
