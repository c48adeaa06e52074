using System.Text.Json;
using System.Text.Json.Serialization;
using PayLinks.Api.Takings;
using PayLinks.Core.Wire;

namespace PayLinks.Api.V1;

/// <summary>What <c>/v1</c> takes and answers; see <see cref="WireJson"/> for its style.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(NewLinkBody))]
[JsonSerializable(typeof(NewMessageBody))]
[JsonSerializable(typeof(RecipientBody))]
[JsonSerializable(typeof(PhoneNumberBody))]
[JsonSerializable(typeof(PhoneNumberAnswer))]
[JsonSerializable(typeof(ExtensionBody))]
[JsonSerializable(typeof(NewRefundBody))]
[JsonSerializable(typeof(NothingBody))]
[JsonSerializable(typeof(LinkAnswer))]
[JsonSerializable(typeof(MessageAnswer))]
[JsonSerializable(typeof(RefundAnswer))]
[JsonSerializable(typeof(LinkPageAnswer))]
[JsonSerializable(typeof(EventPageAnswer))]
[JsonSerializable(typeof(LinkEventPageAnswer))]
[JsonSerializable(typeof(NewEndpointBody))]
[JsonSerializable(typeof(EndpointChangeBody))]
[JsonSerializable(typeof(RedeliverBody))]
[JsonSerializable(typeof(EndpointSecretAnswer))]
[JsonSerializable(typeof(EndpointPageAnswer))]
[JsonSerializable(typeof(DeliveryPageAnswer))]
[JsonSerializable(typeof(RedeliveryAnswer))]
[JsonSerializable(typeof(TakingsAnswer))]
internal sealed partial class V1Json : JsonSerializerContext
{
    public static readonly V1Json Wire = new(WireJson.Configure(new JsonSerializerOptions()));
}
