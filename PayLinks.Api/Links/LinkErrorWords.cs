using System.Globalization;

namespace PayLinks.Api.Links;

/// <summary>
/// What is wrong with a field, and how to mend it, for people. A missing translation does not compile; a missing code
/// fails a test. <c>{0}</c> is the limit.
/// </summary>
public sealed record LinkErrorWords
{
    public static readonly LinkErrorWords Italian = new()
    {
        Culture = CultureInfo.GetCultureInfo("it-IT"),
        Required = "Campo obbligatorio.",
        UnknownField = "Campo sconosciuto: controlla come è scritto il nome, oppure toglilo.",
        DuplicateField = "Campo presente due volte: lascialo una volta sola.",
        WrongType = "Tipo sbagliato: usa quello della documentazione (gli importi sono testo, come \"49.90\").",
        InvalidUnicode = "Il testo non è Unicode valido.",
        TooLong = "Al massimo {0} caratteri.",
        TooMany = "Al massimo {0}.",
        DuplicateValue = "Valore ripetuto: indicalo una volta sola.",
        ControlCharacters = "Niente a capo, tabulazioni o altri caratteri di controllo.",
        InvisibleCharacters = "Niente caratteri invisibili o che cambiano la direzione del testo.",
        CardDataNotAllowed =
            "Sembra un numero di carta: non scriverlo qui. Se è un altro numero, aggiungi una lettera tra le cifre.",
        AmountInvalid = "Scrivi l'importo con cifre e un punto, per esempio 49.90.",
        AmountDecimals = "Questa valuta si scrive con {0} decimali.",
        AmountNotPositive = "L'importo deve essere maggiore di zero.",
        AmountTooLarge = "L'importo massimo è {0}.",
        CurrencyUnknown = "Valuta sconosciuta: usa un codice ISO 4217 come EUR.",
        CurrencyDiffers = "Il pagamento è in un'altra valuta: {0}.",
        PhoneInvalid = "Numero di telefono non valido. Scrivilo per esempio così: +39 347 123 4567.",
        PhoneNotAllowed = "A questo tipo di numero non inviamo messaggi. Usa un cellulare o una email.",
        Landline = "Questo è un numero fisso: gli SMS non arrivano. Usa un cellulare o una email.",
        OptedOut = "Qui il cliente non vuole più messaggi: proponi l'altro canale, email o SMS. "
            + "Può cambiare idea solo il cliente.",
        CountryNotAllowed =
            "Gli SMS verso questo paese non sono abilitati. Usa una email, o abilita il paese nelle impostazioni.",
        CountryUnknown = "Paese sconosciuto: usa un codice ISO 3166 come IT.",
        RecipientUnchanged = "Il link ha già questo recapito: per mandarlo di nuovo, reinvialo.",
        EmailInvalid = "Indirizzo email non valido. Scrivine uno solo, per esempio nome@example.com.",
        LocaleUnknown = "Lingua sconosciuta: usa per esempio it-IT o en-GB.",
        ChannelUnknown = "Usa sms oppure email.",
        DurationInvalid = "Usa una durata ISO 8601, per esempio PT30M o P3D.",
        TimeInvalid = "Usa data e ora RFC 3339 con il fuso, per esempio 2026-11-27T18:00:00+01:00.",
        DateInvalid = "Usa una data, per esempio 2026-11-27.",
        ExpiryAmbiguous = "Indica expiresIn oppure expiresAt, non entrambi.",
        ExpiryTooSoon = "La scadenza deve essere tra almeno {0} minuti.",
        ExpiryTooLate = "La scadenza deve essere entro {0} mesi.",
        NotLater = "La nuova scadenza deve essere dopo quella attuale.",
        UrlInvalid = "Usa un indirizzo completo che inizia con https:// e non contiene nome utente o password.",
        EndpointUrlInvalid =
            "Usa un indirizzo pubblico che inizia con https://, sulla porta 443 o 8443, senza nome utente e senza #.",
        UnknownParameter = "Parametro sconosciuto.",
        RepeatedParameter = "Parametro presente due volte: lascialo una volta sola.",
        ValueUnknown = "Valore non ammesso: guarda nella documentazione quali ci sono.",
        LimitInvalid = "Usa un numero da 1 a {0}.",
        CursorInvalid = "Questo cursore non è di questa lista: usa nextCursor così com'è.",
        DatesReversed = "L'inizio deve venire prima della fine.",
        PeriodTooLong = "Il periodo può avere al massimo {0} giorni.",
    };

    public static readonly LinkErrorWords English = new()
    {
        Culture = CultureInfo.GetCultureInfo("en-GB"),
        Required = "This field is required.",
        UnknownField = "Unknown field: check the spelling of its name, or leave it out.",
        DuplicateField = "This field is there twice: keep one.",
        WrongType = "Wrong type: use the one in the documentation (amounts are text, like \"49.90\").",
        InvalidUnicode = "The text is not valid Unicode.",
        TooLong = "At most {0} characters.",
        TooMany = "At most {0}.",
        DuplicateValue = "This value is repeated: give it once.",
        ControlCharacters = "No line breaks, tabs or other control characters.",
        InvisibleCharacters = "No invisible characters, and none that change the direction of text.",
        CardDataNotAllowed =
            "This looks like a card number: do not write it here. If it is another one, put a letter among its digits.",
        AmountInvalid = "Write the amount with digits and a point, like 49.90.",
        AmountDecimals = "This currency is written with {0} decimals.",
        AmountNotPositive = "The amount must be more than zero.",
        AmountTooLarge = "The largest amount is {0}.",
        CurrencyUnknown = "Unknown currency: use an ISO 4217 code like EUR.",
        CurrencyDiffers = "The payment is in another currency: {0}.",
        PhoneInvalid = "Not a valid phone number. Write it like this: +39 347 123 4567.",
        PhoneNotAllowed = "We do not send messages to this kind of number. Use a mobile or an email.",
        Landline = "This is a landline: texts do not arrive. Use a mobile or an email.",
        OptedOut = "The customer wants no more messages here: offer the other channel, email or SMS. "
            + "Only the customer can change that.",
        CountryNotAllowed =
            "Texts to this country are not enabled. Use an email, or enable the country in the settings.",
        CountryUnknown = "Unknown country: use an ISO 3166 code like IT.",
        RecipientUnchanged = "The link has this address already: to send it once more, resend it.",
        EmailInvalid = "Not a valid email address. Write a single one, like name@example.com.",
        LocaleUnknown = "Unknown language: use for example it-IT or en-GB.",
        ChannelUnknown = "Use sms or email.",
        DurationInvalid = "Use an ISO 8601 duration, like PT30M or P3D.",
        TimeInvalid = "Use an RFC 3339 date and time with its offset, like 2026-11-27T18:00:00+01:00.",
        DateInvalid = "Use a date, like 2026-11-27.",
        ExpiryAmbiguous = "Give expiresIn or expiresAt, not both.",
        ExpiryTooSoon = "The expiry must be at least {0} minutes ahead.",
        ExpiryTooLate = "The expiry must be within {0} months.",
        NotLater = "The new expiry must be after the present one.",
        UrlInvalid = "Use a full address that begins with https:// and holds no user name or password.",
        EndpointUrlInvalid =
            "Use a public address that begins with https://, on port 443 or 8443, without a user name and without #.",
        UnknownParameter = "Unknown parameter.",
        RepeatedParameter = "This parameter is there twice: keep one.",
        ValueUnknown = "Not an allowed value: the documentation says which there are.",
        LimitInvalid = "Use a number from 1 to {0}.",
        CursorInvalid = "This cursor is not of this list: use nextCursor as it came.",
        DatesReversed = "The beginning must come before the end.",
        PeriodTooLong = "A period may have at most {0} days.",
    };

    public required CultureInfo Culture { get; init; }

    public required string Required { get; init; }
    public required string UnknownField { get; init; }
    public required string DuplicateField { get; init; }
    public required string WrongType { get; init; }
    public required string InvalidUnicode { get; init; }
    public required string TooLong { get; init; }
    public required string TooMany { get; init; }
    public required string DuplicateValue { get; init; }
    public required string ControlCharacters { get; init; }
    public required string InvisibleCharacters { get; init; }
    public required string CardDataNotAllowed { get; init; }
    public required string AmountInvalid { get; init; }
    public required string AmountDecimals { get; init; }
    public required string AmountNotPositive { get; init; }
    public required string AmountTooLarge { get; init; }
    public required string CurrencyUnknown { get; init; }
    public required string CurrencyDiffers { get; init; }
    public required string PhoneInvalid { get; init; }
    public required string PhoneNotAllowed { get; init; }
    public required string Landline { get; init; }
    public required string OptedOut { get; init; }
    public required string CountryNotAllowed { get; init; }
    public required string CountryUnknown { get; init; }
    public required string RecipientUnchanged { get; init; }
    public required string EmailInvalid { get; init; }
    public required string LocaleUnknown { get; init; }
    public required string ChannelUnknown { get; init; }
    public required string DurationInvalid { get; init; }
    public required string TimeInvalid { get; init; }
    public required string DateInvalid { get; init; }
    public required string ExpiryAmbiguous { get; init; }
    public required string ExpiryTooSoon { get; init; }
    public required string ExpiryTooLate { get; init; }
    public required string NotLater { get; init; }
    public required string UrlInvalid { get; init; }
    public required string EndpointUrlInvalid { get; init; }
    public required string UnknownParameter { get; init; }
    public required string RepeatedParameter { get; init; }
    public required string ValueUnknown { get; init; }
    public required string LimitInvalid { get; init; }
    public required string CursorInvalid { get; init; }
    public required string DatesReversed { get; init; }
    public required string PeriodTooLong { get; init; }

    public static LinkErrorWords In(string language) => language == "it" ? Italian : English;

    public string Of(FieldError error) => string.Format(Culture, Form(error.Code), error.Limit);

    private string Form(string code) => code switch
    {
        FieldCodes.Required => Required,
        FieldCodes.UnknownField => UnknownField,
        FieldCodes.DuplicateField => DuplicateField,
        FieldCodes.WrongType => WrongType,
        FieldCodes.InvalidUnicode => InvalidUnicode,
        FieldCodes.TooLong => TooLong,
        FieldCodes.TooMany => TooMany,
        FieldCodes.DuplicateValue => DuplicateValue,
        FieldCodes.ControlCharacters => ControlCharacters,
        FieldCodes.InvisibleCharacters => InvisibleCharacters,
        FieldCodes.CardDataNotAllowed => CardDataNotAllowed,
        FieldCodes.AmountInvalid => AmountInvalid,
        FieldCodes.AmountDecimals => AmountDecimals,
        FieldCodes.AmountNotPositive => AmountNotPositive,
        FieldCodes.AmountTooLarge => AmountTooLarge,
        FieldCodes.CurrencyUnknown => CurrencyUnknown,
        FieldCodes.CurrencyDiffers => CurrencyDiffers,
        FieldCodes.PhoneInvalid => PhoneInvalid,
        FieldCodes.PhoneNotAllowed => PhoneNotAllowed,
        FieldCodes.Landline => Landline,
        FieldCodes.OptedOut => OptedOut,
        FieldCodes.CountryNotAllowed => CountryNotAllowed,
        FieldCodes.CountryUnknown => CountryUnknown,
        FieldCodes.RecipientUnchanged => RecipientUnchanged,
        FieldCodes.EmailInvalid => EmailInvalid,
        FieldCodes.LocaleUnknown => LocaleUnknown,
        FieldCodes.ChannelUnknown => ChannelUnknown,
        FieldCodes.DurationInvalid => DurationInvalid,
        FieldCodes.TimeInvalid => TimeInvalid,
        FieldCodes.DateInvalid => DateInvalid,
        FieldCodes.ExpiryAmbiguous => ExpiryAmbiguous,
        FieldCodes.ExpiryTooSoon => ExpiryTooSoon,
        FieldCodes.ExpiryTooLate => ExpiryTooLate,
        FieldCodes.NotLater => NotLater,
        FieldCodes.UrlInvalid => UrlInvalid,
        FieldCodes.EndpointUrlInvalid => EndpointUrlInvalid,
        FieldCodes.UnknownParameter => UnknownParameter,
        FieldCodes.RepeatedParameter => RepeatedParameter,
        FieldCodes.ValueUnknown => ValueUnknown,
        FieldCodes.LimitInvalid => LimitInvalid,
        FieldCodes.CursorInvalid => CursorInvalid,
        FieldCodes.DatesReversed => DatesReversed,
        FieldCodes.PeriodTooLong => PeriodTooLong,
        _ => throw new ArgumentOutOfRangeException(nameof(code), code, "No words for this code."),
    };
}
