using System.Globalization;
using Dapper;
using Npgsql;
using PayLinks.Api.Console;
using PayLinks.Api.SignIn;
using PayLinks.Core.Database;
using PayLinks.Core.Mollie;

namespace PayLinks.Api.Settings;

/// <summary>A key to Mollie as far as it may be seen.</summary>
/// <param name="Key">Its last four characters.</param>
public sealed record MollieKeyView(string Mode, string Key, string ProfileId, DateTimeOffset SetAt);

/// <param name="Mode">Of the form that is shown again; null: of none.</param>
/// <param name="ProfileId">What stands in it.</param>
public sealed record MollieModel(
    IReadOnlyList<MollieKeyView> Keys, string? Mode, string ProfileId, IReadOnlyList<FormProblem> Problems,
    string? Done = null)
{
    public MollieKeyView? KeyOf(string mode) => Keys.FirstOrDefault(key => key.Mode == mode);
}

/// <summary>Owners set the keys with which payments are made at Mollie.</summary>
internal static class ConsoleMollie
{
    public const string Path = "/settings/mollie";
    private const int RetryAfterSeconds = 30;

    private const string SetSql =
        "select mode, key_set_at from mollie_account where merchant_id = paylinks_merchant() order by mode desc";

    public static async Task<IResult> ShowAsync(
        string? done, ConsolePage page, Staff staff, NpgsqlDataSource database, MollieAccounts accounts,
        CancellationToken cancellationToken) =>
        page.Render<MolliePage>(new MollieModel(
            await ReadAsync(staff, database, accounts, cancellationToken), Mode: null, "", [],
            done == "saved" ? page.Words.Mollie.Saved : null));

    public static async Task<IResult> SaveAsync(
        HttpContext context, ConsolePage page, Staff staff, NpgsqlDataSource database, MollieAccounts accounts,
        SetMollieKey set, CancellationToken cancellationToken)
    {
        var form = await context.Request.ReadFormAsync(cancellationToken);
        var mode = form["mode"] == "live" ? "live" : "test";
        var key = form[$"{mode}-key"].ToString().Trim();
        var profileId = form[$"{mode}-profileId"].ToString().Trim();
        var words = page.Words.Mollie;
        if (MollieKey.ModeOf(key) != mode)
        {
            return await ShowAgainAsync(
                "key", MollieKey.ModeOf(key) is null ? words.KeyWrong(mode) : words.OtherMode(mode));
        }

        switch (await set.ExecuteAsync(staff, key, profileId.Length > 0 ? profileId : null, cancellationToken))
        {
            case MollieKeyOutcome.Done:
                return ConsoleResults.SeeOther(Path + "?done=saved");
            case MollieKeyOutcome.OtherProfile other:
                profileId = other.ProfileId;
                return await ShowAgainAsync("profileId", words.OtherProfile(other.ProfileId));
            case MollieKeyOutcome.PaidElsewhere paid:
                return await ShowAgainAsync("key", words.PaidElsewhere(paid.ProfileId));
            case MollieKeyOutcome.NoMethods none:
                return await ShowAgainAsync("key", words.NoMethods(none.ProfileName));
            case MollieKeyOutcome.Refused:
                return await ShowAgainAsync("key", words.Refused);
            default:
                context.Response.Headers.RetryAfter = RetryAfterSeconds.ToString(CultureInfo.InvariantCulture);
                return await ShowAgainAsync("key", words.Silent, StatusCodes.Status503ServiceUnavailable);
        }

        async Task<IResult> ShowAgainAsync(
            string field, string problem, int status = StatusCodes.Status422UnprocessableEntity) =>
            page.Render<MolliePage>(
                new MollieModel(
                    await ReadAsync(staff, database, accounts, cancellationToken), mode, profileId,
                    [new FormProblem($"{mode}-{field}", problem)]),
                status);
    }

    private static async Task<IReadOnlyList<MollieKeyView>> ReadAsync(
        Staff staff, NpgsqlDataSource database, MollieAccounts accounts, CancellationToken cancellationToken)
    {
        await using var transaction = await database.BeginAsync(staff.MerchantId, cancellationToken);
        var keys = new List<MollieKeyView>();
        foreach (var set in (await transaction.Connection.QueryAsync<SetKey>(SetSql)).AsList())
        {
            var account = (await accounts.FindAsync(transaction, set.Mode))!;
            keys.Add(new MollieKeyView(set.Mode, MollieKey.Masked(account.Key), account.ProfileId, set.KeySetAt));
        }

        return keys;
    }

    private sealed record SetKey(string Mode, DateTimeOffset KeySetAt);
}
