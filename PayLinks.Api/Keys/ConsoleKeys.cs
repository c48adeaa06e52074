using Dapper;
using Npgsql;
using PayLinks.Api.Audit;
using PayLinks.Api.Console;
using PayLinks.Api.Settings;
using PayLinks.Api.SignIn;
using PayLinks.Core;
using PayLinks.Core.Database;
using PayLinks.Core.Secrets;

namespace PayLinks.Api.Keys;

public sealed record KeysModel(
    IReadOnlyList<KeyView> Keys, TypedKey Typed, IReadOnlyList<FormProblem> Problems, string? Done = null);

/// <summary>A new key, which is shown this once.</summary>
public sealed record NewKeyModel(string Name, string Key);

/// <summary>Owners make and revoke the keys with which programs call the API.</summary>
internal static class ConsoleKeys
{
    public const string Path = "/settings/api-keys";

    /// <summary>As many as anybody tells apart.</summary>
    public const int KeysMax = 50;

    private const string RevokeSql =
        """
        update api_key set revoked_at = paylinks_now()
        where merchant_id = paylinks_merchant() and id = @id and revoked_at is null
        """;

    public static async Task<IResult> ListAsync(
        string? done, ConsolePage page, Staff staff, NpgsqlDataSource database, CancellationToken cancellationToken)
    {
        await using var transaction = await database.BeginAsync(staff.MerchantId, cancellationToken);
        return page.Render<KeysPage>(new KeysModel(
            await transaction.KeysAsync(), TypedKey.Empty(staff.Mode), [],
            done == "revoked" ? page.Words.Keys.RevokedNow : null));
    }

    public static async Task<IResult> CreateAsync(
        HttpContext context, ConsolePage page, Staff staff, NpgsqlDataSource database, Vault vault,
        CancellationToken cancellationToken)
    {
        var typed = TypedKey.Of(await context.Request.ReadFormAsync(cancellationToken));
        var (name, problems) = typed.Read(page.Words);
        await using var transaction = await database.BeginAsync(staff.MerchantId, cancellationToken);
        await transaction.LockMerchantAsync();
        var keys = await transaction.KeysAsync();
        if (keys.Count(one => one.RevokedAt is null) >= KeysMax)
        {
            (name, problems) = (null, [new FormProblem("name", page.Words.Keys.TooMany(KeysMax))]);
        }

        if (name is null)
        {
            return page.Render<KeysPage>(
                new KeysModel(keys, typed, problems), StatusCodes.Status422UnprocessableEntity);
        }

        var key = await transaction.AddKeyAsync(vault, typed.Mode, name, typed.Scopes);
        await transaction.NoteAsync(
            staff.Actor.Name, AuditActions.KeyCreated, name,
            [
                new AuditChange("mode", null, typed.Mode),
                new AuditChange("scope", null, string.Join(' ', typed.Scopes)),
            ]);
        await transaction.CommitAsync(CancellationToken.None);
        return page.Render<NewKeyPage>(new NewKeyModel(name, key));
    }

    /// <summary>Asks before revoking, because it cannot be undone.</summary>
    public static async Task<IResult> ShowRevokeAsync(
        string id, ConsolePage page, Staff staff, NpgsqlDataSource database, CancellationToken cancellationToken)
    {
        await using var transaction = await database.BeginAsync(staff.MerchantId, cancellationToken);
        return PublicId.TryParse(PublicId.Key, id, out var keyId)
            && await transaction.FindKeyAsync(keyId) is { RevokedAt: null } key
                ? page.Render<RevokeKeyPage>(key)
                : page.NotFound();
    }

    public static async Task<IResult> RevokeAsync(
        string id, ConsolePage page, Staff staff, NpgsqlDataSource database, CancellationToken cancellationToken)
    {
        await using var transaction = await database.BeginAsync(staff.MerchantId, cancellationToken);
        if (!PublicId.TryParse(PublicId.Key, id, out var keyId)
            || await transaction.FindKeyAsync(keyId) is not { } key
            || await transaction.Connection.ExecuteAsync(RevokeSql, new { id = keyId }) == 0)
        {
            return page.NotFound();
        }

        await transaction.NoteAsync(staff.Actor.Name, AuditActions.KeyRevoked, key.Name);
        await transaction.CommitAsync(CancellationToken.None);
        return ConsoleResults.SeeOther(Path + "?done=revoked");
    }
}
