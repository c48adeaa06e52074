using PayLinks.Core.Wire;

namespace PayLinks.Api.V1;

/// <summary>What happens to links, for programs: the feed, the stream, and webhook endpoints.</summary>
internal static class EventRoutes
{
    extension(IEndpointRouteBuilder app)
    {
        public void MapEvents()
        {
            var events = app.MapGroup("/v1/events").WithTags("Events");
            events.MapGet("", GetEvents.HandleAsync).Needs(Scopes.EventsRead)
                .Named("listEvents", "Follow what happens")
                .Describes(
                    "The events of all links, oldest first, each with its link as it stands now. To go on, now or "
                    + "later, repeat the request with `after` set to `nextCursor`: no event is ever skipped.")
                .Answers<LinkEventPageAnswer>(200).Refuses(400);
            events.MapGet("/stream", StreamEvents.HandleAsync).Needs(Scopes.EventsRead)
                .Named("streamEvents", "Follow what happens, live")
                .Describes(
                    "The same as Server-Sent Events: `id` is the event's id, `data` its JSON, a comment beats every "
                    + "15 s. Begins with what happens next, or after `Last-Event-ID`.")
                .Answers<LinkEventAnswer>(200, "text/event-stream").Refuses(400);
            events.MapPost("/{id}/redeliver", EndpointPosts.RedeliverEventAsync).Needs(Scopes.WebhooksWrite)
                .Named("redeliverEvent", "Post an event again")
                .Describes("To every enabled endpoint that wants its type, whether or not it had arrived.")
                .Answers<RedeliveryAnswer>(202).Refuses(400, 404, 409, 413, 415, 422);
        }

        public void MapWebhookEndpoints()
        {
            var endpoints = app.MapGroup("/v1/webhook-endpoints").WithTags("Webhook endpoints");
            endpoints.MapPost("", EndpointPosts.CreateAsync).Needs(Scopes.WebhooksWrite)
                .Named("createWebhookEndpoint", "Be told of events")
                .Describes("Events from now on are posted there, signed with the secret that is shown this once.")
                .Takes<NewEndpointBody>().Answers<EndpointSecretAnswer>(201).Refuses(400, 409, 413, 415, 422);
            endpoints.MapGet("", EndpointGets.AllAsync).Needs(Scopes.WebhooksWrite)
                .Named("listWebhookEndpoints", "List endpoints")
                .Describes("Newest first, without their secrets.")
                .Answers<EndpointPageAnswer>(200).Refuses(400);
            endpoints.MapGet("/{id}", EndpointGets.OneAsync).Needs(Scopes.WebhooksWrite)
                .Named("getWebhookEndpoint", "Get an endpoint")
                .Describes("Without its secret.")
                .Answers<EndpointAnswer>(200).Refuses(400, 404);
            endpoints.MapPatch("/{id}", EndpointPosts.ChangeAsync).Needs(Scopes.WebhooksWrite)
                .Named("changeWebhookEndpoint", "Change an endpoint")
                .Describes("Its address, the types it is told of, or whether it is told at all.")
                .Takes<EndpointChangeBody>().Answers<EndpointAnswer>(200).Refuses(400, 404, 413, 415, 422);
            endpoints.MapDelete("/{id}", EndpointPosts.DeleteAsync).Needs(Scopes.WebhooksWrite)
                .Named("deleteWebhookEndpoint", "Delete an endpoint")
                .Describes("Nothing is posted there any more.")
                .AnswersNothing().Refuses(404);
            endpoints.MapPost("/{id}/rotate-secret", EndpointPosts.RotateAsync).Needs(Scopes.WebhooksWrite)
                .Named("rotateWebhookSecret", "Get a new secret")
                .Describes("For 24 hours both sign, the new and the old one.")
                .Answers<EndpointSecretAnswer>(200).Refuses(400, 404, 409, 413, 415, 422);
            endpoints.MapGet("/{id}/deliveries", EndpointGets.DeliveriesAsync).Needs(Scopes.WebhooksWrite)
                .Named("listDeliveries", "See what was posted")
                .Describes("Each post with its answer, newest first, for 30 days.")
                .Answers<DeliveryPageAnswer>(200).Refuses(400, 404);
            endpoints.MapPost("/{id}/redeliver", EndpointPosts.RedeliverAsync).Needs(Scopes.WebhooksWrite)
                .Named("redeliverToEndpoint", "Post much again")
                .Describes(
                    "All notices that failed for good; or, with `from` and `to`, everything that happened in that "
                    + "period and is of a type the endpoint wants.")
                .Takes<RedeliverBody>(isOptional: true).Answers<RedeliveryAnswer>(202)
                .Refuses(400, 404, 409, 413, 415, 422);
        }
    }
}
