using System.Text.Json;
using PayLinks.Api.Idempotency;
using PayLinks.Api.Links;
using PayLinks.Api.Problems;
using PayLinks.Core.Messages;

namespace PayLinks.Api.V1;

internal static class PhoneNumberPosts
{
    public static async Task<IResult> CheckAsync(
        HttpContext context, ApiCaller caller, AnswerOnce once, CheckNumber check)
    {
        var (bytes, body, refusal) = await RequestBody.ReadAsync(
            context.Request, V1Json.Wire.PhoneNumberBody, whenEmpty: null);
        if (refusal is not null)
        {
            return refusal;
        }

        var errors = new List<FieldError>();
        if (string.IsNullOrWhiteSpace(body!.Number))
        {
            errors.Add(new FieldError("/number", FieldCodes.Required));
        }

        if (body.Country is { } country && !ReadNumber.IsCountry(country))
        {
            errors.Add(new FieldError("/country", FieldCodes.CountryUnknown));
        }

        return errors.Count > 0
            ? Problem.Fields(errors)
            : await once.RunAsync(context, caller.Actor, bytes, async transaction =>
                await check.ExecuteAsync(transaction, body.Number!, body.Country) is { } found
                    ? new Reply.Kept(
                        StatusCodes.Status200OK,
                        JsonSerializer.SerializeToUtf8Bytes(
                            PhoneNumberAnswer.From(found), V1Json.Wire.PhoneNumberAnswer),
                        Location: null,
                        () => { })
                    : new Reply.Refused(Problem.Fields([new FieldError("/number", FieldCodes.PhoneInvalid)])));
    }
}
