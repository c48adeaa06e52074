using PayLinks.Core;

namespace PayLinks.Api.Pay;

/// <summary>
/// Remembers in a customer's browser which payment was started there, so that the receipt shows the card's last
/// digits to whoever paid and to nobody else who has the link.
/// </summary>
internal static class PaymentCookie
{
    private const string Name = "__Host-paylinks-payment";

    public static void Set(HttpResponse response, Guid paymentId) =>
        response.Cookies.Append(Name, PublicId.Format(PublicId.Payment, paymentId), new CookieOptions
        {
            Path = "/",
            Secure = true,
            HttpOnly = true,
            SameSite = SameSiteMode.Lax,
            MaxAge = TimeSpan.FromDays(30),
        });

    public static bool IsFor(HttpRequest request, Guid paymentId) =>
        request.Cookies[Name] == PublicId.Format(PublicId.Payment, paymentId);
}
