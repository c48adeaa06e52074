namespace PayLinks.Api.Settings;

/// <summary>The page where a merchant says what holds for a link of which nothing else is said.</summary>
public sealed record LinkDefaultsWords
{
    public static LinkDefaultsWords Italian { get; } = new()
    {
        Title = "Link",
        Means = "Vale per ogni nuovo link, dal modulo, dallo sportello e dalle API, quando non si dice altro.",
        Lifetime = "Un link scade dopo",
        Unit = "Unità",
        Days = "giorni",
        HoursUnit = "ore",
        Minutes = "minuti",
        LifetimeWrong = (minutes, months) => $"Scrivi un numero intero: da {minutes} minuti a {months} mesi.",
        Remind = "Promemoria",
        RemindHint = "Solo a chi non ha ancora pagato, mai di notte.",
        RemindYes = "Ricorda al cliente che il link sta per scadere",
        RemindNo = "Non ricordare",
        RemindNeeded = "Scegli se ricordare al cliente che il link sta per scadere.",
        Hours = "Quanto prima della scadenza",
        HoursHint = "Fino a tre volte, per esempio 48, 24.",
        HoursWrong = (count, max) => $"Scrivi da uno a {count} numeri di ore, da 1 a {max}, con virgole in mezzo.",
        Save = "Salva",
        Saved = "Salvato. Vale per i link creati o prolungati da adesso.",
    };

    public static LinkDefaultsWords English { get; } = new()
    {
        Title = "Links",
        Means = "Holds for every new link, from the form, the desk and the API, when nothing else is said.",
        Lifetime = "A link expires after",
        Unit = "Unit",
        Days = "days",
        HoursUnit = "hours",
        Minutes = "minutes",
        LifetimeWrong = (minutes, months) => $"Enter a whole number: from {minutes} minutes to {months} months.",
        Remind = "Reminders",
        RemindHint = "Only for those who have not paid yet, never at night.",
        RemindYes = "Remind the customer before the link expires",
        RemindNo = "Do not remind",
        RemindNeeded = "Choose whether to remind the customer before the link expires.",
        Hours = "How long before the expiry",
        HoursHint = "Up to three times, like 48, 24.",
        HoursWrong = (count, max) => $"Enter one to {count} numbers of hours, from 1 to {max}, with commas between.",
        Save = "Save",
        Saved = "Saved. It holds for links that are made or extended from now on.",
    };

    public required string Title { get; init; }
    public required string Means { get; init; }
    public required string Lifetime { get; init; }
    public required string Unit { get; init; }
    public required string Days { get; init; }
    public required string HoursUnit { get; init; }
    public required string Minutes { get; init; }

    /// <summary>Takes the least, in minutes, and the most, in months.</summary>
    public required Func<int, int, string> LifetimeWrong { get; init; }
    public required string Remind { get; init; }
    public required string RemindHint { get; init; }
    public required string RemindYes { get; init; }
    public required string RemindNo { get; init; }
    public required string RemindNeeded { get; init; }
    public required string Hours { get; init; }
    public required string HoursHint { get; init; }

    /// <summary>Takes how many there may be, and the largest.</summary>
    public required Func<int, int, string> HoursWrong { get; init; }
    public required string Save { get; init; }
    public required string Saved { get; init; }

    public string UnitName(string unit) => unit switch
    {
        "days" => Days,
        "hours" => HoursUnit,
        _ => Minutes,
    };
}
