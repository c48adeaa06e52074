using Dapper;
using Npgsql;
using PayLinks.Api.Audit;
using PayLinks.Api.SignIn;
using PayLinks.Core.Database;
using PayLinks.Core.Mollie;
using PayLinks.Core.Secrets;

namespace PayLinks.Api.Settings;

/// <summary>What became of a key to Mollie.</summary>
public abstract record MollieKeyOutcome
{
    private MollieKeyOutcome()
    {
    }

    public sealed record Done : MollieKeyOutcome;

    /// <summary>Mollie does not let it in.</summary>
    public sealed record Refused : MollieKeyOutcome;

    /// <summary>Mollie did not answer, so nobody knows.</summary>
    public sealed record Unavailable : MollieKeyOutcome;

    /// <summary>With this key nobody could pay.</summary>
    public sealed record NoMethods(string ProfileName) : MollieKeyOutcome;

    /// <summary>It is another profile's than was said.</summary>
    public sealed record OtherProfile(string ProfileId) : MollieKeyOutcome;

    /// <summary>What was paid so far lies with another profile, where this key neither sees nor refunds it.</summary>
    public sealed record PaidElsewhere(string ProfileId) : MollieKeyOutcome;
}

/// <summary>Shows a key to Mollie and, if it is good, keeps it in the place of the one before.</summary>
public sealed class SetMollieKey(NpgsqlDataSource database, MollieClient mollie, MollieAccounts accounts, Vault vault)
{
    private const string HasPaymentsSql =
        """
        select exists (
            select from payment
            where merchant_id = paylinks_merchant() and mode = @mode and mollie_id is not null)
        """;

    private const string SaveSql =
        """
        insert into mollie_account (merchant_id, mode, key_cipher, profile_id, key_set_at)
        values (paylinks_merchant(), @mode, @Cipher, @Id, paylinks_now())
        on conflict (merchant_id, mode) do update
        set key_cipher = excluded.key_cipher, profile_id = excluded.profile_id, key_set_at = excluded.key_set_at,
            methods_due_at = paylinks_now()
        """;

    /// <param name="key">Of the form of a key.</param>
    /// <param name="profileId">The profile it must be of; null: whichever it is of.</param>
    public async Task<MollieKeyOutcome> ExecuteAsync(
        Staff owner, string key, string? profileId, CancellationToken cancellationToken)
    {
        // Mollie is asked before the transaction begins; only the store is in it.
        switch (await mollie.GetProfileAsync(key, cancellationToken))
        {
            case MollieAnswer<MollieProfile>.Done { Value: var profile }
                when profileId is not null && profileId != profile.Id:
                return new MollieKeyOutcome.OtherProfile(profile.Id);
            case MollieAnswer<MollieProfile>.Done { Value: var profile }:
                return await mollie.ListMethodsAsync(key, amount: null, cancellationToken) switch
                {
                    MollieAnswer<MollieMethodList>.Done { Value.Embedded.Methods.Count: 0 } =>
                        new MollieKeyOutcome.NoMethods(profile.Name),
                    MollieAnswer<MollieMethodList>.Done => await SaveAsync(owner, key, profile.Id, cancellationToken),
                    MollieAnswer<MollieMethodList>.Refused => new MollieKeyOutcome.Refused(),
                    _ => new MollieKeyOutcome.Unavailable(),
                };
            case MollieAnswer<MollieProfile>.Refused:
                return new MollieKeyOutcome.Refused();
            default:
                return new MollieKeyOutcome.Unavailable();
        }
    }

    private async Task<MollieKeyOutcome> SaveAsync(
        Staff owner, string key, string profileId, CancellationToken cancellationToken)
    {
        var mode = MollieKey.ModeOf(key)!;
        await using var transaction = await database.BeginAsync(owner.MerchantId, cancellationToken);
        await transaction.LockMerchantAsync();
        var before = await accounts.FindAsync(transaction, mode);
        if (before is not null && before.ProfileId != profileId
            && await transaction.Connection.ExecuteScalarAsync<bool>(HasPaymentsSql, new { mode }))
        {
            return new MollieKeyOutcome.PaidElsewhere(before.ProfileId);
        }

        await transaction.Connection.ExecuteAsync(SaveSql, new
        {
            mode,
            Cipher = vault.Seal(key, MollieAccounts.KeyPurpose(owner.MerchantId, mode)),
            Id = profileId,
        });
        await transaction.NoteAsync(
            owner.Actor.Name, AuditActions.MollieKeySet, mode,
            [
                new AuditChange("key", before is null ? null : MollieKey.Masked(before.Key), MollieKey.Masked(key)),
                new AuditChange("profileId", before?.ProfileId, profileId),
            ]);
        await transaction.CommitAsync(CancellationToken.None);
        return new MollieKeyOutcome.Done();
    }
}
