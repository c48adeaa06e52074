using System.Net;
using System.Threading.Channels;
using Npgsql;
using PayLinks.Core.Wire;

namespace PayLinks.Bench;

/// <summary>
/// Hand-written endpoints that read and store what PayLinks does in its own tables: to make a link, to show one or list
/// fifty, to take a callback. No key, no check, no second thought. And one that stores a link and its message in the
/// bare worker's tables, and wakes it.
/// </summary>
internal static class BareApi
{
    public const string Command = "bare-api";

    private const string CreateSql =
        """
        with made as (
            insert into bare_link (id, merchant_id, token, amount_minor, description) values ($1, $2, $3, $4, $5)
            returning id)
        insert into bare_message (id, link_id, recipient) select $6, id, $7 from made
        """;

    public sealed record Order(long AmountMinor, string Description, string Phone);

    public static async Task RunAsync(string[] args)
    {
        var builder = WebApplication.CreateSlimBuilder(args);
        builder.Logging.ClearProviders();
        var port = new Uri(builder.Configuration["Url"]!).Port;
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port));
        builder.Services.ConfigureHttpJsonOptions(json => WireJson.Configure(json.SerializerOptions));
        await using var database = NpgsqlDataSource.Create(builder.Configuration["Database"]!);
        var app = builder.Build();
        var merchant = builder.Configuration["Merchant"]!;
        app.MapGet("/healthz", () => "ok");
        app.MapPost("/same", async (Order order) =>
        {
            var id = Guid.CreateVersion7();
            await SameRows.StoreAsync(database, merchant, id, order);
            return TypedResults.Created($"/links/{id}", new { id });
        });
        app.MapPost("/links", async (Order order) =>
        {
            var id = Guid.CreateVersion7();
            await using (var create = database.CreateCommand(CreateSql))
            {
                create.Parameters.AddRange(new NpgsqlParameter[]
                {
                    new NpgsqlParameter<Guid> { TypedValue = id },
                    new NpgsqlParameter<Guid> { TypedValue = Guid.Empty },
                    new NpgsqlParameter<string> { TypedValue = id.ToString("N") },
                    new NpgsqlParameter<long> { TypedValue = order.AmountMinor },
                    new NpgsqlParameter<string> { TypedValue = order.Description },
                    new NpgsqlParameter<Guid> { TypedValue = Guid.CreateVersion7() },
                    new NpgsqlParameter<string> { TypedValue = order.Phone },
                });
                await create.ExecuteNonQueryAsync();
            }

            await using var wake = database.CreateCommand($"notify {BareWorker.Channel}");
            await wake.ExecuteNonQueryAsync();
            return TypedResults.Created($"/links/{id}", new { id });
        });
        app.MapGet("/links/{hash}", async (string hash) =>
            await SamePage.ReadAsync(database, Convert.FromHexString(hash)));
        app.MapGet("/links", async () => await SameList.ReadAsync(database, merchant));
        // One that waits to be given is enough, however many callbacks come meanwhile.
        var hints = Channel.CreateBounded<bool>(
            new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
        _ = HintAsync(database, hints.Reader);
        app.MapPost("/callbacks/{hash}", async (string hash, HttpRequest request) =>
        {
            var form = await request.ReadFormAsync();
            var isKnown = await SameCallback.StoreAsync(database, Convert.FromHexString(hash), form["id"].ToString());
            hints.Writer.TryWrite(true);
            return isKnown ? Results.Ok() : Results.NotFound();
        });
        await app.RunAsync();
    }

    private static async Task HintAsync(NpgsqlDataSource database, ChannelReader<bool> hints)
    {
        await foreach (var _ in hints.ReadAllAsync())
        {
            await using var wake = database.CreateCommand($"notify {BareWorker.Channel}");
            await wake.ExecuteNonQueryAsync();
        }
    }
}
