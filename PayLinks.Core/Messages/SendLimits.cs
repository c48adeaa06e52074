using System.ComponentModel.DataAnnotations;

namespace PayLinks.Core.Messages;

/// <summary>
/// How much may be sent: section <c>Limits</c> of the configuration. They keep a stolen key or a mistaken program from
/// running up a bill and from pestering anybody. Zero switches a limit off.
/// </summary>
public sealed class SendLimits
{
    /// <summary>Texts that invite one number within ten minutes, from all merchants together,</summary>
    [Range(0, 1_000_000)]
    public int TextsPerNumber { get; set; } = 3;

    /// <summary>and within 24 hours.</summary>
    [Range(0, 1_000_000)]
    public int TextsPerNumberAndDay { get; set; } = 6;

    /// <summary>
    /// Texts within an hour to numbers that differ in their last four digits only: whoever earns by texts that others
    /// pay for rents numbers in blocks.
    /// </summary>
    [Range(0, 1_000_000)]
    public int TextsPerPrefixAndHour { get; set; } = 20;

    /// <summary>How long after a message the same link may go to the same address again.</summary>
    [Range(0, 86_400)]
    public int ResendAfterSeconds { get; set; } = 60;

    /// <summary>How often a link may be sent after the first time on each channel.</summary>
    [Range(0, 10_000)]
    public int ResendsPerLink { get; set; } = 5;

    public TimeSpan ResendAfter => TimeSpan.FromSeconds(ResendAfterSeconds);
}
