using Microsoft.AspNetCore.Mvc;
using PayLinks.Api.Console;
using PayLinks.Api.SignIn;

namespace PayLinks.Api.Batches;

/// <summary>Links made from a file, by owners and managers.</summary>
internal static class BatchEndpoints
{
    public static IServiceCollection AddBatches(this IServiceCollection services)
    {
        services.AddSingleton<StoreBatch>();
        services.AddSingleton<MakeBatch>();
        services.AddSingleton<MakeBatches>();
        services.AddHostedService(provider => provider.GetRequiredService<MakeBatches>());
        return services;
    }

    public static IEndpointRouteBuilder MapBatches(this IEndpointRouteBuilder routes)
    {
        var pages = routes.MapConsolePages().MapGroup(ConsoleBatches.Path).RequireAuthorization(StaffPolicies.Manage);
        pages.MapGet("", ConsoleBatches.ListAsync);
        pages.MapGet("/example.csv", ConsoleBatches.Example);
        pages.MapGet("/{id}", ConsoleBatches.ShowAsync);
        pages.MapGet("/{id}/results.csv", DownloadResults.HandleAsync);
        pages.MapPost("/{id}/confirm", ChangeBatch.ConfirmAsync);
        pages.MapPost("/{id}/cancel", ChangeBatch.CancelAsync);

        // What is too large is answered with the form before the guard would have to read it.
        routes.MapGroup(ConsoleBatches.Path).AddEndpointFilter(UploadBatch.RefuseTooLargeAsync).MapConsolePages()
            .RequireAuthorization(StaffPolicies.Manage)
            .MapPost("", UploadBatch.HandleAsync)
            .WithMetadata(new RequestSizeLimitAttribute(UploadBatch.RequestBytesMax));
        return routes;
    }
}
