using PayLinks.Api.Console;
using PayLinks.Api.SignIn;

namespace PayLinks.Api.Account;

internal static class ShowAccount
{
    public static Task<IResult> HandleAsync(
        string? done, HttpContext context, ConsolePage page, Staff staff, RenderAccount render,
        CancellationToken cancellationToken) =>
        render.ExecuteAsync(
            context, page, staff, [], passkeyName: null, Done(done, page.Words.Account), cancellationToken);

    private static string? Done(string? code, AccountWords words) => code switch
    {
        "password" => words.PasswordChanged,
        "ended" => words.Ended,
        "off" => words.TurnedOff,
        "added" => words.PasskeyAdded,
        "removed" => words.PasskeyRemoved,
        _ => null,
    };
}
