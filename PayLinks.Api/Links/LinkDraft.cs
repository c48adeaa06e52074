using PayLinks.Core;
using PayLinks.Core.Messages;

namespace PayLinks.Api.Links;

/// <summary>What somebody typed or posted, all text, before <see cref="CheckLink"/> has looked at it.</summary>
public sealed record LinkDraft
{
    /// <summary>With a point and exactly the currency's decimals, like <c>49.90</c>.</summary>
    public string? AmountValue { get; init; }

    public string? Currency { get; init; }

    public string? Description { get; init; }

    public string? Reference { get; init; }

    public string? CustomerName { get; init; }

    /// <summary>In any usual form; read with the merchant's country.</summary>
    public string? Phone { get; init; }

    public string? Email { get; init; }

    /// <summary>A BCP 47 tag like <c>it-IT</c>; by default the merchant's language.</summary>
    public string? Locale { get; init; }

    /// <summary>Any of <c>sms</c> and <c>email</c>; none makes a link that is not sent.</summary>
    public IReadOnlyList<string> Send { get; init; } = [];

    /// <summary>An ISO 8601 duration like <c>P3D</c>; not together with <see cref="ExpiresAt"/>.</summary>
    public string? ExpiresIn { get; init; }

    /// <summary>An RFC 3339 instant with its offset.</summary>
    public string? ExpiresAt { get; init; }

    public string? ReturnUrl { get; init; }

    /// <summary>Whether the page shows a code that the customer is told on the phone.</summary>
    public bool WithCode { get; init; }

    public IReadOnlyDictionary<string, string> Metadata { get; init; } =
        new Dictionary<string, string>(StringComparer.Ordinal);
}

/// <summary>A link that may be made: everything in it has been checked.</summary>
/// <param name="Phone">In E.164.</param>
/// <param name="RemindAt">When the customer is reminded first; null: not at all.</param>
/// <param name="Locale">A BCP 47 tag of a language and country that the payment provider knows.</param>
/// <param name="WithCode">The page shows a code that the customer is told on the phone.</param>
public sealed record NewLink(
    Money Amount,
    string Description,
    string? Reference,
    string? CustomerName,
    string? Phone,
    string? Email,
    string Locale,
    IReadOnlyList<MessageChannel> Send,
    DateTimeOffset ExpiresAt,
    DateTimeOffset? RemindAt,
    string? ReturnUrl,
    IReadOnlyDictionary<string, string> Metadata,
    bool WithCode);

/// <summary>Something wrong with a field.</summary>
/// <param name="Pointer">A JSON pointer with the names of the wire: <c>/customer/phone</c>.</param>
/// <param name="Code">One of <see cref="FieldCodes"/>.</param>
/// <param name="Limit">The limit that was passed, for the words; never what was typed.</param>
public sealed record FieldError(string Pointer, string Code, string? Limit = null);
