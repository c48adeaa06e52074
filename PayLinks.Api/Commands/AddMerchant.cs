using System.Security.Cryptography;
using Dapper;
using Microsoft.AspNetCore.Identity;
using Npgsql;
using PayLinks.Api.V1;
using PayLinks.Core;
using PayLinks.Core.Database;
using PayLinks.Core.Mollie;
using PayLinks.Core.Secrets;

namespace PayLinks.Api.Commands;

/// <summary>A merchant as it is told once, to whoever added it.</summary>
/// <param name="ApiKey">In the clear; only its hash is kept.</param>
internal sealed record AddedMerchant(string Merchant, string ApiKey, IReadOnlyList<AddedUser> Users);

/// <param name="Password">Only if it was made up here.</param>
internal sealed record AddedUser(string Role, string Email, string? Password);

/// <summary>Stores a merchant, its Mollie account, its first API key and its people, all or nothing.</summary>
internal sealed class AddMerchant(NpgsqlDataSource database, Vault vault, TimeProvider clock)
{
    private const string InsertSql =
        """
        insert into merchant (id, name, country, language, time_zone, currency, phone, email, address, vat_number,
            sms_sender, email_from, sms_segments_per_day)
        values (@Id, @Name, @Country, @Language, @TimeZone, @Currency, @Phone, @Email, @Address, @Vat, @SmsSender,
            @EmailFrom, @SmsPerDay);
        insert into mollie_account (merchant_id, mode, key_cipher, profile_id)
        values (@Id, @Mode, @KeyCipher, @ProfileId);
        insert into api_key (merchant_id, id, mode, name, key_hash, scopes)
        values (@Id, @KeyId, @Mode, 'first', @KeyHash, @AllScopes)
        """;

    private const string IsKnownSql = "select exists (select from find_user_by_email(@Email))";
    private const string AddUserSql = "select add_user(@id, @Email, @hash, @stamp)";

    private const string JoinSql =
        """
        insert into membership (merchant_id, user_id, role, display_name)
        values (paylinks_merchant(), @userId, @Role, @DisplayName)
        """;

    public async Task<AddedMerchant> ExecuteAsync(
        NewMerchant merchant, string profileId, CancellationToken cancellationToken)
    {
        var id = Guid.CreateVersion7(clock.GetUtcNow());
        var apiKey = $"plk_{merchant.Mode}_{RandomNumberGenerator.GetString(Base32.Alphabet, 32)}";
        await using var transaction = await database.BeginAsync(id, cancellationToken);
        await transaction.Connection.ExecuteAsync(InsertSql, new
        {
            Id = id,
            merchant.Name,
            merchant.Country,
            merchant.Language,
            merchant.TimeZone,
            merchant.Currency,
            merchant.Phone,
            merchant.Email,
            merchant.Address,
            merchant.Vat,
            merchant.SmsSender,
            merchant.EmailFrom,
            merchant.SmsPerDay,
            merchant.Mode,
            KeyCipher = vault.Seal(merchant.MollieKey, MollieAccounts.KeyPurpose(id, merchant.Mode)),
            ProfileId = profileId,
            KeyId = Guid.CreateVersion7(clock.GetUtcNow()),
            KeyHash = vault.Hash(apiKey),
            AllScopes = Scopes.All.ToArray(),
        });

        var users = new List<AddedUser>();
        foreach (var user in merchant.Users)
        {
            users.Add(await AddUserAsync(transaction, user));
        }

        await transaction.CommitAsync(cancellationToken);
        return new AddedMerchant(PublicId.Format(PublicId.Merchant, id), apiKey, users);
    }

    // Somebody who already works for another merchant keeps the password of their own.
    private async Task<AddedUser> AddUserAsync(MerchantTransaction transaction, NewUser user)
    {
        var isKnown = await transaction.Connection.ExecuteScalarAsync<bool>(IsKnownSql, new { user.Email });
        var password = user.Password ?? RandomNumberGenerator.GetString(Base32.Alphabet, 20);
        var userId = await transaction.Connection.ExecuteScalarAsync<Guid>(AddUserSql, new
        {
            id = Guid.CreateVersion7(clock.GetUtcNow()),
            user.Email,
            hash = new PasswordHasher<NewUser>().HashPassword(user, password),
            stamp = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(20)),
        });
        await transaction.Connection.ExecuteAsync(JoinSql, new { userId, user.Role, user.DisplayName });
        return new AddedUser(user.Role, user.Email, isKnown || user.Password is not null ? null : password);
    }
}
