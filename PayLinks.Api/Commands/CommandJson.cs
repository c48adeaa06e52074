using System.Text.Json.Serialization;

namespace PayLinks.Api.Commands;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(AddedMerchant))]
internal sealed partial class CommandJson : JsonSerializerContext;
