using System.Collections.Frozen;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using PayLinks.Sandbox.Books;

namespace PayLinks.Sandbox.Mollie;

/// <summary>
/// Reads and judges the fields of a payment, as strictly as Mollie or more so: an unknown field is refused.
/// </summary>
internal sealed class PaymentInput(JsonObject input)
{
    private const int DescriptionLengthMax = 255;
    private const int MetadataBytesMax = 1024;

    public static readonly FrozenSet<string> Locales = FrozenSet.ToFrozenSet(
        ("ca_ES cs_CZ da_DK de_AT de_CH de_DE de_LU en_BE en_GB en_NL en_US es_ES fi_FI fr_BE fr_FR fr_LU hu_HU is_IS "
        + "it_IT lt_LT lv_LV nb_NO nl_BE nl_NL pl_PL pt_PT sk_SK sv_SE").Split(' '));

    private static readonly FrozenSet<string> Creatable = FrozenSet.ToFrozenSet(
        ("amount description redirectUrl cancelUrl webhookUrl method cardToken locale metadata billingAddress "
        + "billingEmail shippingAddress restrictPaymentMethodsToCountry captureMode captureDelay sequenceType "
        + "customerId mandateId storeCredentials dueDate applicationFee routing lines issuer").Split(' '));

    private static readonly FrozenSet<string> Changeable = FrozenSet.ToFrozenSet(
        ("description redirectUrl cancelUrl webhookUrl metadata method locale dueDate restrictPaymentMethodsToCountry "
        + "billingAddress shippingAddress billingEmail issuer").Split(' '));

    /// <summary>The first thing that is wrong, in Mollie's shape; the values read after it mean nothing.</summary>
    public Answer? Refusal { get; private set; }

    public PaymentInput ForCreating() => Only(Creatable);

    public PaymentInput ForChanging() => Only(Changeable);

    public bool Has(string field) => input[field] is not null;

    public Amount Amount()
    {
        if (input["amount"] is not JsonObject amount)
        {
            Refuse("amount", "The 'amount' field is missing");
            return default;
        }

        if (amount["currency"].AsString() is not { } currency || !Books.Amount.IsCurrency(currency))
        {
            Refuse("amount.currency", "The amount contains an invalid currency");
            return default;
        }

        // A number is refused too: Mollie takes strings only.
        if (amount["value"].AsString() is not { } value || !Books.Amount.TryParse(value, currency, out var parsed))
        {
            Refuse("amount", "The amount contains an invalid value");
            return default;
        }

        return parsed;
    }

    public string Description()
    {
        if (input["description"].AsString() is not { } description || string.IsNullOrWhiteSpace(description))
        {
            Refuse("description", "The description is invalid");
            return "";
        }

        return description.Length > DescriptionLengthMax ? description[..DescriptionLengthMax] : description;
    }

    public string? Url(string field, bool isRequired = false)
    {
        if (!Has(field))
        {
            return isRequired ? Refuse(field, $"The '{field}' field is missing") : null;
        }

        var isUrl = Uri.TryCreate(input[field].AsString(), UriKind.Absolute, out var url)
            && url.Scheme is "http" or "https" && url.UserInfo.Length == 0;
        return isUrl ? input[field].AsString() : Refuse(field, $"The {field} is invalid");
    }

    public string? OneOf(string field, IReadOnlySet<string> known)
    {
        if (!Has(field))
        {
            return null;
        }

        return input[field].AsString() is { } value && known.Contains(value)
            ? value
            : Refuse(field, $"The {field} is invalid");
    }

    /// <summary>The methods asked for: none, one, or several to choose from.</summary>
    public IReadOnlyList<string> Methods()
    {
        if (!Has("method"))
        {
            return [];
        }

        var asked = input["method"] is JsonArray several
            ? several.Select(method => method.AsString()).ToList()
            : [input["method"].AsString()];
        if (asked.Count == 0 || asked.Any(method => method is null || !PaymentMethods.IsEnabled(method)))
        {
            Refuse("method", "The payment method is invalid or not enabled for this profile");
            return [];
        }

        return [.. asked.OfType<string>()];
    }

    public JsonElement? Metadata()
    {
        if (!Has("metadata"))
        {
            return null;
        }

        var json = input["metadata"]!.ToJsonString();
        if (Encoding.UTF8.GetByteCount(json) > MetadataBytesMax)
        {
            Refuse("metadata", "The metadata may not be larger than 1 kB");
        }

        return JsonSerializer.Deserialize<JsonElement>(json);
    }

    public JsonElement? Address(string field)
    {
        if (!Has(field))
        {
            return null;
        }

        if (input[field] is not JsonObject address || address.Any(part => part.Value.AsString() is null))
        {
            Refuse(field, $"The {field} is invalid");
            return null;
        }

        return JsonSerializer.Deserialize<JsonElement>(address.ToJsonString());
    }

    public string? Text(string field) => !Has(field)
        ? null
        : input[field].AsString() is { Length: > 0 } text ? text : Refuse(field, $"The {field} is invalid");

    public string? Refuse(string field, string detail)
    {
        Refusal ??= MollieError.Unprocessable(field, detail);
        return null;
    }

    private PaymentInput Only(FrozenSet<string> known)
    {
        foreach (var (field, _) in input)
        {
            if (field is "profileId" or "testmode")
            {
                Refuse(field, $"The '{field}' field is not allowed with an API key");
            }
            else if (!known.Contains(field))
            {
                Refuse(field, $"Non-existent body parameter \"{field}\" for this API call");
            }
        }

        return this;
    }
}
