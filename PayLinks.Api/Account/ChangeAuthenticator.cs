using OtpNet;
using PayLinks.Api.Console;
using PayLinks.Api.SignIn;
using QRCoder;

namespace PayLinks.Api.Account;

/// <summary>An app to be turned on.</summary>
/// <param name="Secret">What it computes codes from, in base32.</param>
/// <param name="Sealed">The same for us, when the form comes back.</param>
public sealed record AuthenticatorModel(string Email, string Secret, string Sealed, IReadOnlyList<FormProblem> Problems)
{
    /// <summary>The address by which apps take the secret.</summary>
    public string Uri => new OtpUri(OtpType.Totp, Secret, Email, "PayLinks").ToString();

    public string Grouped => string.Join(' ', Secret.Chunk(4).Select(group => new string(group)));

    public string QrDataUri()
    {
        using var code = QRCodeGenerator.GenerateQrCode(Uri, QRCodeGenerator.ECCLevel.M);
        using var png = new PngByteQRCode(code);
        return "data:image/png;base64," + Convert.ToBase64String(png.GetGraphic(5, drawQuietZones: true));
    }
}

/// <summary>An app that is on.</summary>
public sealed record AuthenticatorOnModel(TurnedOn TurnedOn, IReadOnlyList<FormProblem> Problems);

/// <summary>Turns the second factor on and off; each takes the password once more.</summary>
internal static class ChangeAuthenticator
{
    public const string Path = RenderAccount.Path + "/authenticator";

    // Some have yet to find and install an app.
    private static readonly TimeSpan TimeToScan = TimeSpan.FromMinutes(30);

    public static async Task<IResult> ShowAsync(
        ConsolePage page, Staff staff, Authenticators authenticators, SealedForAWhile seal,
        CancellationToken cancellationToken)
    {
        if (await authenticators.FindAsync(staff.UserId, cancellationToken) is { } on)
        {
            return page.Render<AuthenticatorOnPage>(new AuthenticatorOnModel(on, []));
        }

        var secret = Authenticators.NewSecret();
        return page.Render<AuthenticatorPage>(
            new AuthenticatorModel(staff.Email, secret, seal.Seal(Purpose(staff), secret), []));
    }

    /// <summary>Nothing is on before the app has shown, by a code, that it has the secret.</summary>
    public static async Task<IResult> TurnOnAsync(
        HttpContext context, ConsolePage page, Staff staff, Authenticators authenticators, Attempts attempts,
        SealedForAWhile seal, CancellationToken cancellationToken)
    {
        if (await authenticators.FindAsync(staff.UserId, cancellationToken) is not null)
        {
            return ConsoleResults.SeeOther(Path);
        }

        var words = page.Words.Account;
        var form = await context.Request.ReadFormAsync(cancellationToken);
        if (seal.Open(Purpose(staff), form["secret"], TimeToScan)?.Content is not { } secret)
        {
            var fresh = Authenticators.NewSecret();
            return Again(fresh, seal.Seal(Purpose(staff), fresh), "code", words.SecretTooOld);
        }

        if (TypedCode.Read(form["code"].ToString()) is not { IsRecovery: false } code)
        {
            return Again(secret, form["secret"].ToString(), "code", words.CodeShape);
        }

        if (await attempts.ProveAsync(staff.UserId, form["password"].ToString(), cancellationToken) is null)
        {
            return Again(secret, form["secret"].ToString(), "password", attempts.Say(words.WrongPassword));
        }

        return await authenticators.TurnOnAsync(staff, secret, code, cancellationToken) is { } codes
            ? page.Render<RecoveryCodesPage>(codes)
            : Again(secret, form["secret"].ToString(), "code", words.CodeWrong);

        IResult Again(string shown, string resealed, string field, string problem) => page.Render<AuthenticatorPage>(
            new AuthenticatorModel(staff.Email, shown, resealed, [new(field, problem)]),
            StatusCodes.Status422UnprocessableEntity);
    }

    public static async Task<IResult> ReplaceCodesAsync(
        HttpContext context, ConsolePage page, Staff staff, Authenticators authenticators, Attempts attempts,
        CancellationToken cancellationToken)
    {
        var form = await context.Request.ReadFormAsync(cancellationToken);
        if (await attempts.ProveAsync(staff.UserId, form["password"].ToString(), cancellationToken) is null)
        {
            return await AgainAsync(page, staff, authenticators, attempts, cancellationToken);
        }

        return await authenticators.ReplaceCodesAsync(staff.UserId, cancellationToken) is { } codes
            ? page.Render<RecoveryCodesPage>(codes)
            : ConsoleResults.SeeOther(Path);
    }

    public static async Task<IResult> TurnOffAsync(
        HttpContext context, ConsolePage page, Staff staff, Authenticators authenticators, Attempts attempts,
        CancellationToken cancellationToken)
    {
        var form = await context.Request.ReadFormAsync(cancellationToken);
        if (await attempts.ProveAsync(staff.UserId, form["password"].ToString(), cancellationToken) is null)
        {
            return await AgainAsync(page, staff, authenticators, attempts, cancellationToken);
        }

        await authenticators.TurnOffAsync(staff.UserId, cancellationToken);
        return ConsoleResults.SeeOther(RenderAccount.Path + "?done=off");
    }

    private static async Task<IResult> AgainAsync(
        ConsolePage page, Staff staff, Authenticators authenticators, Attempts attempts,
        CancellationToken cancellationToken) =>
        await authenticators.FindAsync(staff.UserId, cancellationToken) is { } on
            ? page.Render<AuthenticatorOnPage>(
                new AuthenticatorOnModel(on, [new("password", attempts.Say(page.Words.Account.WrongPassword))]),
                StatusCodes.Status422UnprocessableEntity)
            : ConsoleResults.SeeOther(Path);

    private static string Purpose(Staff staff) => $"authenticator/{staff.UserId}";
}
