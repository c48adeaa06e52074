using System.Net.Http.Headers;
using System.Net.Http.Json;
using PayLinks.Tests.Infrastructure;

namespace PayLinks.Tests.Refunds;

/// <summary>Somebody at the merchant's who works at Mollie itself, past PayLinks.</summary>
internal static class MollieDashboard
{
    public static async Task RefundAsync(TestSystem paylinks, string paymentId, string value)
    {
        using var http = new HttpClient { BaseAddress = new Uri(paylinks.SandboxUrl) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", TestSystem.MollieKey);
        using var response = await http.PostAsJsonAsync(
            $"v2/payments/{paymentId}/refunds", new { amount = new { currency = "EUR", value } });
        Assert.That((int)response.StatusCode, Is.EqualTo(201), await response.Content.ReadAsStringAsync());
    }
}
