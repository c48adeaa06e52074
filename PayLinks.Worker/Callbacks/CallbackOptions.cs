using System.ComponentModel.DataAnnotations;

namespace PayLinks.Worker.Callbacks;

/// <summary>What becomes of what providers have told: section <c>Callbacks</c> of the configuration.</summary>
internal sealed class CallbackOptions
{
    /// <summary>
    /// For how many days at least it is kept, longer than a provider repeats itself; it goes by the month.
    /// </summary>
    [Range(7, 3650)]
    public int LogDays { get; set; } = 30;
}
