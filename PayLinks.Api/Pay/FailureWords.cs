namespace PayLinks.Api.Pay;

/// <summary>
/// Why a payment ended unpaid and what to do next, in words for the customer. Several of Mollie's reasons share a
/// text; a suspicion of fraud is told as any other refusal of the bank.
/// </summary>
public sealed record FailureWords
{
    public static readonly FailureWords Italian = new()
    {
        Mistyped = "La banca non riconosce questi dati. Controlla numero, scadenza e codice.",
        NotApproved = "Non hai confermato nell'app della banca. Nessun addebito: riprova.",
        BankCheckDown = "Il controllo della tua banca non risponde. Nessun addebito: riprova tra qualche minuto "
            + "o usa un'altra carta.",
        Funds = "Fondi o limite insufficienti. Usa un'altra carta.",
        CardExpired = "La carta è scaduta. Nessun addebito: usa un'altra carta.",
        CardInactive = "La carta non è attiva. Nessun addebito: attivala nell'app della banca o usa un'altra carta.",
        CardKind = "Questo tipo di carta non è accettato. Nessun addebito: usa un'altra carta.",
        Refused = "La banca ha rifiutato il pagamento. Nessun addebito. Prova un'altra carta o chiama la tua banca.",
        TypeAgain = "Non abbiamo potuto usare i dati della carta. Nessun addebito: scrivili di nuovo.",
        Canceled = "Hai annullato il pagamento. Nessun addebito: puoi riprovare quando vuoi.",
        Expired = "È passato troppo tempo senza una conferma. Nessun addebito: riprova.",
        Technical = "Il pagamento non è partito per un problema tecnico. Nessun addebito: riprova.",
        WayFailed = "Il pagamento non è stato completato. Nessun addebito: riprova, anche in un altro modo.",
        WayGone = "Questo modo di pagare ora non è disponibile. Nessun addebito: riprova in un altro modo.",
    };

    public static readonly FailureWords English = new()
    {
        Mistyped = "The bank does not recognise these details. Check number, expiry and code.",
        NotApproved = "You did not approve it in your bank's app. Nothing was charged: try again.",
        BankCheckDown = "Your bank's check is not answering. Nothing was charged: try again in a few minutes "
            + "or use another card.",
        Funds = "Not enough funds or limit reached. Use another card.",
        CardExpired = "The card has expired. Nothing was charged: use another card.",
        CardInactive = "The card is not active. Nothing was charged: activate it in your bank's app "
            + "or use another card.",
        CardKind = "This kind of card is not accepted. Nothing was charged: use another card.",
        Refused = "Your bank refused. Nothing was charged. Try another card or call your bank.",
        TypeAgain = "We could not use the card details. Nothing was charged: enter them again.",
        Canceled = "You cancelled the payment. Nothing was charged: try again whenever you like.",
        Expired = "Too much time passed without a confirmation. Nothing was charged: try again.",
        Technical = "The payment did not start because of a technical problem. Nothing was charged: try again.",
        WayFailed = "The payment was not completed. Nothing was charged: try again, or try another way.",
        WayGone = "This way to pay is not available now. Nothing was charged: try another way.",
    };

    public static readonly FailureWords German = new()
    {
        Mistyped = "Die Bank erkennt diese Daten nicht. Prüfen Sie Nummer, Ablaufdatum und Code.",
        NotApproved = "Sie haben in der App Ihrer Bank nicht bestätigt. Es wurde nichts abgebucht: Versuchen Sie es "
            + "noch einmal.",
        BankCheckDown = "Die Prüfung Ihrer Bank antwortet nicht. Es wurde nichts abgebucht: Versuchen Sie es in "
            + "einigen Minuten noch einmal, oder nehmen Sie eine andere Karte.",
        Funds = "Zu wenig Guthaben oder Limit erreicht. Nehmen Sie eine andere Karte.",
        CardExpired = "Die Karte ist abgelaufen. Es wurde nichts abgebucht: Nehmen Sie eine andere Karte.",
        CardInactive = "Die Karte ist nicht aktiv. Es wurde nichts abgebucht: Schalten Sie sie in der App Ihrer Bank "
            + "frei, oder nehmen Sie eine andere Karte.",
        CardKind = "Diese Art von Karte wird nicht angenommen. Es wurde nichts abgebucht: Nehmen Sie eine andere "
            + "Karte.",
        Refused = "Ihre Bank hat abgelehnt. Es wurde nichts abgebucht. Nehmen Sie eine andere Karte, oder rufen Sie "
            + "Ihre Bank an.",
        TypeAgain = "Mit den Kartendaten ging es nicht. Es wurde nichts abgebucht: Geben Sie sie noch einmal ein.",
        Canceled = "Sie haben die Zahlung abgebrochen. Es wurde nichts abgebucht: Sie können es jederzeit noch einmal "
            + "versuchen.",
        Expired = "Die Bestätigung hat zu lange gedauert. Es wurde nichts abgebucht: Versuchen Sie es noch einmal.",
        Technical = "Die Zahlung ist aus technischen Gründen nicht gestartet. Es wurde nichts abgebucht: Versuchen "
            + "Sie es noch einmal.",
        WayFailed = "Die Zahlung wurde nicht abgeschlossen. Es wurde nichts abgebucht: Versuchen Sie es noch einmal, "
            + "auch auf anderem Weg.",
        WayGone = "Dieser Zahlungsweg steht gerade nicht zur Verfügung. Es wurde nichts abgebucht: Versuchen Sie es "
            + "noch einmal auf anderem Weg.",
    };

    public static readonly FailureWords French = new()
    {
        Mistyped = "La banque ne reconnaît pas ces données. Vérifiez le numéro, la date et le code.",
        NotApproved = "Vous n’avez pas confirmé dans l’application de votre banque. Rien n’a été débité : réessayez.",
        BankCheckDown = "Le contrôle de votre banque ne répond pas. Rien n’a été débité : réessayez dans quelques "
            + "minutes ou utilisez une autre carte.",
        Funds = "Fonds insuffisants ou plafond atteint. Utilisez une autre carte.",
        CardExpired = "La carte a expiré. Rien n’a été débité : utilisez une autre carte.",
        CardInactive = "La carte n’est pas active. Rien n’a été débité : activez-la dans l’application de votre "
            + "banque ou utilisez une autre carte.",
        CardKind = "Ce type de carte n’est pas accepté. Rien n’a été débité : utilisez une autre carte.",
        Refused = "Votre banque a refusé. Rien n’a été débité. Essayez une autre carte ou appelez votre banque.",
        TypeAgain = "Nous n’avons pas pu utiliser les données de la carte. Rien n’a été débité : saisissez-les de "
            + "nouveau.",
        Canceled = "Vous avez annulé le paiement. Rien n’a été débité : réessayez quand vous voulez.",
        Expired = "Trop de temps a passé sans confirmation. Rien n’a été débité : réessayez.",
        Technical = "Le paiement n’a pas commencé à cause d’un problème technique. Rien n’a été débité : réessayez.",
        WayFailed = "Le paiement n’a pas abouti. Rien n’a été débité : réessayez, au besoin avec un autre moyen.",
        WayGone = "Ce moyen de paiement n’est pas disponible pour l’instant. Rien n’a été débité : réessayez avec un "
            + "autre.",
    };

    public static readonly FailureWords Spanish = new()
    {
        Mistyped = "El banco no reconoce estos datos. Revise el número, la caducidad y el código.",
        NotApproved = "No lo ha confirmado en la aplicación de su banco. No se ha cobrado nada: inténtelo de nuevo.",
        BankCheckDown = "La comprobación de su banco no responde. No se ha cobrado nada: inténtelo de nuevo en unos "
            + "minutos o use otra tarjeta.",
        Funds = "Fondos insuficientes o límite alcanzado. Use otra tarjeta.",
        CardExpired = "La tarjeta ha caducado. No se ha cobrado nada: use otra tarjeta.",
        CardInactive = "La tarjeta no está activa. No se ha cobrado nada: actívela en la aplicación de su banco o use "
            + "otra tarjeta.",
        CardKind = "Este tipo de tarjeta no se acepta. No se ha cobrado nada: use otra tarjeta.",
        Refused = "Su banco lo ha rechazado. No se ha cobrado nada. Pruebe otra tarjeta o llame a su banco.",
        TypeAgain = "No hemos podido usar los datos de la tarjeta. No se ha cobrado nada: escríbalos de nuevo.",
        Canceled = "Ha cancelado el pago. No se ha cobrado nada: puede intentarlo de nuevo cuando quiera.",
        Expired = "Ha pasado demasiado tiempo sin confirmación. No se ha cobrado nada: inténtelo de nuevo.",
        Technical = "El pago no ha empezado por un problema técnico. No se ha cobrado nada: inténtelo de nuevo.",
        WayFailed = "El pago no se ha completado. No se ha cobrado nada: inténtelo de nuevo, también con otro medio.",
        WayGone = "Este medio de pago no está disponible ahora. No se ha cobrado nada: inténtelo de nuevo con otro.",
    };

    public required string Mistyped { get; init; }

    public required string NotApproved { get; init; }

    public required string BankCheckDown { get; init; }

    public required string Funds { get; init; }

    public required string CardExpired { get; init; }

    public required string CardInactive { get; init; }

    public required string CardKind { get; init; }

    public required string Refused { get; init; }

    public required string TypeAgain { get; init; }

    public required string Canceled { get; init; }

    public required string Expired { get; init; }

    public required string Technical { get; init; }

    /// <summary>PayPal and the like say no more than that it failed.</summary>
    public required string WayFailed { get; init; }

    public required string WayGone { get; init; }

    /// <summary>
    /// The words for one of Mollie's reasons or ours; a reason that is new to us reads as a refusal by the bank.
    /// </summary>
    public string For(string reason) => reason switch
    {
        "invalid_card_number" or "invalid_cvv" or "invalid_card_holder_name" => Mistyped,
        "authentication_abandoned" or "authentication_failed" or "authentication_required" => NotApproved,
        "authentication_unavailable_acs" => BankCheckDown,
        "insufficient_funds" => Funds,
        "card_expired" => CardExpired,
        "inactive_card" => CardInactive,
        "invalid_card_type" => CardKind,
        "card_declined" or "refused_by_issuer" or "possible_fraud" or "unknown_reason" => Refused,
        "invalid_card_token" => TypeAgain,
        "canceled" => Canceled,
        "expired" => Expired,
        "technical" => Technical,
        "way_failed" => WayFailed,
        "invalid_method" => WayGone,
        _ => Refused,
    };
}
