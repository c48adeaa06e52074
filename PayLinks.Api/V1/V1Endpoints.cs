using PayLinks.Api.Idempotency;
using PayLinks.Api.Takings;
using PayLinks.Core.Wire;

namespace PayLinks.Api.V1;

internal static class V1Endpoints
{
    public static IServiceCollection AddV1(this IServiceCollection services)
    {
        services.AddSingleton<ApiKeys>();
        services.AddSingleton<AnswerOnce>();
        services.AddSingleton<AnswersTogether>();
        services.AddSingleton<PostLinksTogether>();
        services.AddSingleton<Cursors>();
        services.AddSingleton<OpenStreams>();
        return services;
    }

    /// <summary>Asks for the API key wherever an endpoint needs one.</summary>
    public static IApplicationBuilder UseApiKeys(this IApplicationBuilder app) => app.UseMiddleware<ApiKeyGate>();

    public static IEndpointRouteBuilder MapV1(this IEndpointRouteBuilder app)
    {
        var links = app.MapGroup("/v1/links").WithTags("Links");

        links.MapPost("", PostLink.HandleAsync).Needs(Scopes.LinksWrite)
            .Named("createLink", "Create a link")
            .Describes("Makes a payment link and, if `send` says so, sends it to the customer in the same step.")
            .Takes<NewLinkBody>().Answers<LinkAnswer>(201).Refuses(400, 409, 413, 415, 422);
        links.MapGet("", GetLinks.HandleAsync).Needs(Scopes.LinksRead)
            .Named("listLinks", "List links")
            .Describes("Newest first. To go on, repeat the request with `after` set to `nextCursor`.")
            .Answers<LinkPageAnswer>(200).Refuses(400);
        links.MapGet("/{id}", LinkGets.OneAsync).Needs(Scopes.LinksRead)
            .Named("getLink", "Get a link")
            .Describes("The link with its messages and payments, as they stand.")
            .Answers<LinkAnswer>(200).Refuses(400, 404);
        links.MapPost("/{id}/messages", LinkPosts.SendAsync).Needs(Scopes.LinksWrite)
            .Named("sendMessage", "Send a link")
            .Describes("Sends the link once more, or to another address, which then becomes the link's own.")
            .Takes<NewMessageBody>().Answers<MessageAnswer>(201).Refuses(400, 404, 409, 413, 415, 422);
        links.MapPost("/{id}/recipient", LinkPosts.ChangeRecipientAsync).Needs(Scopes.LinksWrite)
            .Named("changeRecipient", "Send a link to somebody else")
            .Describes(
                "With `keepLink` the same link goes to the new address, and what still waits for the old one is taken "
                + "back; answers 200. Without, for a wrong number, the link is canceled and a new one of the same "
                + "content is made and sent in the same step; answers 201, or 409 while a payment is under way that "
                + "cannot be canceled. The new address replaces the link's own on that channel, or else its other one.")
            .Takes<RecipientBody>().Answers<LinkAnswer>(200).Answers<LinkAnswer>(201)
            .Refuses(400, 404, 409, 413, 415, 422);
        links.MapPost("/{id}/cancel", LinkPosts.CancelAsync).Needs(Scopes.LinksWrite)
            .Named("cancelLink", "Cancel a link")
            .Describes("Nobody can pay it any more. Answers 409 while a payment is under way that cannot be canceled.")
            .Answers<LinkAnswer>(200).Refuses(400, 404, 409, 413, 415, 422);
        links.MapPost("/{id}/extend", LinkPosts.ExtendAsync).Needs(Scopes.LinksWrite)
            .Named("extendLink", "Extend a link")
            .Describes("Gives the link more time, also when it has expired; its address stays the same.")
            .Takes<ExtensionBody>(isOptional: true).Answers<LinkAnswer>(200).Refuses(400, 404, 409, 413, 415, 422);
        links.MapPost("/{id}/refunds", RefundPosts.CreateAsync).Needs(Scopes.RefundsWrite)
            .Named("createRefund", "Give money back")
            .Describes(
                "All that is left, or part of it; never more than was captured. An equal amount within the hour is "
                + "taken for a repetition and refused.")
            .Takes<NewRefundBody>(isOptional: true).Answers<RefundAnswer>(201).Refuses(400, 404, 409, 413, 415, 422);
        links.MapPost("/{id}/refunds/{refundId}/cancel", RefundPosts.CancelAsync).Needs(Scopes.RefundsWrite)
            .Named("cancelRefund", "Stop a refund")
            .Describes("Possible until Mollie has begun to move the money.")
            .Answers<RefundAnswer>(200).Refuses(400, 404, 409, 413, 415, 422);
        links.MapGet("/{id}/events", LinkGets.EventsAsync).Needs(Scopes.LinksRead)
            .Named("listLinkEvents", "Get the timeline")
            .Describes("Everything that happened to the link, oldest first, numbered without gaps.")
            .Answers<EventPageAnswer>(200).Refuses(400, 404);
        links.MapGet("/{id}/qr.svg", LinkGets.QrSvgAsync).Needs(Scopes.LinksRead)
            .Named("getQrSvg", "Get the QR code as SVG")
            .Describes("The link's address, in upper case, error correction level M, with its quiet zone.")
            .AnswersFile("image/svg+xml").Refuses(400, 404);
        links.MapGet("/{id}/qr.png", LinkGets.QrPngAsync).Needs(Scopes.LinksRead)
            .Named("getQrPng", "Get the QR code as PNG")
            .Describes("The same as PNG, ten pixels a module.")
            .AnswersFile("image/png").Refuses(400, 404);
        app.MapGroup("/v1/phone-numbers").WithTags("Phone numbers")
            .MapPost("/check", PhoneNumberPosts.CheckAsync).Needs(Scopes.LinksRead)
            .Named("checkPhoneNumber", "Look a phone number up")
            .Describes("Says what is known of a number before anything is sent to it. Changes nothing.")
            .Takes<PhoneNumberBody>().Answers<PhoneNumberAnswer>(200).Refuses(400, 409, 413, 415, 422);
        app.MapV1Takings();
        app.MapEvents();
        app.MapWebhookEndpoints();
        return app;
    }
}
