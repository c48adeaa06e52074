using System.Security.Cryptography;
using Dapper;
using PayLinks.Api.Audit;
using PayLinks.Api.Settings;
using PayLinks.Api.SignIn;
using PayLinks.Core;
using PayLinks.Core.Database;
using PayLinks.Core.Secrets;

namespace PayLinks.Api.People;

/// <summary>An invitation that may be made: everything in it has been checked.</summary>
public sealed record NewInvitation(string Name, string Email, StaffRole Role);

/// <summary>Invites somebody to work for the merchant. The caller commits.</summary>
public sealed class InvitePerson(Vault vault)
{
    /// <summary>How long an invitation may be accepted.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(7);

    private const int TokenLength = 26;

    private const string IsHereSql = "select exists (select from emails_of_team() where email = @Email)";

    // Whoever is invited again has lost the first link, or somebody else has found it.
    private const string WithdrawSql =
        """
        update invitation set withdrawn_at = paylinks_now()
        where merchant_id = paylinks_merchant() and email = @Email and accepted_at is null and withdrawn_at is null
        """;

    private const string InsertSql =
        """
        insert into invitation (merchant_id, id, token_hash, email, display_name, role, created_at, created_by,
            expires_at)
        values (paylinks_merchant(), @Id, @Hash, @Email, @Name, @Role, paylinks_now(), @CreatedBy,
            paylinks_now() + @Lifetime)
        """;

    /// <param name="actor">Who invites, as <c>usr_…</c>.</param>
    /// <returns>The token of the invitation's address; null if this address works here, or did.</returns>
    public async Task<string?> ExecuteAsync(MerchantTransaction transaction, string actor, NewInvitation invitation)
    {
        await transaction.LockMerchantAsync();
        if (await transaction.Connection.ExecuteScalarAsync<bool>(IsHereSql, invitation))
        {
            return null;
        }

        var token = RandomNumberGenerator.GetString(Base32.Alphabet, TokenLength);
        await transaction.Connection.ExecuteAsync(WithdrawSql, invitation);
        await transaction.Connection.ExecuteAsync(InsertSql, new
        {
            Id = Guid.CreateVersion7(),
            Hash = vault.Hash(token),
            invitation.Email,
            invitation.Name,
            Role = invitation.Role.ToText(),
            CreatedBy = actor,
            Lifetime,
        });
        await transaction.NoteAsync(
            actor, AuditActions.PersonInvited, $"{invitation.Name} ({invitation.Email})",
            [new AuditChange("role", null, invitation.Role.ToText())]);
        return token;
    }
}
