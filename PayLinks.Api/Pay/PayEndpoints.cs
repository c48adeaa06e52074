using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Extensions.Options;
using PayLinks.Api.Accessibility;
using PayLinks.Api.Brand;

namespace PayLinks.Api.Pay;

internal static class PayEndpoints
{
    private const long BodyLengthMax = 16 * 1024;

    private static readonly string[] GetAndHead = [HttpMethods.Get, HttpMethods.Head];

    public static IServiceCollection AddPay(this IServiceCollection services, IConfiguration configuration)
    {
        var scriptUrl = configuration["Mollie:ScriptUrl"]
            ?? throw new InvalidOperationException("Mollie:ScriptUrl is missing.");
        services.AddOptions<PayLimits>().BindConfiguration("Limits").ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton(provider => provider.GetRequiredService<IOptions<PayLimits>>().Value);
        services.AddSingleton<UnknownTokenLimit>();
        services.AddSingleton<FindPayLink>();
        services.AddSingleton<StartPayment>();
        services.AddSingleton<SetAside>();
        services.AddSingleton<TellMerchant>();
        services.AddSingleton<SendReceipt>();
        services.AddSingleton<ReturnLimit>();
        services.AddSingleton<StopWriting>();
        services.AddSingleton(provider => new PayAnswers(
            provider.GetRequiredService<IAntiforgery>(), provider.GetRequiredService<UnknownTokenLimit>(), scriptUrl));
        return services;
    }

    public static IEndpointRouteBuilder MapPay(this IEndpointRouteBuilder routes)
    {
        var pay = routes.MapGroup("/p/{token}").ExcludeFromDescription()
            .WithMetadata(new RequestSizeLimit(BodyLengthMax));
        pay.MapMethods("", GetAndHead, ShowPayPage.HandleAsync);
        pay.MapMethods("/result", GetAndHead, ShowResult.HandleAsync);
        pay.MapMethods("/status", GetAndHead, ShowStatus.HandleAsync);
        pay.MapMethods("/logo/{hash}.png", GetAndHead, ShowBrand.LogoAsync);
        pay.MapMethods("/stop", GetAndHead, StopWriting.ShowAsync);
        pay.MapMethods(ShowStatement.Path, GetAndHead, ShowStatement.HandleAsync);
        pay.MapPost("/stop", StopWriting.HandleAsync);
        pay.MapPost("/pay", SubmitPayment.HandleAsync);
        pay.MapPost("/receipt", SendReceipt.HandleAsync);
        pay.MapPost("/opened", TellMerchant.OpenedAsync);
        pay.MapPost("/typing", TellMerchant.TypingAsync);
        pay.MapPost("/decline", TellMerchant.DeclineAsync);
        pay.MapPost("/ask", TellMerchant.AskAsync);
        routes.MapMethods(ShowStatement.Path, GetAndHead, ShowStatement.Handle).ExcludeFromDescription();
        routes.MapMethods("/brand/{color}.css", GetAndHead, ShowBrand.Stylesheet).ExcludeFromDescription();
        return routes;
    }

    private sealed record RequestSizeLimit(long? MaxRequestBodySize) : IRequestSizeLimitMetadata;
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(ShowStatus.Answer))]
internal sealed partial class PayJson : JsonSerializerContext;
