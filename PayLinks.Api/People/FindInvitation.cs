using Dapper;
using Npgsql;
using PayLinks.Api.SignIn;
using PayLinks.Core.Database;
using PayLinks.Core.Secrets;

namespace PayLinks.Api.People;

/// <summary>An invitation that may still be accepted.</summary>
public sealed record OpenInvitation(
    Guid MerchantId, Guid Id, string MerchantName, string Name, string Email, StaffRole Role);

/// <summary>Finds an invitation by the token in its address.</summary>
public sealed class FindInvitation(NpgsqlDataSource database, Vault vault)
{
    private const int TokenLengthMax = 100;

    private const string FindSql = "select merchant_id, id from find_invitation(@hashes)";

    private const string ReadSql =
        """
        select i.merchant_id, i.id, m.name as merchant_name, i.display_name as name, i.email, i.role
        from invitation i join merchant m on m.id = i.merchant_id
        where i.merchant_id = paylinks_merchant() and i.id = @Id
        """;

    /// <summary>Null for one that is over, used or withdrawn, as for one that never was.</summary>
    public async Task<OpenInvitation?> ExecuteAsync(string token, CancellationToken cancellationToken)
    {
        if (token.Length > TokenLengthMax)
        {
            return null;
        }

        Found? found;
        await using (var connection = await database.OpenConnectionAsync(cancellationToken))
        {
            found = await connection.QuerySingleOrDefaultAsync<Found>(new CommandDefinition(
                FindSql, new { hashes = vault.Hashes(token) }, cancellationToken: cancellationToken));
        }

        if (found is null)
        {
            return null;
        }

        await using var transaction = await database.BeginAsync(found.MerchantId, cancellationToken);
        return await transaction.Connection.QuerySingleAsync<OpenInvitation>(ReadSql, found);
    }

    private sealed record Found(Guid MerchantId, Guid Id);
}
