using Npgsql;
using PayLinks.Api.Links;
using PayLinks.Api.SignIn;
using PayLinks.Core.Database;

namespace PayLinks.Api.Console;

/// <summary>The hint under a field, for the script that asks while somebody types. Changes nothing.</summary>
internal static class ShowNumber
{
    public static async Task<IResult> HandleAsync(
        HttpContext context, ConsolePage page, Staff staff, NpgsqlDataSource database, CheckNumber check,
        CancellationToken cancellationToken)
    {
        // A number has no place in an address, which gets logged; so it is posted like a form.
        var form = await context.Request.ReadFormAsync(cancellationToken);
        await using var transaction = await database.BeginAsync(staff.MerchantId, cancellationToken);
        var found = await check.ExecuteAsync(transaction, form["number"].ToString(), country: null);
        return page.Render<NumberHint>(found);
    }
}
