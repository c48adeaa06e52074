namespace PayLinks.Api.Links;

/// <summary>Who acts on links, and which of them he may see.</summary>
/// <param name="Mode"><c>test</c> or <c>live</c>; links of the other mode do not exist for this actor.</param>
/// <param name="Name">As events and links record it: <c>key_…</c> or <c>usr_…</c>.</param>
/// <param name="OnlyOwn">An agent sees only the links that carry his name as their maker.</param>
public sealed record Actor(Guid MerchantId, string Mode, string Name, bool OnlyOwn = false);
