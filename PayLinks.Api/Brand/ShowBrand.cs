using Dapper;
using Npgsql;
using PayLinks.Api.Pay;
using PayLinks.Api.Security;
using PayLinks.Core.Database;

namespace PayLinks.Api.Brand;

/// <summary>What customers' browsers fetch of a merchant's looks.</summary>
internal static class ShowBrand
{
    private const string LogoSql =
        "select logo from merchant where id = paylinks_merchant() and logo_hash = @hash";

    public static string StylesheetUrl(BrandColor color) => $"/brand/{color.Hex}.css";

    public static string LogoUrl(PayLink link, Logo logo) => $"{link.Path}/logo/{logo.Hash}.png";

    /// <summary>A stylesheet follows from its address alone, so that none is ever out of date.</summary>
    public static IResult Stylesheet(string color, HttpContext context)
    {
        if (!BrandColor.TryParse(color, out var brand))
        {
            return Results.NotFound();
        }

        context.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
        context.Response.Headers.ContentSecurityPolicy = ContentPolicy.Nothing;
        return Results.Text(brand.Stylesheet(), "text/css");
    }

    /// <summary>Only who has the link's address gets it: nobody can look through an installation's merchants.</summary>
    public static async Task<IResult> LogoAsync(
        string token, string hash, HttpContext context, FindPayLink find, PayAnswers answers,
        NpgsqlDataSource database)
    {
        if (await find.ExecuteAsync(token, context.RequestAborted) is not { } link)
        {
            return answers.NoLink(context);
        }

        await using var transaction = await database.BeginAsync(link.MerchantId, context.RequestAborted);
        if (await transaction.Connection.ExecuteScalarAsync<byte[]?>(LogoSql, new { hash }) is not { } logo)
        {
            return Results.NotFound();
        }

        context.Response.Headers.CacheControl = "private, max-age=31536000, immutable";
        context.Response.Headers.ContentSecurityPolicy = ContentPolicy.Nothing;
        return Results.Bytes(logo, "image/png");
    }
}
