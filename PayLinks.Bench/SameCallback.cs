using Npgsql;
using static PayLinks.Bench.Statements;

namespace PayLinks.Bench;

/// <summary>How PayLinks stores Mollie's hint to look at a payment, with no key to hash.</summary>
internal static class SameCallback
{
    private const string StoreSql = "select receive_mollie_callback($1, $2, $3)";

    // A callback's id says in which month it is kept.
    private const string IdSql = "(left(lowest_id(now())::text, 13) || right(gen_random_uuid()::text, 23))::uuid";

    /// <returns>False: no payment has this key.</returns>
    public static async Task<bool> StoreAsync(NpgsqlDataSource database, byte[] hash, string mollieId)
    {
        await using var command = database.CreateCommand(StoreSql);
        command.Parameters.Add(Value(Guid.CreateVersion7()));
        command.Parameters.Add(Value<byte[][]>([hash]));
        command.Parameters.Add(Value(mollieId));
        return (bool)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>The same for <c>pgbench</c>.</summary>
    public static string Script() =>
        Statements.Script(FewLinks.Number, With(StoreSql, IdSql, $"array[{BareSubject.HashSql}]", "'tr_1'"));
}
