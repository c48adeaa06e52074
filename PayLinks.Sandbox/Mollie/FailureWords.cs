namespace PayLinks.Sandbox.Mollie;

/// <summary>Why a card payment failed, in words for the shopper.</summary>
internal static class FailureWords
{
    public static string For(string reason, string? locale) =>
        locale == "it_IT" ? Italian(reason) : English(reason);

    private static string English(string reason) => reason switch
    {
        "authentication_abandoned" => "You left before your bank could check the payment.",
        "authentication_failed" => "Your bank could not confirm that it was you.",
        "authentication_unavailable_acs" => "Your bank's check is not available right now.",
        "card_expired" => "This card has expired.",
        "inactive_card" => "This card is not active.",
        "insufficient_funds" => "There is not enough money on this card.",
        "invalid_card_holder_name" => "The name on the card is not right.",
        "invalid_card_number" => "The card number is not right.",
        "invalid_card_type" => "This type of card is not accepted.",
        "invalid_cvv" => "The security code is not right.",
        "possible_fraud" => "The payment was stopped to protect you.",
        _ => "Your bank declined the payment.",
    };

    private static string Italian(string reason) => reason switch
    {
        "authentication_abandoned" => "La verifica con la banca non è stata completata.",
        "authentication_failed" => "La banca non ha potuto confermare la tua identità.",
        "authentication_unavailable_acs" => "La verifica della banca non è disponibile al momento.",
        "card_expired" => "Questa carta è scaduta.",
        "inactive_card" => "Questa carta non è attiva.",
        "insufficient_funds" => "Fondi insufficienti su questa carta.",
        "invalid_card_holder_name" => "Il nome del titolare non è corretto.",
        "invalid_card_number" => "Il numero della carta non è corretto.",
        "invalid_card_type" => "Questo tipo di carta non è accettato.",
        "invalid_cvv" => "Il codice di sicurezza non è corretto.",
        "possible_fraud" => "Il pagamento è stato fermato per proteggerti.",
        _ => "La banca ha rifiutato il pagamento.",
    };
}
