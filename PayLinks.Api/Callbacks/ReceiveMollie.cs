using System.Text.RegularExpressions;
using PayLinks.Core.Links;

namespace PayLinks.Api.Callbacks;

/// <summary>
/// Takes Mollie's hint that something happened to a payment. It is unsigned, so the address, which only Mollie was
/// given, is all we believe; how the payment stands is asked at Mollie, by the worker, and Mollie may well be down now.
/// </summary>
internal static partial class ReceiveMollie
{
    public static async Task<IResult> HandleAsync(string key, HttpContext http, StoreCallbacks store)
    {
        if (await CallbackForm.ReadAsync(http) is not { } form || form["id"] is not [{ } id] || !MollieId().IsMatch(id))
        {
            return TypedResults.BadRequest();
        }

        return LinkToken.TryParse(key, out var ours) && await store.PaymentAsync(ours.Value, id)
            ? TypedResults.Ok()
            : TypedResults.NotFound();
    }

    [GeneratedRegex(@"^tr_[A-Za-z0-9]{1,64}\z")]
    private static partial Regex MollieId();
}
