using System.Text.RegularExpressions;

namespace PayLinks.Sandbox.Twilio;

/// <summary>The published magic numbers, and the sandbox's own Italian ones.</summary>
internal static partial class PhoneNumbers
{
    /// <summary>Why Twilio refuses this sender; nothing when it does not.</summary>
    public static Answer? RefusalOfSender(string from) => from switch
    {
        "+15005550001" => InvalidSender(from),
        "+15005550007" => TwilioError.Of(21606, $"The 'From' number {from} cannot send messages for this account"),
        "+15005550008" => TwilioError.Of(21611, $"The queue of the 'From' number {from} is full"),
        _ when E164().IsMatch(from) || SenderName().IsMatch(from) || ShortCode().IsMatch(from) => null,
        _ => InvalidSender(from),
    };

    /// <summary>Why Twilio refuses this recipient; nothing when it does not.</summary>
    public static Answer? RefusalOfRecipient(string to) => to switch
    {
        "+15005550001" => TwilioError.Of(21211, $"Invalid 'To' Phone Number: {to}"),
        "+15005550002" => TwilioError.Of(21612, $"Message cannot be sent with the current combination of 'To' ({to}) "
            + "and/or 'From' parameters"),
        "+15005550003" => TwilioError.Of(21408, $"Sending SMS to the region of {to} is not enabled"),
        "+15005550004" => OptedOut(),
        "+15005550009" => TwilioError.Of(21614, $"'To' number is not a valid mobile number: {to}"),
        _ when !E164().IsMatch(to) => TwilioError.Of(21211, $"Invalid 'To' Phone Number: {to}"),
        // Italian numbers that begin with 0 are fixed lines.
        _ when to.StartsWith("+390", StringComparison.Ordinal) =>
            TwilioError.Of(21614, $"'To' number is not a valid mobile number: {to}"),
        _ => null,
    };

    public static Answer OptedOut() => TwilioError.Of(21610, "Attempt to send to unsubscribed recipient");

    /// <summary>The code with which an accepted message fails to arrive; nothing when it arrives.</summary>
    public static int? FailureOf(string to) => to.StartsWith("+393", StringComparison.Ordinal) ? to[^4..] switch
    {
        "0003" => 30003,
        "0005" => 30005,
        "0006" => 30006,
        "0007" => 30007,
        "0008" => 30008,
        _ => null,
    } : null;

    public static string? WordsFor(int? code) => code switch
    {
        30003 => "Unreachable destination handset",
        30005 => "Unknown destination handset",
        30006 => "Landline or unreachable carrier",
        30007 => "Message filtered by the carrier",
        30008 => "Unknown error",
        _ => null,
    };

    public static bool IsE164(string number) => E164().IsMatch(number);

    /// <summary>A sender that a phone can answer: no name, but a number, a short code or a messaging service.</summary>
    public static bool CanBeAnswered(string sender) =>
        E164().IsMatch(sender) || ShortCode().IsMatch(sender) || IsServiceSid(sender);

    public static bool IsServiceSid(string sid) =>
        sid.Length == 34 && sid.StartsWith("MG", StringComparison.Ordinal) && sid[2..].All(char.IsAsciiHexDigit);

    private static Answer InvalidSender(string from) =>
        TwilioError.Of(21212, $"Invalid From Number (caller ID): {from}");

    [GeneratedRegex(@"^\+[1-9]\d{6,14}\z")]
    private static partial Regex E164();

    // One to eleven letters, digits and some signs, with at least one letter.
    [GeneratedRegex(@"^(?=.*[A-Za-z])[A-Za-z0-9 &+_-]{1,11}\z")]
    private static partial Regex SenderName();

    [GeneratedRegex(@"^\d{3,6}\z")]
    private static partial Regex ShortCode();
}
