using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;

namespace PayLinks.Api.Callbacks;

/// <summary>
/// Where providers post to us. They carry no cookie and no API key: what proves them is a key or a signature.
/// </summary>
internal static class CallbackEndpoints
{
    private const long FormBytesMax = 64 * 1024;
    private const long BatchBytesMax = 1024 * 1024;

    public static IServiceCollection AddCallbacks(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<TwilioCallbackOptions>().Bind(configuration.GetSection("Twilio"))
            .ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<SendGridCallbackOptions>().Bind(configuration.GetSection("SendGrid"))
            .ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton(provider => provider.GetRequiredService<IOptions<TwilioCallbackOptions>>().Value);
        services.AddSingleton(provider => provider.GetRequiredService<IOptions<SendGridCallbackOptions>>().Value);
        services.AddSingleton<TwilioSignature>();
        services.AddSingleton<SendGridSignature>();
        services.AddSingleton<StoreCallbacks>();
        services.AddSingleton<StoreWishes>();
        return services;
    }

    public static void MapCallbacks(this IEndpointRouteBuilder endpoints)
    {
        var callbacks = endpoints.MapGroup("/callbacks").AllowAnonymous().DisableAntiforgery().ExcludeFromDescription();
        var forms = callbacks.MapGroup("").WithMetadata(new RequestSizeLimitAttribute(FormBytesMax));
        forms.MapPost("/mollie/{key}", ReceiveMollie.HandleAsync);
        forms.MapPost("/twilio/status/{key}", ReceiveTwilio.HandleAsync);
        forms.MapPost("/twilio/inbound", ReceiveReply.HandleAsync);
        callbacks.MapPost("/sendgrid/events", ReceiveSendGrid.HandleAsync)
            .WithMetadata(new RequestSizeLimitAttribute(BatchBytesMax));
    }
}
