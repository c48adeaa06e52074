using System.Globalization;
using PayLinks.Api.Links;
using PayLinks.Api.Settings;
using PayLinks.Core;
using PayLinks.Core.Messages;

namespace PayLinks.Api.Commands;

/// <summary>What was typed for <c>merchant add</c>.</summary>
/// <param name="Passwords">Lines of <c>EMAIL=PASSWORD</c>.</param>
internal sealed record MerchantDraft(
    string Name, string Country, string Language, string TimeZone, string Phone, string Address, string Vat,
    string Email,
    string SmsSender, string? EmailFrom, string Mode, string MollieKey, IReadOnlyList<string> Users, string Passwords,
    int SmsPerDay = NewMerchant.UsualSmsPerDay);

internal sealed record NewMerchant(
    string Name, string Country, string Language, string TimeZone, string Currency, string Phone, string Address,
    string Vat,
    string Email, string SmsSender, string EmailFrom, string Mode, string MollieKey, IReadOnlyList<NewUser> Users,
    int SmsPerDay = NewMerchant.UsualSmsPerDay)
{
    /// <summary>Segments that a merchant's texts may take on one day.</summary>
    public const int UsualSmsPerDay = 1000;
}

/// <param name="Password">Null: make one up.</param>
internal sealed record NewUser(string Role, string Email, string? Password, string DisplayName);

internal static class CheckMerchant
{
    private const int PasswordLengthMin = 8;
    private const int PasswordLengthMax = 256;
    private static readonly string[] Roles = ["owner", "manager", "agent", "viewer"];

    /// <returns>The merchant, or null and what is wrong, a sentence for each option.</returns>
    public static (NewMerchant? Merchant, IReadOnlyList<string> Errors) Read(MerchantDraft draft)
    {
        var errors = new List<FieldError>();
        var sentences = new List<string>();

        var name = Text("--name", draft.Name, 100, errors);
        var address = Text("--address", draft.Address, 200, errors);
        var vat = Text("--vat", draft.Vat, 32, errors);
        var email = CheckEmail.Read("--email", draft.Email, errors);
        var emailFrom = CheckEmail.Read("--email-from", draft.EmailFrom ?? draft.Email, errors);

        var isCountry = ReadNumber.IsCountry(draft.Country);
        var phone = isCountry ? CheckPhone.Read("--phone", draft.Phone, draft.Country, errors) : null;
        Demand(isCountry, "--country: an ISO 3166 code in capitals, like IT.", sentences);
        Demand(draft.Language is "it" or "en", "--language: it or en.", sentences);
        Demand(
            TimeZoneInfo.TryFindSystemTimeZoneById(draft.TimeZone, out _)
            && draft.TimeZone.Contains('/', StringComparison.Ordinal),
            "--time-zone: an IANA name, like Europe/Rome.", sentences);
        Demand(
            SmsSenderKinds.Of(draft.SmsSender) is not null,
            "--sms-sender: 3 to 11 letters, digits or spaces with at least one letter, a number in E.164, a short "
            + "code, or the MG… of a messaging service.", sentences);
        Demand(draft.SmsPerDay is >= 1 and <= 10_000_000, "--sms-per-day: from 1 to 10000000.", sentences);
        Demand(draft.Mode is "test" or "live", "--mode: test or live.", sentences);
        Demand(
            MollieKey.ModeOf(draft.MollieKey) == draft.Mode,
            "--mollie-key: the key of the same mode, beginning with test_ or live_.", sentences);

        var users = Users(draft, sentences);
        Demand(users.Any(user => user.Role == "owner"), "--user: at least one owner.", sentences);

        sentences.InsertRange(0, errors.Select(error => $"{error.Pointer}: {LinkErrorWords.English.Of(error)}"));
        return sentences.Count > 0
            ? (null, sentences)
            : (new NewMerchant(
                name!, draft.Country, draft.Language, draft.TimeZone, CurrencyOf(draft.Country), phone!, address!,
                vat!, email!,
                draft.SmsSender, emailFrom!, draft.Mode, draft.MollieKey, users, draft.SmsPerDay), []);
    }

    private static string? Text(string option, string text, int lengthMax, List<FieldError> errors)
    {
        var before = errors.Count;
        var read = CheckText.Read(option, text, lengthMax, isProse: true, errors);
        if (read is null && errors.Count == before)
        {
            errors.Add(new FieldError(option, FieldCodes.Required));
        }

        return read;
    }

    private static void Demand(bool isSo, string otherwise, List<string> sentences)
    {
        if (!isSo)
        {
            sentences.Add(otherwise);
        }
    }

    private static List<NewUser> Users(MerchantDraft draft, List<string> sentences)
    {
        var passwords = draft.Passwords.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.TrimEnd('\r').Split('=', 2))
            .Where(pair => pair.Length == 2)
            .GroupBy(pair => pair[0].Trim().ToLowerInvariant(), StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.Last()[1], StringComparer.Ordinal);

        var users = new List<NewUser>();
        foreach (var parts in draft.Users.Select(text => text.Split(':', 4)))
        {
            var errors = new List<FieldError>();
            var email = CheckEmail.Read("--user", parts.ElementAtOrDefault(1), errors)?.ToLowerInvariant();
            var password = parts.ElementAtOrDefault(2) is { Length: > 0 } given
                ? given
                : passwords.GetValueOrDefault(email ?? "");
            var displayName = CheckText.Read("--user", parts.ElementAtOrDefault(3), 100, isProse: true, errors);
            Demand(
                Roles.Contains(parts[0], StringComparer.Ordinal),
                "--user: the role is owner, manager, agent or viewer.", sentences);
            Demand(
                email is not null && errors.Count == 0,
                "--user: ROLE:EMAIL[:PASSWORD[:DISPLAY NAME]] with one plain address.", sentences);
            Demand(
                password is null or { Length: >= PasswordLengthMin and <= PasswordLengthMax },
                $"--user: a password has {PasswordLengthMin} to {PasswordLengthMax} characters.", sentences);
            Demand(users.All(user => user.Email != email), "--user: one address, one person.", sentences);
            users.Add(new NewUser(parts[0], email ?? "", password, displayName ?? email?.Split('@')[0] ?? ""));
        }

        return users;
    }

    // What prices are mostly written in there; the merchant may use any other.
    private static string CurrencyOf(string country) =>
        Currency.TryGet(new RegionInfo(country).ISOCurrencySymbol, out var currency) ? currency.Code : "EUR";
}
