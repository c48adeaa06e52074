using System.Security.Cryptography;
using PayLinks.Api.Links;
using PayLinks.Api.SignIn;
using PayLinks.Core;

namespace PayLinks.Api.Console;

/// <summary>
/// What stands in the form that makes a link, exactly as typed, so that nothing is lost when it is shown again.
/// </summary>
/// <param name="Key">The form's own key: posting it twice makes one link.</param>
/// <param name="To">A phone or an email; which of them it is, is recognised.</param>
/// <param name="Also">The other kind of address, if both are wanted.</param>
public sealed record TypedLink(
    string Key, string Amount = "", string Description = "", string To = "", string Also = "", bool OnlyLink = false,
    string Name = "", string Reference = "", string Locale = "", string ExpiresIn = "")
{
    private const int KeyLength = 26;

    /// <summary>True when something under "more options" has been filled in, so that they are shown open.</summary>
    public bool HasMore => (Also + Name + Reference + Locale + ExpiresIn).Length > 0;

    public static TypedLink Empty() => new(NewKey());

    public static TypedLink Of(IFormCollection form)
    {
        var key = form["key"].ToString();
        return new TypedLink(
            key.Length == KeyLength && key.All(char.IsAsciiLetterOrDigit) ? key : NewKey(),
            form["amount"].ToString(), form["description"].ToString(), form["to"].ToString(), form["also"].ToString(),
            form["onlyLink"].ToString() == "on", form["name"].ToString(), form["reference"].ToString(),
            form["locale"].ToString(), form["expiresIn"].ToString());
    }

    public static string NewKey() => RandomNumberGenerator.GetString(Base32.Alphabet, KeyLength);

    /// <summary>An address is an email if it has an at sign: nobody types one into a phone number.</summary>
    public static bool IsEmail(string address) => address.Contains('@', StringComparison.Ordinal);

    public LinkDraft ToDraft(Staff staff)
    {
        var (value, currency) = TypedAmount.Read(Amount, staff.Currency);
        var addresses = new[] { To, Also }.Where(address => !string.IsNullOrWhiteSpace(address)).ToList();
        var phone = addresses.Find(address => !IsEmail(address));
        var email = addresses.Find(IsEmail);
        return new LinkDraft
        {
            AmountValue = value,
            Currency = currency,
            Description = Description,
            Reference = NullIfBlank(Reference),
            CustomerName = NullIfBlank(Name),
            Phone = phone,
            Email = email,
            Locale = NullIfBlank(Locale),
            ExpiresIn = NullIfBlank(ExpiresIn),
            Send = OnlyLink
                ? []
                : [.. phone is null ? (string[])[] : ["sms"], .. email is null ? (string[])[] : ["email"]],
        };
    }

    private static string? NullIfBlank(string text) => string.IsNullOrWhiteSpace(text) ? null : text;
}

/// <summary>Something to mend in a form, said on top and beside the field in the same words.</summary>
/// <param name="Field">The id of the field.</param>
public sealed record FormProblem(string Field, string Text);
