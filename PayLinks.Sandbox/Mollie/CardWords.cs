namespace PayLinks.Sandbox.Mollie;

/// <summary>The words of the card fields.</summary>
internal sealed record CardWords
{
    public required string Card { get; init; }

    public required string CardNumber { get; init; }

    public required string CardHolder { get; init; }

    public required string ExpiryDate { get; init; }

    public required string VerificationCode { get; init; }

    public required string ExpiryHint { get; init; }

    public required string CardNumberMissing { get; init; }

    public required string CardNumberInvalid { get; init; }

    public required string CardHolderMissing { get; init; }

    public required string CardHolderInvalid { get; init; }

    public required string ExpiryDateMissing { get; init; }

    public required string ExpiryDateInvalid { get; init; }

    public required string VerificationCodeMissing { get; init; }

    public required string VerificationCodeInvalid { get; init; }

    public required string Unavailable { get; init; }

    public static readonly CardWords English = new()
    {
        Card = "Card details",
        CardNumber = "Card number",
        CardHolder = "Card holder",
        ExpiryDate = "Expiry date",
        VerificationCode = "Security code",
        ExpiryHint = "MM / YY",
        CardNumberMissing = "Enter the card number.",
        CardNumberInvalid = "Check the card number.",
        CardHolderMissing = "Enter the name on the card.",
        CardHolderInvalid = "Check the name on the card.",
        ExpiryDateMissing = "Enter the expiry date.",
        ExpiryDateInvalid = "Check the expiry date.",
        VerificationCodeMissing = "Enter the security code.",
        VerificationCodeInvalid = "Check the security code.",
        Unavailable = "The card could not be checked. Try again.",
    };

    public static readonly CardWords Italian = new()
    {
        Card = "Dati della carta",
        CardNumber = "Numero della carta",
        CardHolder = "Titolare della carta",
        ExpiryDate = "Data di scadenza",
        VerificationCode = "Codice di sicurezza",
        ExpiryHint = "MM / AA",
        CardNumberMissing = "Inserisci il numero della carta.",
        CardNumberInvalid = "Controlla il numero della carta.",
        CardHolderMissing = "Inserisci il nome sulla carta.",
        CardHolderInvalid = "Controlla il nome sulla carta.",
        ExpiryDateMissing = "Inserisci la data di scadenza.",
        ExpiryDateInvalid = "Controlla la data di scadenza.",
        VerificationCodeMissing = "Inserisci il codice di sicurezza.",
        VerificationCodeInvalid = "Controlla il codice di sicurezza.",
        Unavailable = "Non è stato possibile verificare la carta. Riprova.",
    };

    public string TitleOf(string component) => component switch
    {
        "cardNumber" => CardNumber,
        "cardHolder" => CardHolder,
        "expiryDate" => ExpiryDate,
        "verificationCode" => VerificationCode,
        _ => Card,
    };

    public string InvalidOf(string field) => field switch
    {
        "cardNumber" => CardNumberInvalid,
        "cardHolder" => CardHolderInvalid,
        "expiryDate" => ExpiryDateInvalid,
        _ => VerificationCodeInvalid,
    };

    /// <summary>The errors, by field, as the script in the iframe reads them.</summary>
    public Dictionary<string, object> ToScript() => new()
    {
        ["cardNumber"] = new { missing = CardNumberMissing, invalid = CardNumberInvalid },
        ["cardHolder"] = new { missing = CardHolderMissing, invalid = CardHolderInvalid },
        ["expiryDate"] = new { missing = ExpiryDateMissing, invalid = ExpiryDateInvalid },
        ["verificationCode"] = new { missing = VerificationCodeMissing, invalid = VerificationCodeInvalid },
        ["unavailable"] = Unavailable,
    };
}
