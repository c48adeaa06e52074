using System.Text.Json.Serialization;

namespace PayLinks.Api.Links;

/// <summary>What links keep as JSON in the database.</summary>
[JsonSerializable(typeof(Dictionary<string, string>))]
internal sealed partial class LinkJson : JsonSerializerContext;
