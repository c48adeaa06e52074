using Dapper;
using Npgsql;
using PayLinks.Api.Audit;
using PayLinks.Api.Console;
using PayLinks.Api.Links;
using PayLinks.Api.Settings;
using PayLinks.Api.SignIn;
using PayLinks.Core.Database;

namespace PayLinks.Api.Brand;

/// <param name="Typed">What stands in the form.</param>
/// <param name="Logo">Stored.</param>
public sealed record BrandModel(
    TypedBrand Typed, Logo? Logo, string MerchantName, IReadOnlyList<FormProblem> Problems, bool IsSaved = false);

/// <summary>The form, exactly as typed.</summary>
public sealed record TypedBrand(
    string Color, string Address, string Phone, string PrivacyUrl, bool DeskCode, bool RemovesLogo = false);

/// <summary>The owner says how the merchant's pages look to its customers.</summary>
internal static class ConsoleBrand
{
    public const string Path = "/settings/brand";

    private const int AddressLengthMax = 200;

    private const string ReadSql =
        """
        select name, country, coalesce(brand_color, '') as color, coalesce(address, '') as address,
            coalesce(phone, '') as phone, coalesce(privacy_url, '') as privacy_url, desk_code,
            logo_hash, logo_width, logo_height
        from merchant where id = paylinks_merchant()
        """;

    private const string SaveSql =
        """
        update merchant
        set brand_color = @color, address = @address, phone = @phone, privacy_url = @privacyUrl, desk_code = @DeskCode,
            logo = case when @changesLogo then @bytes else logo end,
            logo_hash = case when @changesLogo then @Hash else logo_hash end,
            logo_width = case when @changesLogo then @Width else logo_width end,
            logo_height = case when @changesLogo then @Height else logo_height end
        where id = paylinks_merchant()
        """;

    private const string LogoSql = "select logo from merchant where id = paylinks_merchant()";

    public static async Task<IResult> ShowAsync(
        string? done, ConsolePage page, Staff staff, NpgsqlDataSource database, CancellationToken cancellationToken)
    {
        await using var transaction = await database.BeginAsync(staff.MerchantId, cancellationToken);
        var stored = await transaction.Connection.QuerySingleAsync<Stored>(ReadSql);
        return page.Render<BrandPage>(new BrandModel(
            new TypedBrand(
                stored.Color, stored.Address, PhoneText.Grouped(stored.Phone), stored.PrivacyUrl, stored.DeskCode),
            stored.Logo, stored.Name, [], IsSaved: done == "saved"));
    }

    /// <summary>The logo as stored, for the page of settings.</summary>
    public static async Task<IResult> LogoAsync(
        Staff staff, NpgsqlDataSource database, CancellationToken cancellationToken)
    {
        await using var transaction = await database.BeginAsync(staff.MerchantId, cancellationToken);
        return await transaction.Connection.ExecuteScalarAsync<byte[]?>(LogoSql) is { } logo
            ? Results.Bytes(logo, "image/png")
            : Results.NotFound();
    }

    public static async Task<IResult> SaveAsync(
        HttpContext context, ConsolePage page, Staff staff, NpgsqlDataSource database,
        LinkLimits limits, CancellationToken cancellationToken)
    {
        var form = await context.Request.ReadFormAsync(cancellationToken);
        var typed = new TypedBrand(
            form["color"].ToString().Trim(), form["address"].ToString(), form["phone"].ToString().Trim(),
            form["privacyUrl"].ToString(), DeskCode: form["deskCode"] == "on", RemovesLogo: form["removeLogo"] == "on");
        var bytes = await ReadAsync(form.Files.GetFile("logo"), cancellationToken);

        await using var transaction = await database.BeginAsync(staff.MerchantId, cancellationToken);
        await transaction.LockMerchantAsync();
        var stored = await transaction.Connection.QuerySingleAsync<Stored>(ReadSql);

        var errors = new List<FieldError>();
        var address = CheckText.Read("/address", typed.Address, AddressLengthMax, isProse: true, errors);
        var phone = CheckPhone.Read("/phone", typed.Phone, stored.Country, errors);
        var privacyUrl = CheckReturnUrl.Read("/privacyUrl", typed.PrivacyUrl, limits, errors);
        var problems = LinkProblems.Of(errors, page.Words, pointer => pointer[1..]).ToList();
        var isColor = BrandColor.TryParse(typed.Color, out var color);
        if (typed.Color.Length > 0 && !isColor)
        {
            problems.Add(new FormProblem("color", page.Words.Brand.ColorWrong));
        }

        var logo = bytes is null ? null : LogoFile.Read(bytes);
        if (bytes is not null && logo is null)
        {
            problems.Add(new FormProblem("logo", page.Words.Brand.LogoWrong));
        }

        if (problems.Count > 0)
        {
            return page.Render<BrandPage>(
                new BrandModel(typed, stored.Logo, stored.Name, problems), StatusCodes.Status422UnprocessableEntity);
        }

        await transaction.Connection.ExecuteAsync(SaveSql, new
        {
            color = isColor ? "#" + color.Hex : null,
            address,
            phone,
            privacyUrl,
            typed.DeskCode,
            changesLogo = logo is not null || typed.RemovesLogo,
            bytes = logo is null ? null : bytes,
            logo?.Hash,
            logo?.Width,
            logo?.Height,
        });
        var saved = await transaction.Connection.QuerySingleAsync<Stored>(ReadSql);
        await transaction.NoteAsync(
            staff.Actor.Name, AuditActions.BrandChanged, about: null,
            [
                new AuditChange("logo", stored.LogoHash, saved.LogoHash),
                new AuditChange("color", stored.Color, saved.Color),
                new AuditChange("address", stored.Address, saved.Address),
                new AuditChange("phone", stored.Phone, saved.Phone),
                new AuditChange("privacyUrl", stored.PrivacyUrl, saved.PrivacyUrl),
                AuditChange.Switch("deskCode", stored.DeskCode, saved.DeskCode),
            ]);
        await transaction.CommitAsync(CancellationToken.None);
        return ConsoleResults.SeeOther(Path + "?done=saved");
    }

    // A browser sends an empty file where none was chosen. One byte too many is enough to be too large.
    private static async Task<byte[]?> ReadAsync(IFormFile? file, CancellationToken cancellationToken)
    {
        if (file is null or { Length: 0 })
        {
            return null;
        }

        await using var stream = file.OpenReadStream();
        var bytes = new byte[Math.Min(file.Length, LogoFile.BytesMax + 1)];
        await stream.ReadExactlyAsync(bytes, cancellationToken);
        return bytes;
    }

    private sealed record Stored(
        string Name, string Country, string Color, string Address, string Phone, string PrivacyUrl, bool DeskCode,
        string? LogoHash, short? LogoWidth, short? LogoHeight)
    {
        public Logo? Logo => LogoHash is null ? null : new Logo(LogoHash, LogoWidth!.Value, LogoHeight!.Value);
    }
}
