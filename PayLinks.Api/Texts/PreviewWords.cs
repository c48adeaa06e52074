using PayLinks.Core.Texts;

namespace PayLinks.Api.Texts;

/// <summary>What is said of a text message before it is sent: how much it costs, and what makes it cost that.</summary>
public sealed record PreviewWords
{
    public static PreviewWords Italian { get; } = new()
    {
        Title = "Anteprima SMS",
        Show = "Mostra anteprima",
        Count = (units, segments) => $"{units} caratteri, {segments} SMS",
        Outside = signs => $"Gli SMS non conoscono {signs}: con questo ne entrano 70 invece di 160.",
        Longest = part => $"Non sta in un solo SMS: la parte più lunga è {part}.",
        Cut = parts => $"Per mancanza di spazio è accorciato o tolto: {parts}.",
        LeftOut = signs => $"Gli SMS non conoscono {signs}: viene tolto.",
        Words = "il testo fisso",
        Merchant = "il tuo nome",
        Amount = "l’importo",
        Purpose = "per cosa",
        Reference = "il riferimento",
        Expires = "la scadenza",
        Url = "l’indirizzo del link",
        Phone = "il tuo telefono",
        Name = "il nome del cliente",
    };

    public static PreviewWords English { get; } = new()
    {
        Title = "Preview of the text",
        Show = "Show preview",
        Count = (units, segments) => $"{units} characters, {segments} {(segments == 1 ? "text" : "texts")}",
        Outside = signs => $"Text messages do not know {signs}: with it they hold 70 instead of 160.",
        Longest = part => $"It does not fit one text: the longest part is {part}.",
        Cut = parts => $"Shortened or left out for want of room: {parts}.",
        LeftOut = signs => $"Text messages do not know {signs}: it is left out.",
        Words = "the fixed words",
        Merchant = "your name",
        Amount = "the amount",
        Purpose = "what for",
        Reference = "the reference",
        Expires = "the expiry",
        Url = "the link’s address",
        Phone = "your phone number",
        Name = "the customer’s name",
    };

    public required string Title { get; init; }

    public required string Show { get; init; }

    /// <summary>Units, segments.</summary>
    public required Func<int, int, string> Count { get; init; }

    /// <summary>Takes the characters.</summary>
    public required Func<string, string> Outside { get; init; }

    /// <summary>Takes the name of a part.</summary>
    public required Func<string, string> Longest { get; init; }

    /// <summary>Takes the names of parts.</summary>
    public required Func<string, string> Cut { get; init; }

    /// <summary>Takes the characters.</summary>
    public required Func<string, string> LeftOut { get; init; }

    /// <summary>What stands between the facts.</summary>
    public required string Words { get; init; }

    public required string Merchant { get; init; }

    public required string Amount { get; init; }

    public required string Purpose { get; init; }

    public required string Reference { get; init; }

    public required string Expires { get; init; }

    public required string Url { get; init; }

    public required string Phone { get; init; }

    public required string Name { get; init; }

    /// <summary>What a placeholder stands for; nothing for what stands between them.</summary>
    public string Of(string placeholder) => placeholder switch
    {
        Placeholder.Merchant => Merchant,
        Placeholder.Amount => Amount,
        Placeholder.Purpose => Purpose,
        Placeholder.Reference => Reference,
        Placeholder.Expires => Expires,
        Placeholder.Url => Url,
        Placeholder.Phone => Phone,
        Placeholder.Name => Name,
        _ => Words,
    };

    /// <summary>A sentence for each thing that makes the text dearer, or other than what was typed.</summary>
    public IEnumerable<string> CostsOf(SmsPreview preview)
    {
        if (preview.Sms is not { } sms)
        {
            yield break;
        }

        if (sms.Size.Outside.Count > 0)
        {
            yield return Outside(Quoted(sms.Size.Outside));
        }

        if (sms.Longest is { } longest)
        {
            yield return Longest(Of(longest));
        }

        if (sms.Cut.Count > 0)
        {
            yield return Cut(string.Join(", ", sms.Cut.Select(Of)));
        }

        if (preview.LeftOut.Count > 0)
        {
            yield return LeftOut(Quoted(preview.LeftOut));
        }
    }

    private static string Quoted(IReadOnlyList<string> signs) =>
        string.Join(' ', signs.Take(5).Select(sign => $"“{sign}”"));
}
