using PayLinks.Api.SignIn;

namespace PayLinks.Api.Console;

internal static class ShowNewLink
{
    public static Task<IResult> HandleAsync(
        ConsolePage page, Staff staff, RenderNewLink render, CancellationToken cancellationToken) =>
        render.ExecuteAsync(page, staff, TypedLink.Empty(), [], StatusCodes.Status200OK, cancellationToken);
}
