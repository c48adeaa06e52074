using System.Globalization;
using System.Xml;
using Dapper;
using PayLinks.Api.Audit;
using PayLinks.Api.Console;
using PayLinks.Api.Links;
using PayLinks.Core.Database;

namespace PayLinks.Api.Settings;

/// <summary>What holds for a link of which nothing else is said, in the form, at the desk and in the API.</summary>
/// <param name="RemindHours">How long before the expiry the customer is reminded, longest first; none: never.</param>
public sealed record LinkDefaults(TimeSpan Lifetime, IReadOnlyList<int> RemindHours)
{
    private const string ReadSql =
        """
        select link_lifetime as lifetime,
            (select coalesce(
                    string_agg(ceil(extract(epoch from before) / 3600)::int::text, ',' order by before desc), '')
                from unnest(remind_before) before) as remind_hours
        from merchant where id = paylinks_merchant()
        """;

    private const string SaveSql =
        """
        update merchant
        set link_lifetime = @Lifetime,
            remind_before = array(
                select make_interval(hours => hours)
                from unnest(@RemindHours) with ordinality as wanted (hours, place) order by place)
        where id = paylinks_merchant()
        """;

    private string Reminders => string.Join(", ", RemindHours);

    public static async Task<LinkDefaults> ReadAsync(MerchantTransaction transaction)
    {
        var row = await transaction.Connection.QuerySingleAsync<Row>(ReadSql);
        return new LinkDefaults(
            row.Lifetime, [.. row.RemindHours.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(int.Parse)]);
    }

    /// <summary>Puts these in the place of those that stand.</summary>
    /// <param name="actor">Who does, as <c>usr_…</c>.</param>
    public async Task SaveAsync(MerchantTransaction transaction, string actor)
    {
        await transaction.LockMerchantAsync();
        var before = await ReadAsync(transaction);
        await transaction.Connection.ExecuteAsync(SaveSql, new { Lifetime, RemindHours = RemindHours.ToArray() });
        await transaction.NoteAsync(
            actor, AuditActions.LinksChanged, about: null,
            [
                new AuditChange("lifetime", XmlConvert.ToString(before.Lifetime), XmlConvert.ToString(Lifetime)),
                new AuditChange("reminders", before.Reminders, Reminders),
            ]);
    }

    private sealed record Row(TimeSpan Lifetime, string RemindHours);
}

/// <summary>What stands in the form, exactly as typed.</summary>
/// <param name="Unit">One of <see cref="Units"/>.</param>
/// <param name="Remind"><c>yes</c> or <c>no</c>.</param>
public sealed record TypedDefaults(string Lifetime, string Unit, string Remind, string Hours)
{
    public const string Yes = "yes";
    public const string No = "no";
    public const int RemindersMax = 3;
    public const int HoursMax = 8760;
    private const string UsualHours = "24";
    private const int LifetimeMax = 1_000_000;

    private static readonly char[] Separators = [',', ';', ' '];

    public static IReadOnlyList<string> Units { get; } = ["days", "hours", "minutes"];

    public static TypedDefaults Of(LinkDefaults defaults)
    {
        var minutes = (long)defaults.Lifetime.TotalMinutes;
        var (number, unit) = minutes % 1440 == 0 ? (minutes / 1440, "days")
            : minutes % 60 == 0 ? (minutes / 60, "hours")
            : (minutes, "minutes");
        return new TypedDefaults(
            number.ToString(CultureInfo.InvariantCulture), unit, defaults.RemindHours.Count > 0 ? Yes : No,
            defaults.RemindHours.Count > 0 ? string.Join(", ", defaults.RemindHours) : UsualHours);
    }

    public static TypedDefaults Of(IFormCollection form) => new(
        form["lifetime"].ToString(), form["unit"].ToString(), form["remind"].ToString(), form["hours"].ToString());

    /// <returns>The defaults, or null and what is to be mended.</returns>
    public (LinkDefaults? Defaults, IReadOnlyList<FormProblem> Problems) Read(
        LinkLimits limits, DateTimeOffset now, LinkDefaultsWords words)
    {
        var problems = new List<FormProblem>();
        TimeSpan? lifetime = (Unit, Number(Lifetime, LifetimeMax)) switch
        {
            ("days", { } days) => TimeSpan.FromDays(days),
            ("hours", { } hours) => TimeSpan.FromHours(hours),
            ("minutes", { } minutes) => TimeSpan.FromMinutes(minutes),
            _ => null,
        };
        if (lifetime is not { } life || life < limits.LifetimeMin
            || now + life > now.AddMonths(limits.LifetimeMaxMonths))
        {
            problems.Add(new FormProblem(
                "lifetime", words.LifetimeWrong((int)limits.LifetimeMin.TotalMinutes, limits.LifetimeMaxMonths)));
        }

        var before = Hours.Split(Separators, StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.Ordinal)
            .Select(part => Number(part, HoursMax)).ToList();
        if (Remind is not (Yes or No))
        {
            problems.Add(new FormProblem("remind", words.RemindNeeded));
        }
        else if (Remind == Yes && (before.Count is 0 or > RemindersMax || before.Contains(null)))
        {
            problems.Add(new FormProblem("hours", words.HoursWrong(RemindersMax, HoursMax)));
        }

        return problems.Count > 0
            ? (null, problems)
            : (new LinkDefaults(
                lifetime!.Value, Remind == No ? [] : [.. before.Select(hour => hour!.Value).OrderDescending()]), []);
    }

    private static int? Number(string text, int max) =>
        int.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1
        && number <= max
            ? number
            : null;
}
