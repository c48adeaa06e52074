using System.ComponentModel.DataAnnotations;

namespace PayLinks.Worker.Twilio;

/// <summary>Our account at Twilio: section <c>Twilio</c> of the configuration.</summary>
internal sealed class TwilioOptions
{
    /// <summary>Ends in <c>/2010-04-01/</c>.</summary>
    [Required, Url]
    public string BaseUrl { get; set; } = "https://api.twilio.com/2010-04-01/";

    [Required]
    public string AccountSid { get; set; } = "";

    /// <summary>
    /// Several, separated by commas, while it is being changed: the first is used, callbacks are accepted under all.
    /// </summary>
    [Required]
    public string AuthToken { get; set; } = "";
}
