using System.ComponentModel.DataAnnotations;

namespace PayLinks.Api.Pay;

/// <summary>What the customer's page puts up with: section <c>Limits</c> of the configuration.</summary>
public sealed class PayLimits
{
    /// <summary>Payments that may fail on a link within the window before it takes no more cards for a while.</summary>
    [Range(1, 10_000)]
    public int FailedPaymentsPerLink { get; set; } = 5;

    [Range(1, 10_080)]
    public int FailedPaymentsWindowMinutes { get; set; } = 60;

    /// <summary>Addresses of no link that one client may try within the window.</summary>
    [Range(1, 1_000_000)]
    public int UnknownTokensPerClient { get; set; } = 60;

    [Range(1, 1_440)]
    public int UnknownTokensWindowMinutes { get; set; } = 10;

    /// <summary>Openings of a link that are recorded within an hour.</summary>
    [Range(1, 10_000)]
    public int OpeningsPerLinkAndHour { get; set; } = 20;

    /// <summary>How often within an hour the customer of a link can want to be written to again.</summary>
    [Range(1, 10_000)]
    public int ReturnsPerLinkAndHour { get; set; } = 3;

    /// <summary>Receipts by email that are sent for a link within a day.</summary>
    [Range(1, 10_000)]
    public int ReceiptsPerLinkAndDay { get; set; } = 5;
}
