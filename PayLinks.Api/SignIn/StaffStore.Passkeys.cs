using Microsoft.AspNetCore.Identity;

namespace PayLinks.Api.SignIn;

/// <summary>What ASP.NET Core Identity asks of passkeys while it checks one.</summary>
public sealed partial class StaffStore : IUserPasskeyStore<StaffUser>
{
    public Task AddOrUpdatePasskeyAsync(
        StaffUser user, UserPasskeyInfo passkey, CancellationToken cancellationToken) =>
        passkeys.SaveAsync(user.Id, passkey, cancellationToken);

    public async Task<IList<UserPasskeyInfo>> GetPasskeysAsync(StaffUser user, CancellationToken cancellationToken) =>
        [.. (await passkeys.ListAsync(user.Id, cancellationToken)).Select(ToInfo)];

    public async Task<StaffUser?> FindByPasskeyIdAsync(byte[] credentialId, CancellationToken cancellationToken) =>
        await passkeys.FindOwnerAsync(credentialId, cancellationToken) is { } owner
            ? await FindByIdAsync(owner.ToString(), cancellationToken)
            : null;

    public async Task<UserPasskeyInfo?> FindPasskeyAsync(
        StaffUser user, byte[] credentialId, CancellationToken cancellationToken) =>
        (await passkeys.ListAsync(user.Id, cancellationToken))
            .FirstOrDefault(passkey => passkey.CredentialId.AsSpan().SequenceEqual(credentialId)) is { } found
            ? ToInfo(found)
            : null;

    public Task RemovePasskeyAsync(StaffUser user, byte[] credentialId, CancellationToken cancellationToken) =>
        passkeys.RemoveAsync(user.Id, credentialId, cancellationToken);

    // What a passkey was made with is not kept: nobody asks where a key comes from.
    private static UserPasskeyInfo ToInfo(Passkey passkey) => new(
        passkey.CredentialId, passkey.PublicKey, passkey.CreatedAt, (uint)passkey.SignCount, transports: [],
        isUserVerified: true, passkey.IsBackupEligible, passkey.IsBackedUp, attestationObject: [], clientDataJson: [])
    {
        Name = passkey.Name,
    };
}
