using PayLinks.Api.Console;
using PayLinks.Api.Csv;
using PayLinks.Api.SignIn;
using PayLinks.Api.V1;

namespace PayLinks.Api.Takings;

internal static class TakingsEndpoints
{
    public static IServiceCollection AddTakings(this IServiceCollection services)
    {
        services.AddSingleton<ReadBoard>();
        return services;
    }

    /// <summary>For programs.</summary>
    public static void MapV1Takings(this IEndpointRouteBuilder app)
    {
        var takings = app.MapGroup("/v1").WithTags("Takings");
        takings.MapGet("/takings", GetTakings.SumsAsync).Needs(Scopes.LinksRead)
            .Named("getTakings", "Get the takings")
            .Describes(
                "What came in and went back, in all and by day. A payment counts on the day it was paid, a refund on "
                + "the day it was refunded, a dispute on the day the money was taken back; days are the merchant's. "
                + "What was paid in surplus, and goes back by itself, does not count.")
            .Answers<TakingsAnswer>(200).Refuses(400);
        takings.MapGet("/takings.csv", GetTakings.RowsAsync).Needs(Scopes.LinksRead)
            .Named("getTakingsCsv", "Get the takings as a table")
            .Describes(
                "The rows that the sums are made of, oldest first, one for each payment, refund, dispute and return "
                + "of a disputed sum: RFC 4180, UTF-8 with its mark. The columns `gross`, `refunds`, `disputes` and "
                + "`net` add up to the sums of the same period, to the cent.")
            .AnswersFile(CsvAnswer.ContentType).Refuses(400);
    }

    /// <summary>For staff.</summary>
    public static IEndpointRouteBuilder MapTakings(this IEndpointRouteBuilder routes)
    {
        var pages = routes.MapConsolePages().RequireAuthorization(StaffPolicies.Takings);
        pages.MapGet("/takings", ShowTakings.HandleAsync);
        pages.MapGet("/takings.csv", ShowTakings.Download);
        pages.MapGet("/links.csv", ExportLinks.Handle);
        return routes;
    }
}
