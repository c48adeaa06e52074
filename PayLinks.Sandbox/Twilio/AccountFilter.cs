using System.Text;

namespace PayLinks.Sandbox.Twilio;

/// <summary>Lets in the configured account with its auth token, and only to its own address.</summary>
internal sealed class AccountFilter(SandboxOptions options) : IEndpointFilter
{
    private readonly string _expected = "Basic " + Convert.ToBase64String(
        Encoding.UTF8.GetBytes($"{options.TwilioAccountSid}:{options.TwilioAuthToken}"));

    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var isLetIn = options.TwilioAccountSid.Length > 0
            && http.Request.Headers.Authorization.ToString() == _expected
            && (string?)http.GetRouteValue("account") == options.TwilioAccountSid;
        return isLetIn ? next(context) : ValueTask.FromResult<object?>(TwilioError.Of(20003, "Authenticate", 401));
    }
}
