using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using PayLinks.Api.Links;
using PayLinks.Api.Takings;
using PayLinks.Api.V1;
using PayLinks.Core.Database;
using PayLinks.Core.Disputes;
using PayLinks.Core.Events;
using PayLinks.Core.Links;
using PayLinks.Core.Messages;
using PayLinks.Core.Notices;
using PayLinks.Core.Payments;
using PayLinks.Core.Refunds;
using PayLinks.Core.Wire;

namespace PayLinks.Api.Docs;

/// <summary>
/// What the types do not say: which fields are needed, how long texts may be, which words a status has.
/// </summary>
internal static class DescribeSchemas
{
    private static readonly string[] Modes = ["test", "live"];

    public static Task TransformAsync(
        OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        if (schema.Properties is not { Count: > 0 } properties)
        {
            return Task.CompletedTask;
        }

        var type = context.JsonTypeInfo.Type;
        var isInput = type.Name.EndsWith("Body", StringComparison.Ordinal)
            && type.Namespace == typeof(NewLinkBody).Namespace;
        schema.Required = isInput
            ? Needed(type)
            : properties.Keys.ToHashSet(StringComparer.Ordinal);
        schema.AdditionalPropertiesAllowed = !isInput;

        var limits = context.ApplicationServices.GetRequiredService<LinkLimits>();
        foreach (var (name, described) in properties.ToList())
        {
            if (isInput && schema.Required.Contains(name))
            {
                properties[name] = NotNull(described);
            }

            if (described is OpenApiSchema property)
            {
                property.Enum = WordsOf(type, name) is { } words
                    ? [.. words.Select(word => JsonValue.Create(word)!)]
                    : property.Enum;
                property.MaxLength = LengthOf(type, name, limits) ?? property.MaxLength;
                property.Examples = ExampleOf(type, name) is { } example ? [example] : property.Examples;
            }
        }

        return Task.CompletedTask;
    }

    // Every field may be missing as far as the reader goes, so that the refusal is ours; to callers, needed is needed.
    private static IOpenApiSchema NotNull(IOpenApiSchema property)
    {
        if (property.OneOf is { Count: 2 } choice)
        {
            return choice[1];
        }

        ((OpenApiSchema)property).Type &= ~JsonSchemaType.Null;
        return property;
    }

    private static HashSet<string> Needed(Type type) =>
        type == typeof(NewLinkBody) ? ["amount", "description"]
        : type == typeof(AmountBody) ? ["value", "currency"]
        : type == typeof(NewMessageBody) ? ["channel"]
        : type == typeof(RecipientBody) ? ["channel", "to", "keepLink"]
        : type == typeof(PhoneNumberBody) ? ["number"]
        : type == typeof(NewEndpointBody) ? ["url"]
        : [];

    private static IEnumerable<string>? WordsOf(Type type, string name) => (type.Name, name) switch
    {
        (nameof(LinkAnswer), "status") => Words<LinkStatus>(),
        (nameof(LinkAnswer) or nameof(TakingsAnswer), "mode") => Modes,
        (nameof(MessageAnswer), "status") => Words<MessageStatus>(),
        (nameof(MessageAnswer), "purpose") => Words<MessagePurpose>(),
        (nameof(MessageAnswer) or nameof(NewMessageBody) or nameof(RecipientBody), "channel") =>
            Words<MessageChannel>(),
        (nameof(PaymentAnswer), "status") => Words<PaymentStatus>(),
        (nameof(RefundAnswer), "status") => Words<RefundStatus>(),
        (nameof(RefundAnswer), "cause") => Words<RefundCause>(),
        (nameof(DeliveryAnswer), "outcome") => Words<NoticeOutcome>(),
        (nameof(DeliveryAnswer), "noticeStatus") => Words<NoticeStatus>(),
        (nameof(LinkEventAnswer) or nameof(DeliveryAnswer), "type") => EventTypes.All,
        (nameof(DisputeAnswer), "status") => Words<DisputeStatus>(),
        _ => null,
    };

    private static int? LengthOf(Type type, string name, LinkLimits limits) => (type.Name, name) switch
    {
        (nameof(NewLinkBody), "description") => limits.DescriptionLengthMax,
        (nameof(NewLinkBody), "reference") => limits.ReferenceLengthMax,
        (nameof(NewLinkBody), "returnUrl") => limits.ReturnUrlLengthMax,
        (nameof(CustomerBody), "name") => limits.NameLengthMax,
        _ => null,
    };

    private static JsonNode? ExampleOf(Type type, string name) => (type.Name, name) switch
    {
        (nameof(AmountBody) or nameof(AmountAnswer), "value") => "49.90",
        (nameof(AmountBody) or nameof(AmountAnswer), "currency") => "EUR",
        (nameof(NewLinkBody) or nameof(LinkAnswer), "description") => "Ordine 1042: trapano",
        (nameof(NewLinkBody) or nameof(LinkAnswer), "reference") => "1042",
        (nameof(NewLinkBody), "send") => new JsonArray("sms"),
        (nameof(NewLinkBody) or nameof(ExtensionBody), "expiresIn") => "P3D",
        (nameof(NewLinkBody), "returnUrl") => "https://shop.example/thanks",
        (nameof(NewEndpointBody) or nameof(EndpointAnswer), "url") => "https://shop.example/hooks/paylinks",
        (nameof(NewEndpointBody), "events") => new JsonArray("link.paid", "payment.failed"),
        (nameof(CustomerBody), "name") => "Anna",
        (nameof(CustomerBody), "phone") => "+39 347 123 4567",
        (nameof(CustomerBody), "email") => "anna@example.test",
        (nameof(CustomerBody), "locale") => "it-IT",
        (nameof(NewMessageBody) or nameof(RecipientBody), "channel") => "sms",
        (nameof(RecipientBody), "to") => "+39 347 765 4321",
        (nameof(RecipientBody), "keepLink") => false,
        (nameof(PhoneNumberBody), "number") => "347 123 4567",
        (nameof(PhoneNumberBody) or nameof(PhoneNumberAnswer), "country") => "IT",
        (nameof(PhoneNumberAnswer), "number") => "+393471234567",
        (nameof(PhoneNumberAnswer), "type") => "mobile",
        (nameof(PhoneNumberAnswer), "grouped") => "+39 347 123 4567",
        _ => null,
    };

    private static IEnumerable<string> Words<TEnum>()
        where TEnum : struct, Enum =>
        Enum.GetValues<TEnum>().Select(value => value.ToText());
}
