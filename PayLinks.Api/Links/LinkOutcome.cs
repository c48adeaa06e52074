using PayLinks.Core.Links;

namespace PayLinks.Api.Links;

/// <summary>What became of something done to a link.</summary>
public abstract record LinkOutcome
{
    private LinkOutcome()
    {
    }

    /// <param name="Message">The message that was queued, where one was.</param>
    public sealed record Done(LinkView Link, MessageView? Message = null) : LinkOutcome;

    /// <summary>There is no such link, or not for this actor.</summary>
    public sealed record NotFound : LinkOutcome;

    /// <summary>The link's state forbids it.</summary>
    /// <param name="Code">One of <see cref="Conflicts"/>.</param>
    public sealed record Conflict(string Code) : LinkOutcome;

    public sealed record Invalid(IReadOnlyList<FieldError> Errors) : LinkOutcome;

    /// <summary>Too much of it; after this time it may go.</summary>
    /// <param name="Code">One of <see cref="Limited"/>.</param>
    public sealed record TooMany(string Code, TimeSpan RetryAfter) : LinkOutcome;
}

/// <summary>Why a link's state forbids something, as the API spells it.</summary>
public static class Conflicts
{
    public const string AlreadyPaid = "already_paid";
    public const string LinkCanceled = "link_canceled";
    public const string LinkExpired = "link_expired";
    public const string PaymentInProgress = "payment_in_progress";
}

/// <summary>Which limit on sending was reached, as the API spells it.</summary>
public static class Limited
{
    /// <summary>Too many texts to one number.</summary>
    public const string Number = "number_limit";

    /// <summary>Too many texts to numbers that differ in their last four digits only.</summary>
    public const string Prefix = "prefix_limit";

    /// <summary>The merchant's budget for texts of the day is used up.</summary>
    public const string Day = "daily_limit";

    public const string ResendTooSoon = "resend_too_soon";
    public const string Resend = "resend_limit";

    public static IReadOnlyList<string> All { get; } = [Number, Prefix, Day, ResendTooSoon, Resend];
}
