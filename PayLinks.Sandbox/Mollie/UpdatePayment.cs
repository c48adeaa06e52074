using PayLinks.Sandbox.Books;

namespace PayLinks.Sandbox.Mollie;

/// <summary>Changes the few things that may change while a payment is not final; tells nobody.</summary>
internal static class UpdatePayment
{
    public static async Task<Answer> HandleAsync(
        string id, HttpContext http, Ledger books, SandboxOptions options, PaymentMoves moves)
    {
        var (body, unreadable) = await MollieBody.ReadAsync(http);
        if (unreadable is not null)
        {
            return unreadable;
        }

        var input = new PaymentInput(body).ForChanging();
        var origin = http.PublicUrl(options);
        return books.Do(b =>
        {
            if (!moves.TryFind(id, out var payment) || payment.ProfileId != http.Profile)
            {
                return MollieError.NotFound("payment", id);
            }

            if (payment.IsFinal)
            {
                var field = body.Select(part => part.Key).FirstOrDefault("redirectUrl");
                return MollieError.Unprocessable(field, $"The {field} cannot be updated when the payment is finalized");
            }

            var changed = Change(payment, input);
            if (input.Refusal is { } refusal)
            {
                return refusal;
            }

            b.Payments.Put(changed);
            return Hal.Ok(PaymentHal.Write(changed, b, origin));
        });
    }

    private static Payment Change(Payment payment, PaymentInput input) => payment with
    {
        Description = input.Has("description") ? input.Description() : payment.Description,
        RedirectUrl = input.Url("redirectUrl") ?? payment.RedirectUrl,
        CancelUrl = input.Url("cancelUrl") ?? payment.CancelUrl,
        WebhookUrl = input.Url("webhookUrl") ?? payment.WebhookUrl,
        Locale = input.OneOf("locale", PaymentInput.Locales) ?? payment.Locale,
        Metadata = input.Metadata() ?? payment.Metadata,
        Method = input.Methods() is [var method] ? method : payment.Method,
        BillingAddress = input.Address("billingAddress") ?? payment.BillingAddress,
        ShippingAddress = input.Address("shippingAddress") ?? payment.ShippingAddress,
    };
}
