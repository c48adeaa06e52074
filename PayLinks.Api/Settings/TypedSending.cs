using System.Globalization;
using PayLinks.Api.Audit;
using PayLinks.Api.Console;
using PayLinks.Api.Links;
using PayLinks.Core.Messages;

namespace PayLinks.Api.Settings;

/// <summary>What stands in the form, exactly as typed.</summary>
public sealed record TypedSending(
    string SmsSender, string FromName, string ReplyTo, string Countries, string FallbackDesk, string FallbackOther,
    string SmsPerDay, string SmsPerSecond)
{
    private const int FromNameLengthMax = 100;
    private const int MinutesMax = 1440;
    private const int SmsPerDayMax = 10_000_000;
    private const int SmsPerSecondMax = 30_000;

    private static readonly char[] Separators = [',', ';', ' '];

    public static TypedSending Of(SendingSettings settings) => new(
        settings.SmsSender, settings.FromName ?? "", settings.ReplyTo ?? "", string.Join(", ", settings.Countries),
        Text(settings.FallbackDesk), Text(settings.FallbackOther), Text(settings.SmsPerDay),
        Text(settings.SmsPerSecond));

    public static TypedSending Of(IFormCollection form) => new(
        form["smsSender"].ToString(), form["fromName"].ToString(), form["replyTo"].ToString(),
        form["countries"].ToString(), form["fallbackDesk"].ToString(), form["fallbackOther"].ToString(),
        form["smsPerDay"].ToString(), form["smsPerSecond"].ToString());

    /// <summary>What is another than before, as it stands in the form.</summary>
    public IReadOnlyList<AuditChange> ChangesSince(TypedSending before) =>
    [
        new("smsSender", before.SmsSender, SmsSender),
        new("fromName", before.FromName, FromName),
        new("replyTo", before.ReplyTo, ReplyTo),
        new("countries", before.Countries, Countries),
        new("fallbackDesk", before.FallbackDesk, FallbackDesk),
        new("fallbackOther", before.FallbackOther, FallbackOther),
        new("smsPerDay", before.SmsPerDay, SmsPerDay),
        new("smsPerSecond", before.SmsPerSecond, SmsPerSecond),
    ];

    /// <returns>The settings, or null and what is to be mended.</returns>
    public (SendingSettings? Settings, IReadOnlyList<FormProblem> Problems) Read(ConsoleWords words)
    {
        var problems = new List<FormProblem>();
        void Demand(bool isSo, string field, string otherwise)
        {
            if (!isSo)
            {
                problems.Add(new FormProblem(field, otherwise));
            }
        }

        var sender = ReadSender();
        Demand(sender is not null, "smsSender", words.Sending.SenderWrong);

        var errors = new List<FieldError>();
        var fromName = CheckText.Read("fromName", FromName, FromNameLengthMax, isProse: true, errors);
        var replyTo = CheckEmail.Read("replyTo", ReplyTo, errors);
        problems.AddRange(LinkProblems.Of(errors, words, pointer => pointer));

        var countries = Parts(Countries.ToUpperInvariant());
        Demand(countries.All(ReadNumber.IsCountry), "countries", words.Sending.CountriesWrong);
        Demand(TryReadMinutes(FallbackDesk, out var desk), "fallbackDesk", words.Sending.MinutesWrong(MinutesMax));
        Demand(TryReadMinutes(FallbackOther, out var other), "fallbackOther", words.Sending.MinutesWrong(MinutesMax));

        var perDay = Number(SmsPerDay.Trim(), SmsPerDayMax);
        Demand(perDay is not null, "smsPerDay", words.Sending.SmsPerDayWrong(SmsPerDayMax));
        var perSecond = Number(SmsPerSecond.Trim(), SmsPerSecondMax);
        Demand(
            perSecond is not null || string.IsNullOrWhiteSpace(SmsPerSecond), "smsPerSecond",
            words.Sending.SmsPerSecondWrong(SmsPerSecondMax));

        return problems.Count > 0
            ? (null, problems)
            : (new SendingSettings(
                sender!, fromName, replyTo, countries, desk, other, perDay!.Value, perSecond), problems);
    }

    // A number is typed in groups, as numbers are; anything else stands for itself.
    private string? ReadSender()
    {
        var typed = SmsSender.Trim();
        var sender = typed.StartsWith('+') && typed.All(one => char.IsAsciiDigit(one) || "+ -.()".Contains(one))
            ? "+" + string.Concat(typed.Where(char.IsAsciiDigit))
            : typed;
        return SmsSenderKinds.Of(sender) is null ? null : sender;
    }

    private static bool TryReadMinutes(string typed, out int? minutes)
    {
        minutes = Number(typed.Trim(), MinutesMax);
        return minutes is not null || string.IsNullOrWhiteSpace(typed);
    }

    private static int? Number(string text, int max) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1
        && number <= max
            ? number
            : null;

    private static List<string> Parts(string text) =>
        [.. text.Split(Separators, StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.Ordinal)];

    private static string Text(int? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "";
}
