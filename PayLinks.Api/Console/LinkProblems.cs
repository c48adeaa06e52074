using PayLinks.Api.Links;

namespace PayLinks.Api.Console;

/// <summary>
/// Turns the validator's errors into problems of form fields, in words for somebody who sees a form and not JSON.
/// </summary>
internal static class LinkProblems
{
    /// <param name="fieldOf">The id of the field that a pointer of the wire stands for.</param>
    public static IReadOnlyList<FormProblem> Of(
        IReadOnlyList<FieldError> errors, ConsoleWords words, Func<string, string> fieldOf) =>
        [.. errors
            .Select(error => new FormProblem(fieldOf(error.Pointer), Text(error, words)))
            // Two errors of one field are one too many to read: the first leads to the second.
            .DistinctBy(problem => problem.Field)];

    /// <summary>The limit that forbids sending, at the field whose address it is about.</summary>
    public static FormProblem Of(LinkOutcome.TooMany tooMany, ConsoleWords words, string field) =>
        new(field, words.Limits.Of(tooMany.Code, words.Desk.AtMost(tooMany.RetryAfter)));

    public static Func<string, string> FieldsOf(TypedLink typed) => pointer => pointer switch
    {
        "/amount/value" or "/amount/currency" => "amount",
        "/description" => "description",
        "/reference" => "reference",
        "/customer/name" => "name",
        "/customer/locale" => "locale",
        "/customer/phone" => TypedLink.IsEmail(typed.To) ? "also" : "to",
        "/customer/email" => TypedLink.IsEmail(typed.To) ? "to" : "also",
        "/expiresIn" or "/expiresAt" => "expiresIn",
        _ => "to",
    };

    public static string Text(FieldError error, ConsoleWords words) => (error.Pointer, error.Code) switch
    {
        ("/amount/value", FieldCodes.Required or FieldCodes.AmountInvalid or FieldCodes.AmountDecimals) =>
            words.Form.AmountNeeded,
        ("/description", FieldCodes.Required) => words.Form.DescriptionNeeded,
        ("/customer/phone", FieldCodes.Required) => words.Form.PhoneNeeded,
        ("/customer/email", FieldCodes.Required) => words.Form.EmailNeeded,
        ("/to", FieldCodes.Required) => words.Form.ToNeededToSend,
        ("/events/0", FieldCodes.ValueUnknown) => words.Webhooks.EventsNeeded,
        _ => LinkErrorWords.In(words.Language).Of(error),
    };
}
