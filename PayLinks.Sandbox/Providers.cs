namespace PayLinks.Sandbox;

/// <summary>The names of the three providers in the control interface and the books.</summary>
internal static class Providers
{
    public const string Mollie = "mollie";
    public const string Twilio = "twilio";
    public const string SendGrid = "sendgrid";

    public static readonly IReadOnlyList<string> All = [Mollie, Twilio, SendGrid];
}
