namespace PayLinks.Sandbox.Books;

/// <summary>
/// What is kept of a card, never its number: the scheme's name, the first six and last four digits, MM/YY, a
/// fingerprint that is the same for the same number, and what its bank does, one of <see cref="Mollie.TestCards"/>.
/// </summary>
internal sealed record Card(
    string Label, string Bin, string Last4, string Expiry, string Holder, string Fingerprint, string Behaviour);

/// <summary>A card token: good for one payment within an hour.</summary>
internal sealed record CardToken(string Token, Card Card, DateTimeOffset CreatedAt, string? UsedBy);
