using Microsoft.AspNetCore.Identity;
using PayLinks.Core.Hosting;

namespace PayLinks.Api.SignIn;

/// <summary>
/// Where passkeys are made and used: at the public address, said by the configuration and by no header. A passkey
/// signs in alone, so whoever holds it must have been recognised by it, and it must say whose it is.
/// </summary>
internal static class PasskeyOrigin
{
    public static void Configure(IdentityPasskeyOptions passkeys, PayLinksOptions options)
    {
        var address = new Uri(options.PublicUrl);
        // Browsers make no passkeys for a numeric address; on a developer's machine the console is opened by name.
        var host = address.IsLoopback ? "localhost" : address.IdnHost;
        var origin = $"{address.Scheme}://{host}{(address.IsDefaultPort ? "" : $":{address.Port}")}";
        passkeys.ServerDomain = host;
        passkeys.UserVerificationRequirement = "required";
        passkeys.ResidentKeyRequirement = "required";
        // Forms are posted with a null Origin, because of our referrer policy; the browser's signed word is judged.
        passkeys.ValidateOrigin = asked => ValueTask.FromResult(!asked.CrossOrigin && asked.Origin == origin);
    }
}
