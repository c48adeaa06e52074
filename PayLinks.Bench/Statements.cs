using System.Globalization;
using Npgsql;

namespace PayLinks.Bench;

/// <summary>
/// Statements written by hand that go to PostgreSQL in one round trip, which is a transaction: by Npgsql, or by
/// <c>pgbench</c> with nothing before it.
/// </summary>
internal static class Statements
{
    public const string EnterSql = "select set_config('paylinks.merchant', $1, true)";

    public static void Add(this NpgsqlBatch batch, string sql, params NpgsqlParameter[] values)
    {
        var command = new NpgsqlBatchCommand(sql);
        command.Parameters.AddRange(values);
        batch.BatchCommands.Add(command);
    }

    public static NpgsqlParameter<T> Value<T>(T value) => new() { TypedValue = value };

    /// <summary>The statement with values in place of its parameters, which <c>pgbench</c> does not know.</summary>
    public static string With(string sql, params string[] values)
    {
        for (var number = values.Length; number > 0; number--)
        {
            sql = sql.Replace($"${number}", values[number - 1], StringComparison.Ordinal);
        }

        return sql;
    }

    /// <summary>For <c>pgbench</c>.</summary>
    /// <param name="highest">Up to what <c>:n</c> is a random number.</param>
    public static string Script(long highest, params string[] statements) => string.Join(
        '\n',
        [
            string.Create(CultureInfo.InvariantCulture, $"\\set n random(1, {highest})"), @"\startpipeline",
            .. statements.Select(statement => statement + ";"), @"\endpipeline",
        ]);
}
