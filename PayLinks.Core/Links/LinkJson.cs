using System.Text.Json.Serialization;

namespace PayLinks.Core.Links;

/// <summary>What links keep as JSON in the database.</summary>
[JsonSerializable(typeof(Dictionary<string, string>))]
public sealed partial class LinkJson : JsonSerializerContext;
