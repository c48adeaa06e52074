using System.Text.RegularExpressions;
using PayLinks.Core.Messages;

namespace PayLinks.Core.Texts;

/// <summary>What a message to a customer says: each has its own words in every language.</summary>
public enum TextKind
{
    Link,

    /// <summary>The link, by SMS, to somebody who is on the phone meanwhile.</summary>
    Desk,
    Reminder,
    Receipt,
    Refund,
    Canceled,
}

public static class TextKinds
{
    /// <summary>Null for what goes to the merchant.</summary>
    public static TextKind? Of(MessagePurpose purpose, MessageChannel channel, bool onCall) => purpose switch
    {
        MessagePurpose.Link => onCall && channel == MessageChannel.Sms ? TextKind.Desk : TextKind.Link,
        MessagePurpose.Reminder => TextKind.Reminder,
        MessagePurpose.Receipt => TextKind.Receipt,
        MessagePurpose.Refund => TextKind.Refund,
        MessagePurpose.Canceled => TextKind.Canceled,
        MessagePurpose.Notice => null,
    };

    /// <summary>Whether it invites to pay, which nobody can without the address.</summary>
    public static bool Invites(this TextKind kind) => kind is TextKind.Link or TextKind.Desk or TextKind.Reminder;
}

/// <summary>What stands in curly brackets in a template.</summary>
public static class Placeholder
{
    public const string Merchant = "merchant";
    public const string Amount = "amount";
    public const string Purpose = "purpose";
    public const string Reference = "reference";
    public const string Expires = "expires";
    public const string Url = "url";
    public const string Phone = "phone";
    public const string Name = "name";

    public static IReadOnlyList<string> All { get; } =
        [Merchant, Amount, Purpose, Reference, Expires, Url, Phone, Name];

    /// <summary>
    /// Those that mean something in such a message: only an invitation ends, and an email's address is its button's.
    /// </summary>
    public static IEnumerable<string> In(TextKind kind, MessageChannel channel) => All.Where(name => name switch
    {
        Expires => kind.Invites(),
        Url => channel == MessageChannel.Sms,
        _ => true,
    });
}

/// <summary>All that the words of a message to a customer need.</summary>
/// <param name="Locale">BCP 47 tag of the words to use.</param>
/// <param name="Amount">What is to be paid, was paid or goes back.</param>
/// <param name="ExpiresLocal">The link's end on the merchant's clock.</param>
public sealed partial record MessageFacts(
    TextKind Kind, string Locale, bool IsTest, string Merchant, string? Phone, Money Amount, string Purpose,
    string? Reference, string? CustomerName, DateTime ExpiresLocal, string Url)
{
    /// <summary>
    /// The facts as they stand in a text message: in the GSM alphabet, and with no address but the link's.
    /// </summary>
    internal Dictionary<string, string> ForSms(TextWords words)
    {
        var merchant = Clean(Merchant);
        return new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [Placeholder.Merchant] = merchant.Any(char.IsLetterOrDigit) ? merchant : words.Payment,
            [Placeholder.Amount] = Gsm7.Write(Amount.DisplayPlain(words.Culture)),
            [Placeholder.Purpose] = Clean(Purpose),
            [Placeholder.Reference] = Clean(Reference),
            [Placeholder.Expires] = Gsm7.Write(words.ShortTime(ExpiresLocal)),
            [Placeholder.Url] = Url,
            [Placeholder.Phone] = Clean(Phone),
            [Placeholder.Name] = Clean(CustomerName),
        };
    }

    internal Dictionary<string, string> ForEmail(TextWords words) => new(StringComparer.Ordinal)
    {
        [Placeholder.Merchant] = EmailText.OneLine(Merchant),
        [Placeholder.Amount] = Amount.Display(words.Culture),
        [Placeholder.Purpose] = EmailText.OneLine(Purpose),
        [Placeholder.Reference] = EmailText.OneLine(Reference ?? ""),
        [Placeholder.Expires] = ExpiresLocal.ToString(words.LongTime, words.Culture),
        [Placeholder.Phone] = EmailText.OneLine(Phone ?? ""),
        [Placeholder.Name] = EmailText.OneLine(CustomerName ?? ""),
    };

    /// <summary>Whether phones would make a link of something in these words.</summary>
    public static bool HasAddress(string text) =>
        text.Contains("://", StringComparison.Ordinal) || Host().IsMatch(text);

    // A second address would be somebody else's: names and numbers of hosts lose dots, so that phones do not make links
    // of them.
    private static string Clean(string? text)
    {
        var written = Gsm7.Write(text ?? "").Replace("://", " ", StringComparison.Ordinal);
        return HostDot().Replace(written, " ").Trim();
    }

    [GeneratedRegex(@"(?<=[\p{L}\p{N}-])\.(?=\p{L})|(?<=\d)\.(?=\d+\.\d)")]
    private static partial Regex HostDot();

    // "S.r.l." is none.
    [GeneratedRegex(@"[\p{L}\p{N}-]\.\p{L}{2,}|\d\.\d+\.\d+\.\d")]
    private static partial Regex Host();
}
