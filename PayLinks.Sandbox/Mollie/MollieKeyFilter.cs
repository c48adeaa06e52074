using System.Collections.Frozen;
using PayLinks.Sandbox.Books;

namespace PayLinks.Sandbox.Mollie;

/// <summary>Lets in the API keys of the configuration and says whose profile the request is about.</summary>
internal sealed class MollieKeyFilter(SandboxOptions options) : IEndpointFilter
{
    private readonly FrozenDictionary<string, string> _profiles = options.MollieKeys
        .Where(key => key.Length > 0).Distinct()
        .ToFrozenDictionary(key => $"Bearer {key}", Ids.ProfileOf);

    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var authorization = context.HttpContext.Request.Headers.Authorization.ToString();
        if (!_profiles.TryGetValue(authorization, out var profile))
        {
            return ValueTask.FromResult<object?>(MollieError.Unauthorized());
        }

        context.HttpContext.Profile = profile;
        context.HttpContext.Mode = authorization.StartsWith("Bearer live_", StringComparison.Ordinal) ? "live" : "test";
        return next(context);
    }
}
