using PayLinks.Api.Links;
using PayLinks.Core.Messages;
using PayLinks.Core.Texts;

namespace PayLinks.Api.Texts;

/// <summary>The page where merchants choose the words of their messages.</summary>
public sealed record TextsWords
{
    public static TextsWords Italian { get; } = new()
    {
        Title = "Testi",
        Explanation = "Le parole che i clienti leggono in SMS ed email. Puoi sostituire le nostre con le tue.",
        Message = "Messaggio",
        Language = "Lingua",
        Show = "Mostra",
        Saved = "Salvato: da ora i clienti leggono le tue parole.",
        Deleted = "Da ora i clienti leggono di nuovo le nostre parole.",
        Own = (who, when) => $"Parole tue, cambiate da {who} il {when}.",
        Ours = "Queste sono le nostre parole. Se le cambi e salvi, si usano le tue.",
        OursAre = "Le nostre parole:",
        Subject = "Oggetto",
        Lead = "Primo paragrafo",
        LeadHint = "Saluto, dati, pulsante e note restano come sono.",
        Sms = "Testo dell’SMS",
        SmsHint = "Un SMS ha 160 caratteri.",
        Placeholders = "Che cosa puoi inserire",
        Brackets = "Quello che sta tra parentesi quadre si toglie quando manca il dato o lo spazio, "
            + "cominciando dal fondo. Con | si separano più possibilità: vale la prima che ci sta.",
        Preview = "Anteprima",
        Usual = "Con dati comuni",
        Longest = "Con i dati più lunghi possibili",
        Save = "Salva",
        Delete = "Torna alle nostre parole",
        Link = "link",
        Desk = "link dallo sportello, durante la chiamata",
        Reminder = "promemoria",
        Receipt = "ricevuta",
        Refund = "rimborso",
        Canceled = "annullamento",
        SmsTo = what => $"SMS: {what}",
        EmailTo = what => $"Email: {what}",
        Unbalanced = "Le parentesi non tornano: {…} intorno al nome di un dato, […] intorno a ciò che si può togliere, "
            + "una dentro l’altra solo così: [ per {purpose}].",
        UnknownPlaceholder = what => $"In questo messaggio {what} non esiste.",
        UrlMissing = "Manca {url}, fuori dalle parentesi quadre: senza indirizzo il cliente non può pagare.",
        UrlNotAlone = "Lascia uno spazio prima e dopo {url}, altrimenti il telefono non lo riconosce.",
        SecondAddress = "Il messaggio porta solo l’indirizzo del link. Il telefono prenderebbe per un indirizzo anche "
            + "due parole unite da un punto.",
        TooManySegments = max => $"È troppo lungo: con i dati più lunghi possibili supera {max} SMS. "
            + "Metti tra parentesi quadre ciò che si può togliere.",
    };

    public static TextsWords English { get; } = new()
    {
        Title = "Texts",
        Explanation = "The words that customers read in text messages and emails. You can put yours in place of ours.",
        Message = "Message",
        Language = "Language",
        Show = "Show",
        Saved = "Saved: from now on customers read your words.",
        Deleted = "From now on customers read our words again.",
        Own = (who, when) => $"Your words, changed by {who} on {when}.",
        Ours = "These are our words. If you change and save them, yours are used.",
        OursAre = "Our words:",
        Subject = "Subject",
        Lead = "First paragraph",
        LeadHint = "Greeting, facts, button and notes stay as they are.",
        Sms = "Text message",
        SmsHint = "A text holds 160 characters.",
        Placeholders = "What you can insert",
        Brackets = "What stands in square brackets goes when its fact is missing or there is no room, the last of them "
            + "first. With | you separate several possibilities: the first that fits is taken.",
        Preview = "Preview",
        Usual = "With usual facts",
        Longest = "With the longest facts there can be",
        Save = "Save",
        Delete = "Back to our words",
        Link = "link",
        Desk = "link from the desk, during a call",
        Reminder = "reminder",
        Receipt = "receipt",
        Refund = "refund",
        Canceled = "cancellation",
        SmsTo = what => $"Text message: {what}",
        EmailTo = what => $"Email: {what}",
        Unbalanced = "The brackets do not pair: {…} around the name of a fact, […] around what may go, one within the "
            + "other only like this: [ for {purpose}].",
        UnknownPlaceholder = what => $"There is no {what} in this message.",
        UrlMissing = "{url} is missing outside of square brackets: without the address the customer cannot pay.",
        UrlNotAlone = "Leave a space before and after {url}, or phones do not recognise it.",
        SecondAddress = "The message carries the link’s address and no other. Phones also take two words joined by a "
            + "dot for an address.",
        TooManySegments = max => $"It is too long: with the longest facts there can be it takes more than {max} texts. "
            + "Put square brackets around what may go.",
    };

    public required string Title { get; init; }

    public required string Explanation { get; init; }

    public required string Message { get; init; }

    public required string Language { get; init; }

    public required string Show { get; init; }

    public required string Saved { get; init; }

    public required string Deleted { get; init; }

    /// <summary>Who changed them, and when.</summary>
    public required Func<string, string, string> Own { get; init; }

    public required string Ours { get; init; }

    public required string OursAre { get; init; }

    public required string Subject { get; init; }

    public required string Lead { get; init; }

    public required string LeadHint { get; init; }

    public required string Sms { get; init; }

    public required string SmsHint { get; init; }

    public required string Placeholders { get; init; }

    public required string Brackets { get; init; }

    public required string Preview { get; init; }

    public required string Usual { get; init; }

    public required string Longest { get; init; }

    public required string Save { get; init; }

    public required string Delete { get; init; }

    public required string Link { get; init; }

    public required string Desk { get; init; }

    public required string Reminder { get; init; }

    public required string Receipt { get; init; }

    public required string Refund { get; init; }

    public required string Canceled { get; init; }

    /// <summary>What the message is.</summary>
    public required Func<string, string> SmsTo { get; init; }

    public required Func<string, string> EmailTo { get; init; }

    public required string Unbalanced { get; init; }

    public required Func<string, string> UnknownPlaceholder { get; init; }

    public required string UrlMissing { get; init; }

    public required string UrlNotAlone { get; init; }

    public required string SecondAddress { get; init; }

    public required Func<int, string> TooManySegments { get; init; }

    /// <summary>The name of a message.</summary>
    public string NameOf(MessageChannel channel, TextKind kind)
    {
        var what = kind switch
        {
            TextKind.Link => Link,
            TextKind.Desk => Desk,
            TextKind.Reminder => Reminder,
            TextKind.Receipt => Receipt,
            TextKind.Refund => Refund,
            TextKind.Canceled => Canceled,
        };
        return channel == MessageChannel.Sms ? SmsTo(what) : EmailTo(what);
    }

    /// <param name="others">The words for what can be wrong with any text.</param>
    public string Of(FieldError error, LinkErrorWords others) => error.Code switch
    {
        TemplateCodes.Brackets => Unbalanced,
        TemplateCodes.UnknownPlaceholder => UnknownPlaceholder(error.Limit!),
        TemplateCodes.UrlMissing => UrlMissing,
        TemplateCodes.UrlNotAlone => UrlNotAlone,
        TemplateCodes.SecondAddress => SecondAddress,
        TemplateCodes.TooManySegments => TooManySegments(SmsText.SegmentsMax),
        _ => others.Of(error),
    };
}
