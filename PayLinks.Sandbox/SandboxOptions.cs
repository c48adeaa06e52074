namespace PayLinks.Sandbox;

/// <summary>
/// What the sandbox accepts and where it posts, from the configuration section <c>Sandbox</c>.
/// Credentials that are not set are not accepted from anybody.
/// </summary>
internal sealed class SandboxOptions
{
    /// <summary>The file of the books; empty keeps them in memory only.</summary>
    public string StateFile { get; set; } = "";

    /// <summary>The Mollie API keys that are let in; each is a profile of its own.</summary>
    public IList<string> MollieKeys { get; set; } = [];

    public string TwilioAccountSid { get; set; } = "";

    public string TwilioAuthToken { get; set; } = "";

    /// <summary>Where an SMS from a customer is posted; empty posts none.</summary>
    public string TwilioInboundUrl { get; set; } = "";

    public string SendGridKey { get; set; } = "";

    /// <summary>PKCS#8 of a P-256 key, base64; signs event batches. Empty makes one for this run.</summary>
    public string SendGridPrivateKey { get; set; } = "";

    /// <summary>Where event batches are posted; empty posts none.</summary>
    public string SendGridEventUrl { get; set; } = "";

    /// <summary>The address browsers reach the sandbox at; empty takes the address of each request.</summary>
    public string PublicUrl { get; set; } = "";

    /// <summary>Fills Mollie's script up to this size, because a real one weighs more; 0 leaves it as it is.</summary>
    public int ScriptBytes { get; set; }
}
