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
        _ => Refused,
    };
}
