using System.Security.Cryptography;
using Dapper;
using Microsoft.AspNetCore.Identity;
using Npgsql;
using PayLinks.Api.Keys;
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
        values (@Id, @Mode, @KeyCipher, @ProfileId)
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
        // Hashing is slow on purpose, and no transaction waits for it.
        var people = merchant.Users.Select(NewPerson.Of).ToList();
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
        });
        var apiKey = await transaction.AddKeyAsync(vault, merchant.Mode, "first", Scopes.All);

        var users = new List<AddedUser>();
        foreach (var person in people)
        {
            users.Add(await AddUserAsync(transaction, person));
        }

        await transaction.CommitAsync(cancellationToken);
        return new AddedMerchant(PublicId.Format(PublicId.Merchant, id), apiKey, users);
    }

    // Somebody who already works for another merchant keeps the password of their own.
    private async Task<AddedUser> AddUserAsync(MerchantTransaction transaction, NewPerson person)
    {
        var user = person.User;
        var isKnown = await transaction.Connection.ExecuteScalarAsync<bool>(IsKnownSql, new { user.Email });
        var userId = await transaction.Connection.ExecuteScalarAsync<Guid>(AddUserSql, new
        {
            id = Guid.CreateVersion7(clock.GetUtcNow()),
            user.Email,
            hash = person.PasswordHash,
            stamp = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(20)),
        });
        await transaction.Connection.ExecuteAsync(JoinSql, new { userId, user.Role, user.DisplayName });
        return new AddedUser(user.Role, user.Email, isKnown || user.Password is not null ? null : person.Password);
    }

    private sealed record NewPerson(NewUser User, string Password, string PasswordHash)
    {
        public static NewPerson Of(NewUser user)
        {
            var password = user.Password ?? RandomNumberGenerator.GetString(Base32.Alphabet, 20);
            return new NewPerson(user, password, new PasswordHasher<NewUser>().HashPassword(user, password));
        }
    }
}
