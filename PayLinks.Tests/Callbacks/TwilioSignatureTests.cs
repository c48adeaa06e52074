using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;
using PayLinks.Api.Callbacks;
using PayLinks.Core.Hosting;

namespace PayLinks.Tests.Callbacks;

/// <summary>The example that Twilio publishes, and what stands between Twilio and us.</summary>
public sealed class TwilioSignatureTests
{
    private const string PublishedToken = "12345";
    private const string PublishedSignature = "RSOYDt4T1cUTdK1PDd93/VVr8B8=";

    [TestCase("https://mycompany.com", ExpectedResult = true)]
    [TestCase("https://mycompany.com/", ExpectedResult = true)]
    [TestCase("https://mycompany.com:443", ExpectedResult = true)]
    [TestCase("http://mycompany.com", ExpectedResult = false)]
    [TestCase("https://mycompany.com:8443", ExpectedResult = false)]
    public bool The_published_example_is_valid_at_its_public_address(string publicUrl) =>
        IsValid(publicUrl, PublishedToken, PublishedSignature);

    [TestCase("other,12345", ExpectedResult = true)]
    [TestCase("other", ExpectedResult = false)]
    public bool Any_configured_token_may_have_signed(string tokens) =>
        IsValid("https://mycompany.com", tokens, PublishedSignature);

    [TestCase("")]
    [TestCase("no base64!")]
    [TestCase("RSOYDt4T1cUTdK1PDd93/VVr8B8")]
    [TestCase("RSOYDt4T1cUTdK1PDd93/VVr8B8=RSOYDt4T1cUTdK1PDd93/VVr8B8=")]
    [TestCase("AAAA")]
    public void What_is_no_signature_is_not_valid(string signature) =>
        Assert.That(IsValid("https://mycompany.com", PublishedToken, signature), Is.False);

    // Twilio's own library says so: a repeated field counts each of its values once, in order.
    [Test]
    public void A_repeated_field_counts_each_value_once() => Assert.That(
        IsValid(
            "https://mycompany.com", PublishedToken, "IK+Dwps556ElfBT0I3Rgjkr1wJU=",
            new Dictionary<string, StringValues>(StringComparer.Ordinal)
            {
                ["Sid"] = "CA123",
                ["SidAccount"] = "AC123",
                ["Digits"] = new StringValues(["5678", "1234", "1234"]),
            }),
        Is.True);

    private static bool IsValid(string publicUrl, string tokens, string signature) => IsValid(
        publicUrl, tokens, signature,
        new Dictionary<string, StringValues>(StringComparer.Ordinal)
        {
            ["To"] = "+18005551212",
            ["From"] = "+14158675309",
            ["Digits"] = "1234",
            ["Caller"] = "+14158675309",
            ["CallSid"] = "CA1234567890ABCDE",
        });

    private static bool IsValid(
        string publicUrl, string tokens, string signature, Dictionary<string, StringValues> fields)
    {
        var http = new DefaultHttpContext();
        http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget = "/myapp.php?foo=1&bar=2";
        http.Request.Headers["X-Twilio-Signature"] = signature;
        var verifier = new TwilioSignature(
            new TwilioCallbackOptions { AuthToken = tokens }, new PayLinksOptions { PublicUrl = publicUrl });
        return verifier.IsValid(http, new FormCollection(fields));
    }
}
