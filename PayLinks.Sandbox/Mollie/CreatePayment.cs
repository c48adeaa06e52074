using System.Collections.Frozen;
using PayLinks.Sandbox.Books;

namespace PayLinks.Sandbox.Mollie;

/// <summary>
/// Takes a new payment. One with a card token goes to the bank at once; without, the shopper chooses first.
/// </summary>
internal static class CreatePayment
{
    private static readonly TimeSpan OpenFor = TimeSpan.FromMinutes(30);
    private static readonly TimeSpan BankTransferOpenFor = TimeSpan.FromDays(12);
    private static readonly TimeSpan CardTokenGoodFor = TimeSpan.FromHours(1);

    private static readonly FrozenSet<string> SequenceTypes = ["oneoff", "first"];
    private static readonly FrozenSet<string> CaptureModes = ["automatic"];

    public static async Task<Answer> HandleAsync(
        HttpContext http, Ledger books, SandboxClock clock, SandboxOptions options, PaymentMoves moves)
    {
        var embed = http.Request.Query["embed"].ToString();
        if (GetPayment.RefusalOf(embed) is { } wrongEmbed)
        {
            return wrongEmbed;
        }

        var (body, unreadable) = await MollieBody.ReadAsync(http);
        if (unreadable is not null)
        {
            return unreadable;
        }

        var input = new PaymentInput(body).ForCreating();
        var payment = Read(input, http.Profile, http.Mode, clock.Now);
        if (input.Refusal is { } refusal)
        {
            return refusal;
        }

        var origin = http.PublicUrl(options);
        var (kept, wrongToken) = books.Do(b => Keep(payment, input, b, clock.Now, moves));
        if (wrongToken is not null)
        {
            return wrongToken;
        }

        if (kept.Card?.Behaviour == TestCards.EarlyCallback)
        {
            await moves.TellNowAsync(kept, http.RequestAborted);
        }

        return books.Do(b => Hal.Created(PaymentHal.Write(kept, b, origin, embed)));
    }

    private static Payment Read(PaymentInput input, string profile, string mode, DateTimeOffset now)
    {
        var methods = input.Methods();
        var amount = input.Amount();
        var cardToken = input.Text("cardToken");
        if (cardToken is not null && methods is not ([] or ["creditcard"]))
        {
            input.Refuse("cardToken", "A card token can only be used with the method creditcard");
        }

        if (input.Refusal is null && methods is [var only]
            && !PaymentMethods.Enabled.First(method => method.Id == only).Takes(amount))
        {
            input.Refuse("amount", "The amount is higher than the maximum, or its currency is not supported");
        }

        var method = cardToken is not null ? "creditcard" : methods is [var single] ? single : null;
        return new Payment
        {
            Id = Ids.New("tr_"),
            ProfileId = profile,
            Mode = mode,
            Amount = amount,
            Description = input.Description(),
            Status = PaymentStatus.Open,
            SequenceType = input.OneOf("sequenceType", SequenceTypes) ?? "oneoff",
            CreatedAt = now,
            ExpiresAt = now + (method == "banktransfer" ? BankTransferOpenFor : OpenFor),
            Method = method,
            MethodsOffered = methods,
            RedirectUrl = input.Url("redirectUrl", isRequired: true),
            CancelUrl = input.Url("cancelUrl"),
            WebhookUrl = input.Url("webhookUrl"),
            Locale = input.OneOf("locale", PaymentInput.Locales),
            Metadata = input.Metadata(),
            BillingAddress = input.Address("billingAddress"),
            ShippingAddress = input.Address("shippingAddress"),
            RestrictPaymentMethodsToCountry = input.Text("restrictPaymentMethodsToCountry"),
            CaptureMode = input.OneOf("captureMode", CaptureModes),
            CardToken = cardToken,
        };
    }

    private static (Payment Payment, Answer? Refusal) Keep(
        Payment payment, PaymentInput input, Ledger books, DateTimeOffset now, PaymentMoves moves)
    {
        if (payment.CardToken is { } name)
        {
            // A token is spent by the first payment made with it, whatever comes of that payment.
            if (!books.CardTokens.TryFind(name, out var token) || token.UsedBy is not null
                || now - token.CreatedAt >= CardTokenGoodFor)
            {
                input.Refuse("cardToken", "The card token is invalid, expired or already used");
                return (payment, input.Refusal);
            }

            books.CardTokens.Put(token with { UsedBy = payment.Id });
            payment = payment with { Card = token.Card };
        }

        books.Payments.Put(payment);
        moves.ExpireInTime(payment);
        return (moves.Charge(payment), null);
    }
}
