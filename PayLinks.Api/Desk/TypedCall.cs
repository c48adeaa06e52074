using PayLinks.Api.Console;
using PayLinks.Api.Links;
using PayLinks.Api.SignIn;
using PayLinks.Core.Links;

namespace PayLinks.Api.Desk;

/// <summary>What stands in the desk's form, exactly as typed.</summary>
/// <param name="Key">Posting the form twice makes one link.</param>
/// <param name="Channel"><c>sms</c> or <c>email</c>.</param>
/// <param name="WithCode">Null: as the merchant usually does.</param>
/// <param name="IsAgain">It was sent to a wrong number, which is what is to be typed first.</param>
/// <param name="IsFromTelephone">The telephone system has filled in the number.</param>
public sealed record TypedCall(
    string Key, string Phone = "", string Amount = "", string Reference = "", string Email = "",
    string Description = "", string Channel = "sms", bool? WithCode = null, bool IsAgain = false,
    bool IsFromTelephone = false)
{
    private const int PassedOnMax = 100;

    /// <summary>What the telephone system knows of the call.</summary>
    public static TypedCall FromTelephone(string? phone, string? reference)
    {
        // A plus sign that the telephone system did not escape has become a space.
        var number = phone is [' ', >= '1' and <= '9', ..] ? "+" + phone[1..] : phone;
        return new TypedCall(TypedLink.NewKey(), Phone: Cut(number), Reference: Cut(reference))
        {
            IsFromTelephone = number is { Length: > 0 },
        };
    }

    public static TypedCall Of(IFormCollection form) => new(
        TypedLink.Of(form).Key, form["phone"].ToString(), form["amount"].ToString(), form["reference"].ToString(),
        form["email"].ToString(), form["description"].ToString(), form["channel"] == "email" ? "email" : "sms",
        WithCode: form["code"] == "on");

    /// <summary>The same call again, to send it right this time.</summary>
    public static TypedCall Again(LinkView link, ConsoleWords words) => new(
        TypedLink.NewKey(),
        link.Phone is null ? "" : PhoneText.Grouped(link.Phone),
        link.Amount.Value.Replace(".", words.Culture.NumberFormat.NumberDecimalSeparator, StringComparison.Ordinal),
        link.Reference ?? "",
        link.Email ?? "",
        link.Description,
        link.Messages.LastOrDefault(LinkModel.IsInvitation) is { Channel: Core.Messages.MessageChannel.Email }
            ? "email"
            : "sms",
        WithCode: link.Code is not null,
        IsAgain: true);

    public LinkDraft ToDraft(Staff staff, DeskWords merchantsWords)
    {
        var (value, currency) = TypedAmount.Read(Amount, staff.Currency);
        var reference = Reference.Trim();
        return new LinkDraft
        {
            AmountValue = value,
            Currency = currency,
            // The customer reads it, so it is in the customer's language and never empty.
            Description = Description.Trim().Length > 0 ? Description
                : reference.Length > 0 ? merchantsWords.Order(reference)
                : merchantsWords.PaymentTo(staff.MerchantName),
            Reference = reference.Length > 0 ? reference : null,
            Phone = Phone.Trim().Length > 0 ? Phone : null,
            Email = Email.Trim().Length > 0 ? Email : null,
            Send = [Channel],
            WithCode = WithCode == true,
        };
    }

    public static string FieldOf(string pointer) => pointer switch
    {
        "/amount/value" or "/amount/currency" => "amount",
        "/description" => "description",
        "/reference" => "reference",
        "/customer/email" => "email",
        _ => "phone",
    };

    private static string Cut(string? text) => text is { Length: > PassedOnMax } ? text[..PassedOnMax] : text ?? "";
}
