using System.Text.RegularExpressions;
using PayLinks.Api.Links;
using PayLinks.Core.Messages;
using PayLinks.Core.Texts;

namespace PayLinks.Api.Texts;

/// <summary>What can be wrong with a merchant's own words beyond what can be wrong with any text.</summary>
internal static class TemplateCodes
{
    public const string Brackets = "brackets";
    public const string UnknownPlaceholder = "unknown_placeholder";
    public const string UrlMissing = "url_missing";
    public const string UrlNotAlone = "url_not_alone";
    public const string SecondAddress = "second_address";
    public const string TooManySegments = "too_many_segments";

    public static IReadOnlyList<string> All { get; } =
        [Brackets, UnknownPlaceholder, UrlMissing, UrlNotAlone, SecondAddress, TooManySegments];
}

/// <summary>
/// The rules for a merchant's own words. What passes can be sent with whatever facts a link may have.
/// </summary>
internal static partial class CheckTemplate
{
    public const string SubjectPointer = "/subject";
    public const string BodyPointer = "/body";

    private const int SubjectLengthMax = 200;
    private const int BodyLengthMax = 1000;

    // Control characters, which no text that comes so far holds.
    private const string AnyFact = "\u0001";
    private const string TheUrl = "\u0002";

    /// <param name="subject">Null for a text message.</param>
    /// <param name="longest">The longest facts that there can be.</param>
    public static IReadOnlyList<FieldError> Read(
        TextChoice choice, string? subject, string body, MessageFacts longest)
    {
        var errors = new List<FieldError>();
        if (choice.Channel == MessageChannel.Email)
        {
            ReadText(SubjectPointer, subject ?? "", SubjectLengthMax, choice, errors);
        }

        ReadText(BodyPointer, body, BodyLengthMax, choice, errors);
        if (errors.Count == 0 && choice.Channel == MessageChannel.Sms && !SmsText.Write(longest, body).IsOwn)
        {
            errors.Add(new FieldError(BodyPointer, TemplateCodes.TooManySegments));
        }

        return errors;
    }

    private static void ReadText(
        string pointer, string text, int lengthMax, TextChoice choice, List<FieldError> errors)
    {
        if (text.Trim().Length == 0)
        {
            errors.Add(new FieldError(pointer, FieldCodes.Required));
        }
        else if (CheckText.WhatIsWrong(text, lengthMax, isProse: true) is { } code)
        {
            errors.Add(new FieldError(pointer, code, code == FieldCodes.TooLong ? $"{lengthMax}" : null));
        }
        else if (TextTemplate.Parse(text) is not { } template)
        {
            errors.Add(new FieldError(pointer, TemplateCodes.Brackets));
        }
        else if (template.Placeholders.Except(Placeholder.In(choice.Kind, choice.Channel), StringComparer.Ordinal)
            .FirstOrDefault() is { } unknown)
        {
            errors.Add(new FieldError(pointer, TemplateCodes.UnknownPlaceholder, $"{{{unknown}}}"));
        }
        else if (WhatIsWrongWithAddresses(text, choice) is { } wrong)
        {
            errors.Add(new FieldError(pointer, wrong));
        }
    }

    // With all that may stand there and with what always does: an address may hide where two parts meet.
    private static string? WhatIsWrongWithAddresses(string text, TextChoice choice)
    {
        var filled = Gap().Replace(
            Gsm7.WriteSigns(text).Replace($"{{{Placeholder.Url}}}", TheUrl, StringComparison.Ordinal), AnyFact);
        var least = Optional().Replace(filled, "");
        string[] readings = [Brackets().Replace(filled, ""), least];
        var needsUrl = choice.Channel == MessageChannel.Sms && choice.Kind.Invites();
        return needsUrl && !least.Contains(TheUrl, StringComparison.Ordinal) ? TemplateCodes.UrlMissing
            : readings.Any(reading => GluedUrl().IsMatch(reading)) ? TemplateCodes.UrlNotAlone
            : readings.Any(reading => MessageFacts.HasAddress(AsWords(reading))) ? TemplateCodes.SecondAddress
            : null;
    }

    // A fact may end or begin with a letter.
    private static string AsWords(string reading) =>
        reading.Replace(TheUrl, " ", StringComparison.Ordinal).Replace(AnyFact, "x", StringComparison.Ordinal);

    [GeneratedRegex(@"\{[a-z]+\}")]
    private static partial Regex Gap();

    [GeneratedRegex(@"\[[^\]]*\]")]
    private static partial Regex Optional();

    [GeneratedRegex(@"[\[\]|]")]
    private static partial Regex Brackets();

    [GeneratedRegex("(?<=[^ ])\u0002|\u0002(?=[^ ])")]
    private static partial Regex GluedUrl();
}
