using System.Net;
using Npgsql;

namespace PayLinks.Bench;

/// <summary>
/// Hand-written endpoints of one statement each: to store a link and its message and wake the worker, to read one link
/// or fifty, to take a callback. No key, no check, no second thought. And one that stores PayLinks' own rows.
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

    private const string OpenSql =
        "select id, amount_minor, description, created_at from bare_link where token = $1";

    private const string ListSql =
        """
        select id, amount_minor, description, created_at from bare_link
        where merchant_id = $1 order by id desc limit 50
        """;

    private const string CallbackSql =
        """
        with hinted as (update bare_payment set poll_at = now() where callback_key = $1 returning id)
        insert into bare_callback (id, payment_id, provider_id) select $2, id, $3 from hinted
        """;

    public sealed record Order(long AmountMinor, string Description, string Phone);

    public static async Task RunAsync(string[] args)
    {
        var builder = WebApplication.CreateSlimBuilder(args);
        builder.Logging.ClearProviders();
        var port = new Uri(builder.Configuration["Url"]!).Port;
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port));
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
        app.MapGet("/links/{token}", async (string token) => (await ReadAsync(database, OpenSql, token)).Single());
        app.MapGet("/links", async () => await ReadAsync(database, ListSql, Guid.Empty));
        app.MapPost("/callbacks/{key}", async (string key, HttpRequest request) =>
        {
            var form = await request.ReadFormAsync();
            await using var keep = database.CreateCommand(CallbackSql);
            keep.Parameters.AddRange(new NpgsqlParameter[]
            {
                new NpgsqlParameter<string> { TypedValue = key },
                new NpgsqlParameter<Guid> { TypedValue = Guid.CreateVersion7() },
                new NpgsqlParameter<string> { TypedValue = form["id"].ToString() },
            });
            await keep.ExecuteNonQueryAsync();
        });
        await app.RunAsync();
    }

    private static async Task<List<Link>> ReadAsync<T>(NpgsqlDataSource database, string sql, T wanted)
    {
        await using var command = database.CreateCommand(sql);
        command.Parameters.Add(new NpgsqlParameter<T> { TypedValue = wanted });
        await using var reader = await command.ExecuteReaderAsync();
        var links = new List<Link>();
        while (await reader.ReadAsync())
        {
            links.Add(new Link(
                reader.GetGuid(0), reader.GetInt64(1), reader.GetString(2), reader.GetFieldValue<DateTimeOffset>(3)));
        }

        return links;
    }

    private sealed record Link(Guid Id, long AmountMinor, string Description, DateTimeOffset CreatedAt);
}
