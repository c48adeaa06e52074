using System.Text.Json.Serialization;

namespace PayLinks.Worker.Twilio;

/// <summary>A message as Twilio answers it; only what we use. Times are RFC 2822.</summary>
internal sealed record TwilioMessage(string? Sid, string? Body, string? Direction, string? DateCreated);

internal sealed record TwilioMessageList(IReadOnlyList<TwilioMessage>? Messages, string? NextPageUri);

internal sealed record TwilioError(int Code);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(TwilioMessage))]
[JsonSerializable(typeof(TwilioMessageList))]
[JsonSerializable(typeof(TwilioError))]
internal sealed partial class TwilioJson : JsonSerializerContext;
