using System.ComponentModel.DataAnnotations;
using PayLinks.Core;

namespace PayLinks.Api.Links;

/// <summary>
/// How much of anything a link or a caller may have: section <c>Limits</c> of the configuration. The upper bounds are
/// those of the database's columns, so a setting can only be stricter.
/// </summary>
public sealed class LinkLimits
{
    /// <summary>In minor units of whatever currency.</summary>
    [Range(1, Money.LinkMaxMinor)]
    public long AmountMaxMinor { get; set; } = Money.LinkMaxMinor;

    [Range(1, 255)]
    public int DescriptionLengthMax { get; set; } = 255;

    [Range(1, 64)]
    public int ReferenceLengthMax { get; set; } = 64;

    [Range(1, 100)]
    public int NameLengthMax { get; set; } = 100;

    [Range(0, 50)]
    public int MetadataKeysMax { get; set; } = 20;

    [Range(1, 100)]
    public int MetadataKeyLengthMax { get; set; } = 40;

    [Range(1, 2000)]
    public int MetadataValueLengthMax { get; set; } = 500;

    [Range(1, 2000)]
    public int ReturnUrlLengthMax { get; set; } = 2000;

    /// <summary>The shortest life of a link, inclusive.</summary>
    public TimeSpan LifetimeMin { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>The longest life of a link in calendar months, inclusive.</summary>
    [Range(1, 120)]
    public int LifetimeMaxMonths { get; set; } = 12;

    /// <summary>The most rows of a file that links are made from.</summary>
    [Range(1, 100_000)]
    public int BatchRowsMax { get; set; } = 20_000;

    /// <summary>How many requests a second one API key may make in the long run,</summary>
    [Range(1, 1_000_000)]
    public int RequestsPerSecond { get; set; } = 50;

    /// <summary>and how many at once after a pause.</summary>
    [Range(1, 1_000_000)]
    public int RequestsBurst { get; set; } = 200;

    /// <summary>How many live streams of events one API key may hold open in one process.</summary>
    [Range(1, 10_000)]
    public int StreamsPerKey { get; set; } = 20;
}
