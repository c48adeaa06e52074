using System.Text.Json;
using Npgsql;
using PayLinks.Api.Idempotency;
using PayLinks.Api.Links;
using PayLinks.Api.Notices;
using PayLinks.Api.Problems;
using PayLinks.Core;
using PayLinks.Core.Database;

namespace PayLinks.Api.V1;

/// <summary>Webhook endpoints made, changed and deleted, and their notices asked for again.</summary>
internal static class EndpointPosts
{
    public static async Task<IResult> CreateAsync(
        HttpContext context, ApiCaller caller, AnswerOnce once, CreateEndpoint create)
    {
        var (bytes, body, refusal) = await RequestBody.ReadAsync(
            context.Request, V1Json.Wire.NewEndpointBody, whenEmpty: null);
        return refusal ?? await once.RunAsync(context, caller.Actor, bytes, async transaction =>
            WithSecret(await create.ExecuteAsync(transaction, caller.Actor, body!.ToDraft()), isNew: true));
    }

    public static async Task<IResult> RotateAsync(
        string id, HttpContext context, ApiCaller caller, AnswerOnce once, ChangeEndpoint change)
    {
        if (!PublicId.TryParse(PublicId.Endpoint, id, out var endpointId))
        {
            return new Problem(ProblemCodes.NotFound);
        }

        var (bytes, _, refusal) = await RequestBody.ReadAsync(
            context.Request, V1Json.Wire.NothingBody, new NothingBody());
        return refusal ?? await once.RunAsync(context, caller.Actor, bytes, async transaction =>
            WithSecret(await change.RotateAsync(transaction, caller.Actor, endpointId), isNew: false));
    }

    public static async Task<IResult> ChangeAsync(
        string id, HttpContext context, ApiCaller caller, NpgsqlDataSource database, ChangeEndpoint change)
    {
        if (!PublicId.TryParse(PublicId.Endpoint, id, out var endpointId))
        {
            return new Problem(ProblemCodes.NotFound);
        }

        var (_, body, refusal) = await RequestBody.ReadAsync(
            context.Request, V1Json.Wire.EndpointChangeBody, whenEmpty: null);
        if (refusal is not null)
        {
            return refusal;
        }

        await using var transaction = await database.BeginAsync(caller.Actor.MerchantId, context.RequestAborted);
        var outcome = await change.ExecuteAsync(transaction, caller.Actor, endpointId, body!.ToDraft());
        if (outcome is not EndpointOutcome.Done { Endpoint: var endpoint })
        {
            return Refuse(outcome);
        }

        await transaction.CommitAsync(CancellationToken.None);
        return TypedResults.Json(EndpointAnswer.From(endpoint), V1Json.Wire.EndpointAnswer);
    }

    public static async Task<IResult> DeleteAsync(
        string id, HttpContext context, ApiCaller caller, NpgsqlDataSource database)
    {
        await using var transaction = await database.BeginAsync(caller.Actor.MerchantId, context.RequestAborted);
        if (!PublicId.TryParse(PublicId.Endpoint, id, out var endpointId)
            || !await ChangeEndpoint.DeleteAsync(transaction, caller.Actor, endpointId))
        {
            return new Problem(ProblemCodes.NotFound);
        }

        await transaction.CommitAsync(CancellationToken.None);
        return TypedResults.NoContent();
    }

    public static async Task<IResult> RedeliverAsync(
        string id, HttpContext context, ApiCaller caller, AnswerOnce once)
    {
        if (!PublicId.TryParse(PublicId.Endpoint, id, out var endpointId))
        {
            return new Problem(ProblemCodes.NotFound);
        }

        var (bytes, body, refusal) = await RequestBody.ReadAsync(
            context.Request, V1Json.Wire.RedeliverBody, new RedeliverBody(From: null, To: null));
        if (refusal is not null)
        {
            return refusal;
        }

        var errors = new List<FieldError>();
        var from = Instant("/from", body!.From, errors);
        var to = Instant("/to", body.To, errors);
        if (from > to)
        {
            errors.Add(new FieldError("/to", FieldCodes.DatesReversed));
        }

        return errors.Count > 0
            ? Problem.Fields(errors)
            : await once.RunAsync(context, caller.Actor, bytes, async transaction =>
                await transaction.FindEndpointAsync(caller.Actor, endpointId) switch
                {
                    null => new Reply.Refused(new Problem(ProblemCodes.NotFound)),
                    { IsDisabled: true } => new Reply.Refused(new Problem(ProblemCodes.EndpointDisabled)),
                    _ => Accepted(from is null && to is null
                        ? await transaction.TellFailedAgainAsync(caller.Actor, endpointId)
                        : await transaction.TellPeriodAgainAsync(caller.Actor, endpointId, from, to)),
                });
    }

    public static async Task<IResult> RedeliverEventAsync(
        string id, HttpContext context, ApiCaller caller, AnswerOnce once, Wakeups wakeups)
    {
        if (!PublicId.TryParse(PublicId.Event, id, out var eventId))
        {
            return new Problem(ProblemCodes.NotFound);
        }

        var (bytes, _, refusal) = await RequestBody.ReadAsync(
            context.Request, V1Json.Wire.NothingBody, new NothingBody());
        return refusal ?? await once.RunAsync(context, caller.Actor, bytes, async transaction =>
            await transaction.LinkOfEventAsync(caller.Actor, eventId) is { } linkId
                ? Accepted(
                    await transaction.TellEventAgainAsync(caller.Actor, eventId),
                    () => wakeups.Link(caller.Actor.MerchantId, linkId))
                : new Reply.Refused(new Problem(ProblemCodes.NotFound)));
    }

    private static DateTimeOffset? Instant(string pointer, string? text, List<FieldError> errors)
    {
        if (text is null)
        {
            return null;
        }

        if (CheckExpiry.TryParseInstant(text, out var instant))
        {
            return instant;
        }

        errors.Add(new FieldError(pointer, FieldCodes.TimeInvalid));
        return null;
    }

    private static Reply.Kept Accepted(AskedAgain asked, Action? committed = null) => new(
        StatusCodes.Status202Accepted,
        JsonSerializer.SerializeToUtf8Bytes(
            new RedeliveryAnswer(asked.Notices, asked.HasMore), V1Json.Wire.RedeliveryAnswer),
        Location: null,
        committed ?? (() => { }));

    // The answer is kept sealed for whoever repeats the request, the secret with it.
    private static Reply WithSecret(EndpointOutcome outcome, bool isNew)
    {
        if (outcome is not EndpointOutcome.Done { Endpoint: var endpoint, Secret: { } secret })
        {
            return new Reply.Refused(Refuse(outcome));
        }

        var answer = EndpointSecretAnswer.From(endpoint, secret);
        return new Reply.Kept(
            isNew ? StatusCodes.Status201Created : StatusCodes.Status200OK,
            JsonSerializer.SerializeToUtf8Bytes(answer, V1Json.Wire.EndpointSecretAnswer),
            isNew ? $"/v1/webhook-endpoints/{answer.Id}" : null,
            () => { });
    }

    private static Problem Refuse(EndpointOutcome outcome) => outcome switch
    {
        EndpointOutcome.NotFound => new Problem(ProblemCodes.NotFound),
        EndpointOutcome.Conflict conflict => new Problem(conflict.Code),
        EndpointOutcome.Invalid invalid => Problem.Fields(invalid.Errors),
        _ => throw new InvalidOperationException("What is done is no refusal."),
    };
}
