namespace PayLinks.Api.Links;

/// <summary>
/// What can be wrong with a field, as the API spells it: promises to whoever programs against it. The words for people
/// are in <see cref="LinkErrorWords"/>.
/// </summary>
public static class FieldCodes
{
    public const string Required = "required";
    public const string UnknownField = "unknown_field";
    public const string DuplicateField = "duplicate_field";
    public const string WrongType = "wrong_type";
    public const string InvalidUnicode = "invalid_unicode";
    public const string TooLong = "too_long";
    public const string TooMany = "too_many";
    public const string DuplicateValue = "duplicate_value";
    public const string ControlCharacters = "control_characters";
    public const string InvisibleCharacters = "invisible_characters";
    public const string CardDataNotAllowed = "card_data_not_allowed";
    public const string AmountInvalid = "amount_invalid";
    public const string AmountDecimals = "amount_decimals";
    public const string AmountNotPositive = "amount_not_positive";
    public const string AmountTooLarge = "amount_too_large";
    public const string CurrencyUnknown = "currency_unknown";
    public const string CurrencyDiffers = "currency_differs";
    public const string PhoneInvalid = "phone_invalid";
    public const string PhoneNotAllowed = "phone_not_allowed";
    public const string Landline = "landline";
    public const string OptedOut = "opted_out";
    public const string CountryNotAllowed = "country_not_allowed";
    public const string CountryUnknown = "country_unknown";
    public const string RecipientUnchanged = "recipient_unchanged";
    public const string EmailInvalid = "email_invalid";
    public const string LocaleUnknown = "locale_unknown";
    public const string ChannelUnknown = "channel_unknown";
    public const string DurationInvalid = "duration_invalid";
    public const string TimeInvalid = "time_invalid";
    public const string DateInvalid = "date_invalid";
    public const string ExpiryAmbiguous = "expiry_ambiguous";
    public const string ExpiryTooSoon = "expiry_too_soon";
    public const string ExpiryTooLate = "expiry_too_late";
    public const string NotLater = "not_later";
    public const string UrlInvalid = "url_invalid";
    public const string EndpointUrlInvalid = "endpoint_url_invalid";
    public const string UnknownParameter = "unknown_parameter";
    public const string RepeatedParameter = "repeated_parameter";
    public const string ValueUnknown = "value_unknown";
    public const string LimitInvalid = "limit_invalid";
    public const string CursorInvalid = "cursor_invalid";
    public const string DatesReversed = "dates_reversed";
    public const string PeriodTooLong = "period_too_long";

    public static IReadOnlyList<string> All { get; } =
    [
        Required, UnknownField, DuplicateField, WrongType, InvalidUnicode, TooLong, TooMany, DuplicateValue,
        ControlCharacters, InvisibleCharacters, CardDataNotAllowed, AmountInvalid, AmountDecimals, AmountNotPositive,
        AmountTooLarge, CurrencyUnknown, CurrencyDiffers, PhoneInvalid, PhoneNotAllowed, Landline, OptedOut,
        CountryNotAllowed, CountryUnknown, RecipientUnchanged, EmailInvalid, LocaleUnknown,
        ChannelUnknown, DurationInvalid, TimeInvalid, DateInvalid, ExpiryAmbiguous, ExpiryTooSoon, ExpiryTooLate,
        NotLater, UrlInvalid, EndpointUrlInvalid, UnknownParameter, RepeatedParameter, ValueUnknown, LimitInvalid,
        CursorInvalid, DatesReversed, PeriodTooLong,
    ];
}
