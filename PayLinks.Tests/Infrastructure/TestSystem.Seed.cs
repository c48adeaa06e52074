using PayLinks.Api.Commands;
using PayLinks.Core;
using PayLinks.Core.Secrets;

namespace PayLinks.Tests.Infrastructure;

/// <summary>Somebody who signs in to the console.</summary>
public sealed record User(string Role, string Email, string Password);

public sealed partial class TestSystem
{
    /// <summary>The merchant's people: an owner and an agent.</summary>
    public static IReadOnlyList<User> Users { get; } =
    [
        new("owner", "owner@example.test", Digest("owner")[..16]),
        new("agent", "agent@example.test", Digest("agent")[..16]),
    ];

    public static User Owner => Users[0];

    public static User Agent => Users[1];

    public Guid MerchantId { get; private set; }

    /// <summary>Adds the merchant as <c>merchant add</c> does.</summary>
    /// <returns>The API key.</returns>
    private async Task<string> AddMerchantAsync()
    {
        var merchant = new NewMerchant(
            "Ferramenta Rossi", "IT", "it", "Europe/Rome", "EUR", "+390612345678", "Via dei Chiodi 12, 00185 Roma",
            "IT01234567897", "orders@example.test", "FERRAMENTA", "orders@example.test", "test", MollieKey,
            [.. Users.Select(user => new NewUser(user.Role, user.Email, user.Password, user.Email.Split('@')[0]))],
            SmsPerDay: 10_000_000);
        var profile = _hasSandbox ? await Sandbox.MollieProfileAsync(MollieKey) : "pfl_none";
        var added = await new AddMerchant(Database.App, new Vault(MasterKey), TimeProvider.System)
            .ExecuteAsync(merchant, profile, CancellationToken.None);
        MerchantId = PublicId.TryParse(PublicId.Merchant, added.Merchant, out var id)
            ? id
            : throw new InvalidOperationException($"'{added.Merchant}' is no merchant's id.");
        return added.ApiKey;
    }
}
