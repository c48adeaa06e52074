using PayLinks.Core.Database;

namespace PayLinks.Api.Pay;

/// <summary>What the waiting page asks each second.</summary>
internal static class ShowStatus
{
    internal sealed record Answer(string Status, PaymentAnswer? Payment);

    internal sealed record PaymentAnswer(string Status, string? FailureReason);

    public static async Task<IResult> HandleAsync(
        string token, HttpContext context, FindPayLink find, PayAnswers answers)
    {
        if (await find.ExecuteAsync(token, context.RequestAborted) is not { } link)
        {
            return answers.NoLink(context);
        }

        var status = link.State switch
        {
            PayState.Live => "open",
            PayState.Processing => "processing",
            PayState.Paid => "paid",
            PayState.Expired => "expired",
            PayState.Canceled => "canceled",
        };
        var payment = link.Payment is { } last
            ? new PaymentAnswer(last.Status.ToText(), last.FailureReason is null ? null : last.ToldReason)
            : null;
        return TypedResults.Json(new Answer(status, payment), PayJson.Default.Answer);
    }
}
