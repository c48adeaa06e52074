namespace PayLinks.Api.Settings;

/// <summary>The page on which a merchant says how messages are sent.</summary>
public sealed record SendingWords
{
    public static SendingWords Italian { get; } = new()
    {
        Title = "Invio",
        Saved = "Salvato.",
        Save = "Salva",
        Sender = "Mittente degli SMS",
        SenderHint = "Un nome da 3 a 11 caratteri con almeno una lettera, un numero con il prefisso (+39…), un "
            + "numero breve, o un Messaging Service di Twilio (MG…).",
        SenderWrong = "Scrivi un nome da 3 a 11 lettere, cifre o spazi con almeno una lettera, un numero come "
            + "+39 347 123 4567, un numero breve da 3 a 8 cifre, o MG e 32 caratteri.",
        Name = "Un nome: il cliente lo riconosce e molti SMS partono insieme, ma non può rispondere, nemmeno STOP.",
        Number = "Un numero: il cliente può rispondere, anche STOP; parte circa un SMS al secondo.",
        ShortCode = "Un numero breve: il cliente può rispondere e molti SMS partono insieme.",
        Service = "Un Messaging Service: Twilio sceglie il mittente; se è un nome, il cliente non può rispondere.",
        SmsPerSecond = "SMS al secondo",
        SmsPerSecondHint = "Quanti segmenti porta il mittente secondo il tuo contratto. Vuoto: come al solito, cioè "
            + "uno un numero, una decina un nome. Il resto aspetta qui, dove un invio urgente lo supera.",
        SmsPerSecondWrong = max => $"Scrivi un numero intero da 1 a {max}, o lascia vuoto.",
        Countries = "Paesi a cui inviare SMS",
        CountriesHint = own => $"Codici di due lettere, per esempio IT, SM, CH. Vuoto: solo {own}.",
        CountriesWrong = "Scrivi codici di due lettere con virgole in mezzo, per esempio IT, SM, CH.",
        SmsPerDay = "SMS al giorno, al massimo",
        SmsPerDayHint = "Si contano i segmenti: un SMS lungo ne usa più di uno. Oltre, i nuovi invii sono rifiutati "
            + "fino a domani.",
        SmsPerDayWrong = max => $"Scrivi un numero intero da 1 a {max}.",
        UsedToday = (used, all) => $"Oggi usati {used} su {all} ({Percent(used, all)} %).",
        Alerted = (time, email) => $"Quasi finiti: alle {time} abbiamo avvisato {email}.",
        EmailFrom = "Le email partono da",
        FromName = "Nome del mittente",
        FromNameHint = merchant => $"Vuoto: {merchant}.",
        ReplyTo = "Risposte a",
        ReplyToHint = email => $"Vuoto: {email}.",
        WhenNotDelivered = "Se un messaggio non arriva",
        FallbackHint = "Se il cliente ha cellulare ed email, dopo questo tempo proviamo l’altro. Vuoto: mai.",
        FallbackDesk = "Dallo sportello",
        FallbackOther = "Tutti gli altri",
        MinutesUnit = "minuti",
        MinutesWrong = max => $"Scrivi i minuti, da 1 a {max}, o lascia vuoto.",
        Test = "Prova",
        TestMeans = "Inviamo una richiesta di prova di 1 nella tua valuta, in modalità test: nessun addebito è "
            + "possibile, ma il messaggio è vero e conta tra gli SMS di oggi.",
        TestDescription = "Prova di invio, niente da pagare",
        TestSent = to => $"Prova inviata a {to}:",
        SendTest = "Invia prova",
        Refresh = "Aggiorna",
        OpenTest = "Apri il dettaglio",
    };

    public static SendingWords English { get; } = new()
    {
        Title = "Sending",
        Saved = "Saved.",
        Save = "Save",
        Sender = "Sender of texts",
        SenderHint = "A name of 3 to 11 characters with at least one letter, a number with its prefix (+39…), a "
            + "short code, or a Messaging Service of Twilio’s (MG…).",
        SenderWrong = "Enter a name of 3 to 11 letters, digits or spaces with at least one letter, a number like "
            + "+39 347 123 4567, a short code of 3 to 8 digits, or MG and 32 characters.",
        Name = "A name: customers recognise it and many texts leave at once, but nobody can reply, not even STOP.",
        Number = "A number: customers can reply, also STOP; about one text leaves each second.",
        ShortCode = "A short code: customers can reply and many texts leave at once.",
        Service = "A Messaging Service: Twilio chooses the sender; if that is a name, nobody can reply.",
        SmsPerSecond = "Texts a second",
        SmsPerSecondHint = "How many segments the sender carries by your contract. Empty: what is usual, one for a "
            + "number, some ten for a name. The rest waits here, where an urgent one overtakes it.",
        SmsPerSecondWrong = max => $"Enter a whole number from 1 to {max}, or leave it empty.",
        Countries = "Countries to text",
        CountriesHint = own => $"Codes of two letters, like IT, SM, CH. Empty: {own} only.",
        CountriesWrong = "Enter codes of two letters with commas between, like IT, SM, CH.",
        SmsPerDay = "Texts a day, at most",
        SmsPerDayHint = "Segments are counted: a long text takes more than one. Beyond, new ones are refused until "
            + "tomorrow.",
        SmsPerDayWrong = max => $"Enter a whole number from 1 to {max}.",
        UsedToday = (used, all) => $"Today {used} of {all} used ({Percent(used, all)} %).",
        Alerted = (time, email) => $"Nearly used up: at {time} we told {email}.",
        EmailFrom = "Emails come from",
        FromName = "Sender’s name",
        FromNameHint = merchant => $"Empty: {merchant}.",
        ReplyTo = "Replies go to",
        ReplyToHint = email => $"Empty: {email}.",
        WhenNotDelivered = "When a message does not arrive",
        FallbackHint = "If a customer has a mobile and an email, we try the other one after this time. Empty: never.",
        FallbackDesk = "From the desk",
        FallbackOther = "All others",
        MinutesUnit = "minutes",
        MinutesWrong = max => $"Enter minutes, from 1 to {max}, or leave it empty.",
        Test = "Try it out",
        TestMeans = "We send a trial request for 1 in your currency, in test mode: no charge is possible, but the "
            + "message is real and counts among today’s texts.",
        TestDescription = "Sending trial, nothing to pay",
        TestSent = to => $"Trial sent to {to}:",
        SendTest = "Send trial",
        Refresh = "Refresh",
        OpenTest = "Open details",
    };

    public required string Title { get; init; }

    public required string Saved { get; init; }

    public required string Save { get; init; }

    public required string Sender { get; init; }

    public required string SenderHint { get; init; }

    public required string SenderWrong { get; init; }

    public required string Name { get; init; }

    public required string Number { get; init; }

    public required string ShortCode { get; init; }

    public required string Service { get; init; }

    public required string SmsPerSecond { get; init; }

    public required string SmsPerSecondHint { get; init; }

    public required Func<int, string> SmsPerSecondWrong { get; init; }

    public required string Countries { get; init; }

    /// <summary>Takes the name of the merchant's own country.</summary>
    public required Func<string, string> CountriesHint { get; init; }

    public required string CountriesWrong { get; init; }

    public required string SmsPerDay { get; init; }

    public required string SmsPerDayHint { get; init; }

    public required Func<int, string> SmsPerDayWrong { get; init; }

    /// <summary>Used, and how many there are.</summary>
    public required Func<int, int, string> UsedToday { get; init; }

    /// <summary>Takes the time of day and the address.</summary>
    public required Func<string, string, string> Alerted { get; init; }

    public required string EmailFrom { get; init; }

    public required string FromName { get; init; }

    public required Func<string, string> FromNameHint { get; init; }

    public required string ReplyTo { get; init; }

    public required Func<string, string> ReplyToHint { get; init; }

    public required string WhenNotDelivered { get; init; }

    public required string FallbackHint { get; init; }

    public required string FallbackDesk { get; init; }

    public required string FallbackOther { get; init; }

    public required string MinutesUnit { get; init; }

    public required Func<int, string> MinutesWrong { get; init; }

    public required string Test { get; init; }

    public required string TestMeans { get; init; }

    /// <summary>What the trial's message says that it is for.</summary>
    public required string TestDescription { get; init; }

    public required Func<string, string> TestSent { get; init; }

    public required string SendTest { get; init; }

    public required string Refresh { get; init; }

    public required string OpenTest { get; init; }

    public string Of(SmsSenderKind kind) => kind switch
    {
        SmsSenderKind.Name => Name,
        SmsSenderKind.Number => Number,
        SmsSenderKind.ShortCode => ShortCode,
        SmsSenderKind.Service => Service,
    };

    private static int Percent(int used, int all) => (int)(100L * used / all);
}
