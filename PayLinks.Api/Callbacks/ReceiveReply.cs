using System.Collections.Frozen;
using System.Text;
using System.Text.RegularExpressions;

namespace PayLinks.Api.Callbacks;

/// <summary>
/// Takes Twilio's signed word on what customers text back: STOP and its like opt them out of the texts of every
/// merchant that sends from the number they answered, START brings them back, and nothing else changes anything.
/// Twilio answers them itself.
/// </summary>
internal static partial class ReceiveReply
{
    private const int WordLengthMax = 64;

    private const string NothingToSay = """<?xml version="1.0" encoding="UTF-8"?><Response/>""";

    // Twilio's own words, by which it blocks; then single words of our languages that can mean nothing else. A word
    // that may be about the payment itself ("annulla", "no") is none of them.
    private static readonly FrozenSet<string> OptingOut =
    [
        "STOP", "STOPALL", "UNSUBSCRIBE", "END", "QUIT", "CANCEL", "REVOKE", "OPTOUT",
        "BASTA", "CANCELLAMI", "DISISCRIVIMI", "STOPP", "ABMELDEN", "ARRET", "DESABONNER", "BAJA",
    ];

    private static readonly FrozenSet<string> OptingIn = ["START", "YES", "UNSTOP"];

    public static async Task<IResult> HandleAsync(HttpContext http, TwilioSignature signature, StoreWishes wishes)
    {
        if (await CallbackForm.ReadAsync(http) is not { } form)
        {
            return TypedResults.BadRequest();
        }

        if (!signature.IsValid(http, form))
        {
            return TypedResults.StatusCode(StatusCodes.Status403Forbidden);
        }

        if (form["MessageSid"] is not [{ Length: > 0 and <= WordLengthMax } sid]
            || form["From"] is not [{ Length: > 0 and <= WordLengthMax } from]
            || form["To"] is not [{ Length: > 0 and <= WordLengthMax } to]
            || form["Body"] is not [{ } body])
        {
            return TypedResults.BadRequest();
        }

        // Short codes and names text too, but we never write to them.
        if (Number().IsMatch(from) && WantsOut(form["OptOutType"], body) is { } wantsOut)
        {
            var service = form["MessagingServiceSid"].ToString();
            await wishes.ReplyAsync(sid, from, to, service.Length > 0 ? service : null, wantsOut);
        }

        return TypedResults.Text(NothingToSay, "text/xml");
    }

    /// <summary>True for STOP, false for START, null for everything else.</summary>
    /// <param name="told">What Twilio made of it, where the merchant has keywords of their own there.</param>
    private static bool? WantsOut(string? told, string body) => told switch
    {
        "STOP" => true,
        "START" => false,
        "HELP" => null,
        _ when body.Length > WordLengthMax => null,
        _ when OptingOut.Contains(WordOf(body)) => true,
        _ when OptingIn.Contains(WordOf(body)) => false,
        _ => null,
    };

    // "  Stop! " is STOP and "arrêt" is ARRET; "do not stop" is a sentence.
    private static string WordOf(string body)
    {
        var plain = new StringBuilder();
        foreach (var rune in Around().Replace(body, "").Normalize(NormalizationForm.FormD).EnumerateRunes())
        {
            if (Rune.GetUnicodeCategory(rune) != System.Globalization.UnicodeCategory.NonSpacingMark)
            {
                plain.Append(Rune.ToUpperInvariant(rune));
            }
        }

        return plain.ToString();
    }

    [GeneratedRegex(@"^\+[1-9][0-9]{6,14}\z")]
    private static partial Regex Number();

    [GeneratedRegex(@"^[^\p{L}\p{N}]+|[^\p{L}\p{M}\p{N}]+\z")]
    private static partial Regex Around();
}
