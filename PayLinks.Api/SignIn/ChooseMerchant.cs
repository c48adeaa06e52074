using Dapper;
using Npgsql;
using PayLinks.Api.Console;
using PayLinks.Core;

namespace PayLinks.Api.SignIn;

/// <summary>Somebody who works for several merchants says for which one they work now.</summary>
internal static class ChooseMerchant
{
    private const string MembershipsSql = "select merchant_id, merchant_name, role from memberships_of(@UserId)";

    public static async Task<IResult> ShowAsync(
        HttpContext context, ConsolePage page, NpgsqlDataSource database, CancellationToken cancellationToken)
    {
        if (StaffCookie.SessionOf(context) is not { } session)
        {
            return ConsoleResults.SeeOther("/");
        }

        return page.Render<ChooseMerchantPage>(await ReadAsync(database, session.UserId, cancellationToken));
    }

    public static async Task<IResult> HandleAsync(
        HttpContext context, ConsolePage page, NpgsqlDataSource database, CancellationToken cancellationToken)
    {
        if (StaffCookie.SessionOf(context) is not { } session)
        {
            return ConsoleResults.SeeOther("/");
        }

        var form = await context.Request.ReadFormAsync(cancellationToken);
        var memberships = await ReadAsync(database, session.UserId, cancellationToken);
        if (!PublicId.TryParse(PublicId.Merchant, form["merchant"], out var wanted)
            || !memberships.Any(membership => membership.MerchantId == wanted))
        {
            return page.Render<ChooseMerchantPage>(memberships, StatusCodes.Status422UnprocessableEntity);
        }

        await StaffCookie.SignInAsync(context, session.UserId, session.Key, wanted);
        return ConsoleResults.SeeOther("/");
    }

    private static async Task<IReadOnlyList<Membership>> ReadAsync(
        NpgsqlDataSource database, Guid userId, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return (await connection.QueryAsync<Membership>(
            new CommandDefinition(
                MembershipsSql, new { UserId = userId }, cancellationToken: cancellationToken))).AsList();
    }
}

public sealed record Membership(Guid MerchantId, string MerchantName, StaffRole Role);
