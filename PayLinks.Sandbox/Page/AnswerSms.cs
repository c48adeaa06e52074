using PayLinks.Sandbox.Control;
using PayLinks.Sandbox.Twilio;

namespace PayLinks.Sandbox.Page;

/// <summary>The buttons under a text on the phone.</summary>
internal static class AnswerSms
{
    public static async Task<IResult> HandleAsync(HttpContext http, ReceiveSms receive)
    {
        var fields = await http.ReadFieldsAsync();
        var from = fields.GetValueOrDefault("from", "");
        var to = fields.GetValueOrDefault("to", "");
        if (!PhoneNumbers.IsE164(from) || !PhoneNumbers.CanBeAnswered(to))
        {
            return Input.Refuse("Only a number can answer, and not to a name.");
        }

        receive.Receive(from, to, fields.GetValueOrDefault("body", ""));
        return Results.Redirect("/");
    }
}
