using System.Text.RegularExpressions;
using PayLinks.Core.Messages;
using PayLinks.Worker.Sending;

namespace PayLinks.Worker.Texts;

/// <summary>
/// The text of one SMS: who, how much, what for, until when, and one address. What does not fit one segment is left out
/// in the order of its worth: first the closing words, then the purpose is shortened, last the merchant's name.
/// </summary>
internal static partial class SmsText
{
    private const int PurposeRoomMin = 8;
    private const int NameRoomMin = 3;

    // The same in every language; a test must not be taken for the real thing.
    private const string Test = "TEST ";

    /// <param name="url">The link's address, the only one in the text.</param>
    /// <returns>One segment of the GSM alphabet for addresses of up to 60 characters.</returns>
    public static string Write(OutgoingMessage message, string url)
    {
        var words = SmsWords.For(message.Locale);
        var name = Clean(message.MerchantName) is { } clean && clean.Any(char.IsLetterOrDigit) ? clean : words.Payment;
        var description = Clean(message.Description);
        var reference = message.Reference is null ? "" : Clean(message.Reference);
        var phone = message.MerchantPhone is null ? "" : Clean(message.MerchantPhone);

        var isRefund = message.Purpose == MessagePurpose.Refund;
        var amount = Gsm7.Write((isRefund ? message.Returned : message.Amount).DisplayPlain(words.Culture));
        var mark = message.IsTest ? Test : "";

        string Text(string by, string purpose, bool closing) => message.Invites
            ? $"{mark}{by}: {words.Pay(amount, purpose, words.Until(message.ExpiresLocal))} {url}"
                + (closing && phone.Length > 0 ? words.Questions(phone) : "")
            : isRefund ? $"{mark}{by}: {words.Refunded(amount, purpose)} {words.Receipt} {url}"
            : $"{mark}{by}: {words.Received(amount, purpose)} {words.Receipt} {url}"
                + (closing ? words.Thanks : "");

        var whole = description.Length == 0 ? "" : words.Purpose(description);
        var byReference = reference.Length == 0 ? null : words.Reference(reference);
        (string?, bool)[] tries = [(whole, true), (whole, false), (byReference, true), (byReference, false)];
        foreach (var (purpose, closing) in tries)
        {
            if (purpose is not null && Text(name, purpose, closing) is { } text && Fits(text))
            {
                return text;
            }
        }

        var room = Room(Text(name, words.Purpose(""), closing: false));
        if (room >= PurposeRoomMin && Gsm7.Shorten(description, room) is { Length: > 0 } shortened)
        {
            return Text(name, words.Purpose(shortened), closing: false);
        }

        var nameRoom = Math.Max(NameRoomMin, Room(Text("", "", closing: false)));
        return Text(Gsm7.Shorten(name, nameRoom), "", closing: false);
    }

    // A second address would be somebody else's: names and numbers of hosts lose dots, so that phones do not make links
    // of them.
    private static string Clean(string text)
    {
        var written = Gsm7.Write(text).Replace("://", " ", StringComparison.Ordinal);
        return HostDot().Replace(written, " ").Trim();
    }

    private static bool Fits(string text) => Gsm7.Length(text) <= Gsm7.SegmentLength;

    private static int Room(string text) => Gsm7.SegmentLength - (Gsm7.Length(text) ?? Gsm7.SegmentLength);

    [GeneratedRegex(@"(?<=[\p{L}\p{N}-])\.(?=\p{L})|(?<=\d)\.(?=\d+\.\d)")]
    private static partial Regex HostDot();
}
