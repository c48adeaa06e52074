using System.Data;
using System.Runtime.CompilerServices;
using Dapper;

namespace PayLinks.Core.Database;

internal static class DapperSetup
{
    // A module initializer, so that neither a host nor a test can forget it.
#pragma warning disable CA2255 // Meant for applications, and only our own hosts load this library.
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void Initialize()
    {
        DefaultTypeMap.MatchNamesWithUnderscores = true;
        // Without the removal Dapper ignores the handler for parameters.
        SqlMapper.RemoveTypeMap(typeof(DateTimeOffset));
        SqlMapper.AddTypeHandler(new UtcDateTimeOffset());
    }

    private sealed class UtcDateTimeOffset : SqlMapper.TypeHandler<DateTimeOffset>
    {
        public override DateTimeOffset Parse(object value) => value is DateTimeOffset instant
            ? instant
            : new DateTimeOffset(DateTime.SpecifyKind((DateTime)value, DateTimeKind.Utc));

        // Npgsql accepts no other offset than zero for timestamptz.
        public override void SetValue(IDbDataParameter parameter, DateTimeOffset value) =>
            parameter.Value = value.ToUniversalTime();
    }
}
