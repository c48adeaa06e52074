namespace PayLinks.Api.Problems;

/// <summary>What went wrong and how to mend it, for people.</summary>
internal readonly record struct ProblemText(string Title, string Detail);

/// <summary>The words of every problem. A missing translation does not compile; a missing code fails a test.</summary>
internal sealed record ProblemWords
{
    public static readonly ProblemWords English = new()
    {
        BadRequest = new("Malformed request", "The request is not valid HTTP. Check how your program builds it."),
        InvalidJson = new(
            "Not JSON",
            "The body is not valid JSON in UTF-8. "
            + "Send one object, without comments, trailing commas or a byte order mark."),
        InvalidBody = new(
            "Unexpected body",
            "The body does not have the documented shape. Nothing was stored; \"errors\" names each field."),
        InvalidQuery = new("Unexpected query", "A query parameter is wrong; \"errors\" names each one."),
        InvalidIdempotencyKey = new(
            "Bad Idempotency-Key",
            "Use 1 to 255 visible ASCII characters without spaces, for example a UUID, in one header."),
        Unauthorized = new(
            "API key missing or wrong", "Send a valid key as \"Authorization: Bearer plk_test_…\" or \"plk_live_…\"."),
        Forbidden = new("Not allowed", "This API key lacks the scope for this operation."),
        NotFound = new("Not found", "There is nothing at this address, or not for this API key."),
        MethodNotAllowed = new("Method not allowed", "The \"Allow\" header says which methods this address takes."),
        AlreadyPaid = new("Already paid", "The link has been paid, so this can no longer be done."),
        LinkCanceled = new("Link canceled", "The link has been canceled. Make a new one."),
        LinkExpired = new("Link expired", "The link has expired. Extend it, or make a new one."),
        PaymentInProgress = new(
            "Payment in progress",
            "The customer is paying right now and the bank has not decided. Try again in a minute."),
        NotPaid = new("Not paid", "The link has not been paid, so there is nothing to give back."),
        NothingToRefund = new("Nothing to refund", "All of it has been given back, or is disputed."),
        DuplicateRefund = new(
            "Duplicate refund",
            "The same amount of this payment was refunded within the hour. If you mean another one, wait or split it."),
        RefundUnderWay = new("Refund under way", "Mollie is already moving the money, so it cannot be stopped."),
        TooManyEndpoints = new(
            "Too many webhook endpoints", "There can be 20 in each mode. Delete one that is no longer needed."),
        EndpointDisabled = new(
            "Endpoint disabled",
            "Nothing is posted to a disabled endpoint. Enable it first, with \"disabled\": false."),
        RequestInProgress = new(
            "Request in progress",
            "A request with the same key, or on the same link, is still running. Try again shortly."),
        BodyTooLarge = new("Body too large", "The body may have at most 64 KB."),
        UnsupportedMediaType = new(
            "Unsupported media type", "Send \"Content-Type: application/json\" in UTF-8, without Content-Encoding."),
        InvalidFields = new(
            "Invalid fields", "Some values cannot be accepted. Nothing was stored; \"errors\" says how to mend each."),
        CardDataNotAllowed = new(
            "Card data not allowed",
            "A field looks like it holds a card number. Cards are only typed on the payment page. Nothing was stored."),
        OptedOut = new(
            "Recipient opted out",
            "The customer asked not to be written to there any more. Offer the other channel. Nothing was stored."),
        IdempotencyKeyReused = new(
            "Idempotency-Key used before", "This key belongs to another request. Use a new key for a new request."),
        TooManyRequests = new(
            "Too many requests", "Wait as long as the \"Retry-After\" header says, in seconds, and go on more slowly."),
        NumberLimit = new(
            "Too many texts to this number",
            "Nothing was stored or sent. Send an email, or wait as long as \"Retry-After\" says, in seconds."),
        PrefixLimit = new(
            "Too many texts to numbers like this",
            "Nothing was stored or sent. Send an email, or wait as long as \"Retry-After\" says, in seconds."),
        DailyLimit = new(
            "Today's texts are used up",
            "Nothing was stored or sent. Send an email, or raise the number of texts a day in the settings."),
        ResendTooSoon = new(
            "Sent a moment ago", "Give the message time to arrive: wait as long as \"Retry-After\" says, in seconds."),
        ResendLimit = new("Sent too often", "This link is not sent any more. Cancel it and make a new one."),
        InternalError = new(
            "Internal error", "Something failed on our side. Try again; if it stays, report the request id."),
        Unavailable = new(
            "Temporarily unavailable", "Something we depend on does not answer. Try again in a few seconds."),
    };

    public static readonly ProblemWords Italian = new()
    {
        BadRequest = new(
            "Richiesta malformata", "La richiesta non è HTTP valido. Controlla come la costruisce il tuo programma."),
        InvalidJson = new(
            "Non è JSON",
            "Il corpo non è JSON valido in UTF-8. Invia un solo oggetto, senza commenti, virgole finali o BOM."),
        InvalidBody = new(
            "Corpo inatteso",
            "Il corpo non ha la forma documentata. Niente è stato salvato; \"errors\" nomina ogni campo."),
        InvalidQuery = new("Parametri inattesi", "Un parametro della richiesta è sbagliato; \"errors\" li nomina."),
        InvalidIdempotencyKey = new(
            "Idempotency-Key non valida",
            "Usa da 1 a 255 caratteri ASCII visibili senza spazi, per esempio un UUID, in una sola intestazione."),
        Unauthorized = new(
            "Chiave API mancante o errata",
            "Invia una chiave valida come \"Authorization: Bearer plk_test_…\" o \"plk_live_…\"."),
        Forbidden = new("Non permesso", "A questa chiave API manca il permesso per questa operazione."),
        NotFound = new("Non trovato", "A questo indirizzo non c'è niente, o non per questa chiave API."),
        MethodNotAllowed = new(
            "Metodo non ammesso", "L'intestazione \"Allow\" dice quali metodi accetta questo indirizzo."),
        AlreadyPaid = new("Già pagato", "Il link è stato pagato, quindi questo non si può più fare."),
        LinkCanceled = new("Link annullato", "Il link è stato annullato. Creane uno nuovo."),
        LinkExpired = new("Link scaduto", "Il link è scaduto. Prolungalo, o creane uno nuovo."),
        PaymentInProgress = new(
            "Pagamento in corso", "Il cliente sta pagando e la banca non ha ancora deciso. Riprova tra un minuto."),
        NotPaid = new("Non pagato", "Il link non è stato pagato: non c'è niente da rimborsare."),
        NothingToRefund = new("Niente da rimborsare", "È già stato tutto rimborsato, oppure è contestato."),
        DuplicateRefund = new(
            "Rimborso ripetuto",
            "Lo stesso importo di questo pagamento è stato rimborsato nell'ultima ora. "
            + "Se ne vuoi un altro, aspetta o dividilo."),
        RefundUnderWay = new("Rimborso in corso", "Mollie sta già spostando il denaro: non si può più fermare."),
        TooManyEndpoints = new(
            "Troppi endpoint webhook", "Ce ne possono essere 20 per modalità. Eliminane uno che non serve più."),
        EndpointDisabled = new(
            "Endpoint disattivato",
            "A un endpoint disattivato non inviamo niente. Prima riattivalo, con \"disabled\": false."),
        RequestInProgress = new(
            "Richiesta in corso",
            "Una richiesta con la stessa chiave, o sullo stesso link, è ancora in corso. Riprova tra poco."),
        BodyTooLarge = new("Corpo troppo grande", "Il corpo può avere al massimo 64 KB."),
        UnsupportedMediaType = new(
            "Tipo di contenuto non ammesso",
            "Invia \"Content-Type: application/json\" in UTF-8, senza Content-Encoding."),
        InvalidFields = new(
            "Campi non validi",
            "Alcuni valori non vanno bene. Niente è stato salvato; \"errors\" dice come correggerli."),
        CardDataNotAllowed = new(
            "Dati di carta non ammessi",
            "Un campo sembra contenere un numero di carta. Le carte si scrivono solo sulla pagina di pagamento. "
            + "Niente è stato salvato."),
        OptedOut = new(
            "Destinatario che non vuole messaggi",
            "Il cliente ha chiesto di non ricevere più messaggi lì. Proponi l'altro canale. Niente è stato salvato."),
        IdempotencyKeyReused = new(
            "Idempotency-Key già usata",
            "Questa chiave appartiene a un'altra richiesta. Usa una chiave nuova per una richiesta nuova."),
        TooManyRequests = new(
            "Troppe richieste", "Aspetta i secondi indicati da \"Retry-After\" e procedi più lentamente."),
        NumberLimit = new(
            "Troppi SMS a questo numero",
            "Niente è stato salvato o inviato. Usa una email, o aspetta i secondi indicati da \"Retry-After\"."),
        PrefixLimit = new(
            "Troppi SMS a numeri come questo",
            "Niente è stato salvato o inviato. Usa una email, o aspetta i secondi indicati da \"Retry-After\"."),
        DailyLimit = new(
            "SMS di oggi esauriti",
            "Niente è stato salvato o inviato. Usa una email, o alza nelle impostazioni il numero di SMS al giorno."),
        ResendTooSoon = new(
            "Inviato un momento fa",
            "Dai al messaggio il tempo di arrivare: aspetta i secondi indicati da \"Retry-After\"."),
        ResendLimit = new("Inviato troppe volte", "Questo link non si invia più. Annullalo e fanne uno nuovo."),
        InternalError = new(
            "Errore interno", "Qualcosa non ha funzionato da noi. Riprova; se continua, segnala l'id della richiesta."),
        Unavailable = new(
            "Momentaneamente non disponibile", "Qualcosa da cui dipendiamo non risponde. Riprova tra qualche secondo."),
    };

    public required ProblemText BadRequest { get; init; }
    public required ProblemText InvalidJson { get; init; }
    public required ProblemText InvalidBody { get; init; }
    public required ProblemText InvalidQuery { get; init; }
    public required ProblemText InvalidIdempotencyKey { get; init; }
    public required ProblemText Unauthorized { get; init; }
    public required ProblemText Forbidden { get; init; }
    public required ProblemText NotFound { get; init; }
    public required ProblemText MethodNotAllowed { get; init; }
    public required ProblemText AlreadyPaid { get; init; }
    public required ProblemText LinkCanceled { get; init; }
    public required ProblemText LinkExpired { get; init; }
    public required ProblemText PaymentInProgress { get; init; }
    public required ProblemText NotPaid { get; init; }
    public required ProblemText NothingToRefund { get; init; }
    public required ProblemText DuplicateRefund { get; init; }
    public required ProblemText RefundUnderWay { get; init; }
    public required ProblemText TooManyEndpoints { get; init; }
    public required ProblemText EndpointDisabled { get; init; }
    public required ProblemText RequestInProgress { get; init; }
    public required ProblemText BodyTooLarge { get; init; }
    public required ProblemText UnsupportedMediaType { get; init; }
    public required ProblemText InvalidFields { get; init; }
    public required ProblemText CardDataNotAllowed { get; init; }
    public required ProblemText OptedOut { get; init; }
    public required ProblemText IdempotencyKeyReused { get; init; }
    public required ProblemText TooManyRequests { get; init; }
    public required ProblemText NumberLimit { get; init; }
    public required ProblemText PrefixLimit { get; init; }
    public required ProblemText DailyLimit { get; init; }
    public required ProblemText ResendTooSoon { get; init; }
    public required ProblemText ResendLimit { get; init; }
    public required ProblemText InternalError { get; init; }
    public required ProblemText Unavailable { get; init; }

    public static ProblemWords In(string language) => language == "it" ? Italian : English;

    public ProblemText Of(string code) => code switch
    {
        ProblemCodes.BadRequest => BadRequest,
        ProblemCodes.InvalidJson => InvalidJson,
        ProblemCodes.InvalidBody => InvalidBody,
        ProblemCodes.InvalidQuery => InvalidQuery,
        ProblemCodes.InvalidIdempotencyKey => InvalidIdempotencyKey,
        ProblemCodes.Unauthorized => Unauthorized,
        ProblemCodes.Forbidden => Forbidden,
        ProblemCodes.NotFound => NotFound,
        ProblemCodes.MethodNotAllowed => MethodNotAllowed,
        ProblemCodes.AlreadyPaid => AlreadyPaid,
        ProblemCodes.LinkCanceled => LinkCanceled,
        ProblemCodes.LinkExpired => LinkExpired,
        ProblemCodes.PaymentInProgress => PaymentInProgress,
        ProblemCodes.NotPaid => NotPaid,
        ProblemCodes.NothingToRefund => NothingToRefund,
        ProblemCodes.DuplicateRefund => DuplicateRefund,
        ProblemCodes.RefundUnderWay => RefundUnderWay,
        ProblemCodes.TooManyEndpoints => TooManyEndpoints,
        ProblemCodes.EndpointDisabled => EndpointDisabled,
        ProblemCodes.RequestInProgress => RequestInProgress,
        ProblemCodes.BodyTooLarge => BodyTooLarge,
        ProblemCodes.UnsupportedMediaType => UnsupportedMediaType,
        ProblemCodes.InvalidFields => InvalidFields,
        ProblemCodes.CardDataNotAllowed => CardDataNotAllowed,
        ProblemCodes.OptedOut => OptedOut,
        ProblemCodes.IdempotencyKeyReused => IdempotencyKeyReused,
        ProblemCodes.TooManyRequests => TooManyRequests,
        ProblemCodes.NumberLimit => NumberLimit,
        ProblemCodes.PrefixLimit => PrefixLimit,
        ProblemCodes.DailyLimit => DailyLimit,
        ProblemCodes.ResendTooSoon => ResendTooSoon,
        ProblemCodes.ResendLimit => ResendLimit,
        ProblemCodes.InternalError => InternalError,
        ProblemCodes.Unavailable => Unavailable,
        _ => throw new ArgumentOutOfRangeException(nameof(code), code, "No words for this code."),
    };
}
