using PayLinks.Api.Links;
using PayLinks.Core;

namespace PayLinks.Api.SignIn;

public enum StaffRole
{
    Owner,
    Manager,
    Agent,
    Viewer,
}

/// <summary>Who is signed in, at which merchant, and as what. Read from the database for each request.</summary>
/// <param name="SessionKey">The secret of the session's cookie.</param>
/// <param name="Mode"><c>live</c> once the merchant has a live account at Mollie, else <c>test</c>.</param>
public sealed record Staff(
    string SessionKey, Guid UserId, string Email, Guid MerchantId, string MerchantName, StaffRole Role,
    string DisplayName,
    string Mode, string Country, string Currency, TimeZoneInfo TimeZone)
{
    /// <summary>An agent serves callers: own links only, and the desk as first page.</summary>
    public bool IsAgent => Role == StaffRole.Agent;

    /// <summary>A viewer reads; everybody else may make, send, extend and cancel links.</summary>
    public bool MayWrite => Role != StaffRole.Viewer;

    /// <summary>Money goes back only by whoever answers for it.</summary>
    public bool MayRefund => Role is StaffRole.Owner or StaffRole.Manager;

    /// <summary>Settings are the affair of owners and managers.</summary>
    public bool MayManage => Role is StaffRole.Owner or StaffRole.Manager;

    /// <summary>Takings and exports are of everybody's links, and an agent sees only their own.</summary>
    public bool MaySeeTakings => !IsAgent;

    /// <summary>What customers see of the merchant is the affair of owners.</summary>
    public bool IsOwner => Role == StaffRole.Owner;

    public string Home => IsAgent ? "/desk" : "/takings";

    public Actor Actor => new(MerchantId, Mode, PublicId.Format(PublicId.User, UserId), OnlyOwn: IsAgent);

    /// <summary>The same person looking at what they made themselves, as the desk does.</summary>
    public Actor OnlyOwn => Actor with { OnlyOwn = true };

    /// <summary>Null when nobody is signed in, or when they have not yet said for which of their merchants.</summary>
    public static Staff? Of(HttpContext context) => context.Features.Get<Staff>();

    // Handlers behind a policy of StaffPolicies take it as a parameter.
    public static ValueTask<Staff?> BindAsync(HttpContext context) => ValueTask.FromResult(Of(context));
}
