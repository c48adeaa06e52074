using System.Globalization;
using Npgsql;
using PayLinks.Api.Console;
using PayLinks.Api.SignIn;
using PayLinks.Core;
using PayLinks.Core.Database;

namespace PayLinks.Api.Notices;

/// <summary>The merchant's webhook endpoints, and the form that makes one.</summary>
public sealed record WebhooksModel(
    IReadOnlyList<EndpointView> Endpoints, TypedEndpoint Typed, IReadOnlyList<FormProblem> Problems,
    string? Done = null);

/// <summary>One endpoint with what was last posted to it.</summary>
/// <param name="Typed">What stands in the form that changes it.</param>
/// <param name="Failed">How many notices lie dead.</param>
public sealed record WebhookModel(
    EndpointView Endpoint, TypedEndpoint Typed, IReadOnlyList<Delivery> Deliveries, int Failed, string? Done,
    IReadOnlyList<FormProblem> Problems);

/// <summary>A new secret, which is shown this once.</summary>
public sealed record SecretModel(EndpointView Endpoint, string Secret, bool IsNew);

/// <summary>Owners and managers say where the merchant's program is told of events, and see how that goes.</summary>
internal static class ConsoleWebhooks
{
    private const string Path = "/settings/webhooks";
    private const int DeliveriesMax = 25;

    public static async Task<IResult> ListAsync(
        string? done, ConsolePage page, Staff staff, NpgsqlDataSource database, CancellationToken cancellationToken) =>
        page.Render<WebhooksPage>(new WebhooksModel(
            await ReadAsync(staff, database, cancellationToken), TypedEndpoint.Empty, [],
            done == "deleted" ? page.Words.Webhooks.Deleted : null));

    public static async Task<IResult> CreateAsync(
        HttpContext context, ConsolePage page, Staff staff, NpgsqlDataSource database, CreateEndpoint create,
        CancellationToken cancellationToken)
    {
        var typed = TypedEndpoint.Of(await context.Request.ReadFormAsync(cancellationToken));
        IReadOnlyList<FormProblem> problems;
        await using (var transaction = await database.BeginAsync(staff.MerchantId, cancellationToken))
        {
            var outcome = await create.ExecuteAsync(transaction, staff.Actor, typed.ToDraft());
            if (outcome is EndpointOutcome.Done { Endpoint: var made, Secret: { } secret })
            {
                await transaction.CommitAsync(CancellationToken.None);
                return page.Render<SecretPage>(new SecretModel(made, secret, IsNew: true));
            }

            problems = outcome is EndpointOutcome.Invalid invalid
                ? LinkProblems.Of(invalid.Errors, page.Words, TypedEndpoint.FieldOf)
                : [new FormProblem("url", page.Words.Webhooks.TooMany(CreateEndpoint.EndpointsMax))];
        }

        return page.Render<WebhooksPage>(
            new WebhooksModel(await ReadAsync(staff, database, cancellationToken), typed, problems),
            StatusCodes.Status422UnprocessableEntity);
    }

    public static Task<IResult> ShowAsync(
        string id, string? done, int? count, ConsolePage page, Staff staff, NpgsqlDataSource database,
        ReadDeliveries read, CancellationToken cancellationToken) =>
        ShowAsync(
            id, page, staff, database, read, Done(done, count ?? 0, page.Words.Webhooks), typed: null, [],
            cancellationToken);

    public static async Task<IResult> ChangeAsync(
        string id, HttpContext context, ConsolePage page, Staff staff, NpgsqlDataSource database,
        ChangeEndpoint change, ReadDeliveries read, CancellationToken cancellationToken)
    {
        var typed = TypedEndpoint.Of(await context.Request.ReadFormAsync(cancellationToken));
        if (!PublicId.TryParse(PublicId.Endpoint, id, out var endpointId))
        {
            return page.NotFound();
        }

        await using var transaction = await database.BeginAsync(staff.MerchantId, cancellationToken);
        switch (await change.ExecuteAsync(transaction, staff.Actor, endpointId, typed.ToDraft()))
        {
            case EndpointOutcome.Done:
                await transaction.CommitAsync(CancellationToken.None);
                return ConsoleResults.SeeOther($"{Path}/{id}?done=changed");
            case EndpointOutcome.Invalid invalid:
                await transaction.DisposeAsync();
                return await ShowAsync(
                    id, page, staff, database, read, done: null, typed,
                    LinkProblems.Of(invalid.Errors, page.Words, TypedEndpoint.FieldOf), cancellationToken);
            default:
                return page.NotFound();
        }
    }

    public static async Task<IResult> RotateAsync(
        string id, ConsolePage page, Staff staff, NpgsqlDataSource database, ChangeEndpoint change,
        CancellationToken cancellationToken)
    {
        await using var transaction = await database.BeginAsync(staff.MerchantId, cancellationToken);
        if (!PublicId.TryParse(PublicId.Endpoint, id, out var endpointId)
            || await change.RotateAsync(transaction, staff.Actor, endpointId)
                is not EndpointOutcome.Done { Endpoint: var endpoint, Secret: { } secret })
        {
            return page.NotFound();
        }

        await transaction.CommitAsync(CancellationToken.None);
        return page.Render<SecretPage>(new SecretModel(endpoint, secret, IsNew: false));
    }

    public static Task<IResult> DisableAsync(
        string id, ConsolePage page, Staff staff, NpgsqlDataSource database, ChangeEndpoint change) =>
        SetAsync(id, isDisabled: true, page, staff, database, change);

    public static Task<IResult> EnableAsync(
        string id, ConsolePage page, Staff staff, NpgsqlDataSource database, ChangeEndpoint change) =>
        SetAsync(id, isDisabled: false, page, staff, database, change);

    /// <summary>Asks before deleting, because it cannot be undone.</summary>
    public static async Task<IResult> ShowDeleteAsync(
        string id, ConsolePage page, Staff staff, NpgsqlDataSource database, CancellationToken cancellationToken)
    {
        await using var transaction = await database.BeginAsync(staff.MerchantId, cancellationToken);
        return PublicId.TryParse(PublicId.Endpoint, id, out var endpointId)
            && await transaction.FindEndpointAsync(staff.Actor, endpointId) is { } endpoint
                ? page.Render<DeleteWebhookPage>(endpoint)
                : page.NotFound();
    }

    public static async Task<IResult> DeleteAsync(
        string id, ConsolePage page, Staff staff, NpgsqlDataSource database, CancellationToken cancellationToken)
    {
        await using var transaction = await database.BeginAsync(staff.MerchantId, cancellationToken);
        if (!PublicId.TryParse(PublicId.Endpoint, id, out var endpointId)
            || !await ChangeEndpoint.DeleteAsync(transaction, staff.Actor, endpointId))
        {
            return page.NotFound();
        }

        await transaction.CommitAsync(CancellationToken.None);
        return ConsoleResults.SeeOther($"{Path}?done=deleted");
    }

    /// <summary>Posts one event again, all of some days, or all that failed.</summary>
    public static async Task<IResult> RedeliverAsync(
        string id, HttpContext context, ConsolePage page, Staff staff, NpgsqlDataSource database, ReadDeliveries read,
        CancellationToken cancellationToken)
    {
        var form = await context.Request.ReadFormAsync(cancellationToken);
        await using var transaction = await database.BeginAsync(staff.MerchantId, cancellationToken);
        if (!PublicId.TryParse(PublicId.Endpoint, id, out var endpointId)
            || await transaction.FindEndpointAsync(staff.Actor, endpointId) is not { IsDisabled: false })
        {
            return page.NotFound();
        }

        AskedAgain asked;
        if (form.ContainsKey("from"))
        {
            if (!TryReadDay(form["from"], staff, out var from)
                || !TryReadDay(form["to"], staff, out var to)
                || from > to)
            {
                await transaction.DisposeAsync();
                return await ShowAsync(
                    id, page, staff, database, read, done: null, typed: null,
                    [new("from", page.Words.Webhooks.BadPeriod)], cancellationToken);
            }

            asked = await transaction.TellPeriodAgainAsync(staff.Actor, endpointId, from, to.AddDays(1));
        }
        else if (PublicId.TryParse(PublicId.Event, form["event"], out var eventId))
        {
            asked = await transaction.TellEventAgainAsync(staff.Actor, eventId, endpointId);
        }
        else
        {
            asked = await transaction.TellFailedAgainAsync(staff.Actor, endpointId);
        }

        await transaction.CommitAsync(CancellationToken.None);
        var count = asked.Notices.ToString(CultureInfo.InvariantCulture);
        return ConsoleResults.SeeOther($"{Path}/{id}?done=again&count={count}");
    }

    private static async Task<IResult> ShowAsync(
        string id, ConsolePage page, Staff staff, NpgsqlDataSource database, ReadDeliveries read, string? done,
        TypedEndpoint? typed, IReadOnlyList<FormProblem> problems, CancellationToken cancellationToken)
    {
        await using var transaction = await database.BeginAsync(staff.MerchantId, cancellationToken);
        if (!PublicId.TryParse(PublicId.Endpoint, id, out var endpointId)
            || await transaction.FindEndpointAsync(staff.Actor, endpointId) is not { } endpoint)
        {
            return page.NotFound();
        }

        return page.Render<WebhookPage>(
            new WebhookModel(
                endpoint,
                typed ?? TypedEndpoint.Of(endpoint),
                await read.ExecuteAsync(transaction, endpointId, DeliveriesMax),
                await transaction.CountFailedAsync(endpointId),
                done,
                problems),
            problems.Count > 0 ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK);
    }

    private static async Task<IResult> SetAsync(
        string id, bool isDisabled, ConsolePage page, Staff staff, NpgsqlDataSource database, ChangeEndpoint change)
    {
        await using var transaction = await database.BeginAsync(staff.MerchantId, CancellationToken.None);
        var draft = new EndpointDraft(Url: null, Events: null, isDisabled);
        if (!PublicId.TryParse(PublicId.Endpoint, id, out var endpointId)
            || await change.ExecuteAsync(transaction, staff.Actor, endpointId, draft) is not EndpointOutcome.Done)
        {
            return page.NotFound();
        }

        await transaction.CommitAsync(CancellationToken.None);
        return ConsoleResults.SeeOther($"{Path}/{id}?done={(isDisabled ? "disabled" : "enabled")}");
    }

    private static async Task<IReadOnlyList<EndpointView>> ReadAsync(
        Staff staff, NpgsqlDataSource database, CancellationToken cancellationToken)
    {
        await using var transaction = await database.BeginAsync(staff.MerchantId, cancellationToken);
        return await transaction.ListEndpointsAsync(staff.Actor, CreateEndpoint.EndpointsMax);
    }

    // A day begins when it does where the merchant is.
    private static bool TryReadDay(string? text, Staff staff, out DateTimeOffset start)
    {
        start = default;
        if (!DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            || day.Year is < 2000 or > 9000)
        {
            return false;
        }

        var midnight = day.ToDateTime(TimeOnly.MinValue);
        start = new DateTimeOffset(midnight, staff.TimeZone.GetUtcOffset(midnight));
        return true;
    }

    private static string? Done(string? code, int count, WebhookWords words) => code switch
    {
        "changed" => words.Changed,
        "enabled" => words.EnabledNow,
        "disabled" => words.DisabledNow,
        "again" => words.Again(count),
        _ => null,
    };
}
