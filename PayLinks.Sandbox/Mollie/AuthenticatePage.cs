using PayLinks.Sandbox.Books;
using PayLinks.Sandbox.Page;

namespace PayLinks.Sandbox.Mollie;

/// <summary>The customer's bank: 3-D Secure for a card, the confirmation of any other way to pay.</summary>
internal static class AuthenticatePage
{
    public static Answer Show(string id, Ledger books, PaymentMoves moves) => books.Do(b =>
        !moves.TryFind(id, out var payment) ? BankPages.Unknown()
        : payment.Status != PaymentStatus.Open ? BankPages.Done(payment)
        : Write(payment));

    public static async Task<IResult> AnswerAsync(string id, HttpContext http, Ledger books, PaymentMoves moves)
    {
        var outcome = (await http.ReadFieldsAsync()).GetValueOrDefault("outcome", "");
        return books.Do<IResult>(b =>
        {
            if (!moves.TryFind(id, out var payment))
            {
                return BankPages.Unknown();
            }

            // Two taps, or two tabs: the first decided.
            if (payment.Status != PaymentStatus.Open)
            {
                return BankPages.Back(payment);
            }

            return outcome switch
            {
                "approve" => BankPages.Back(moves.Approve(payment)),
                "decline" => BankPages.Back(moves.Finish(payment, PaymentStatus.Failed, "authentication_failed")),
                // As at Mollie, whose shopper can still choose another way; nobody is told.
                "cancel" when payment.Card is null => BankPages.SeeOther($"/mollie/checkout/{id}"),
                "cancel" => BankPages.Back(moves.Finish(payment, PaymentStatus.Canceled)),
                "leave" => Left(payment),
                _ => Write(payment),
            };
        });
    }

    private static Answer Write(Payment payment)
    {
        var method = PaymentMethods.Enabled.FirstOrDefault(one => one.Id == payment.Method && payment.Card is null);
        Html card = payment.Card is { } known ? (Html)$"<p>{known.Label} ending in {known.Last4}</p>" : Html.Empty;
        Html main = $"""
            <main class="bank">
            <p class="tag">{(method is null ? "Sandbox Bank" : $"{method.English} (sandbox)")}</p>
            <h1>{(method is null ? "Is this you?" : $"Pay with {method.English}?")}</h1>
            <p class="sum">{payment.Amount.Value} {payment.Amount.Currency}</p>
            <p>{payment.Description}</p>
            {card}
            <form method="post" class="choices">
            <button class="main" name="outcome" value="approve">Approve</button>
            <button name="outcome" value="decline">Decline</button>
            <button name="outcome" value="cancel">Cancel</button>
            <button name="outcome" value="leave">Walk away</button>
            </form>
            </main>
            """;
        return Shell.Page(200, method?.English ?? "3-D Secure", main, payment.RedirectUrl);
    }

    /// <summary>Nothing happens: the payment stays open, as when the customer closes the tab.</summary>
    private static Answer Left(Payment payment)
    {
        Html main = $"""
            <main class="bank">
            <p class="tag">Sandbox Bank</p>
            <h1>You walked away</h1>
            <p>The payment stays open until {payment.ExpiresAt.UtcDateTime.ToString("HH:mm", null)} UTC.</p>
            <p><a href="/mollie/authenticate/{payment.Id}">Go back to the bank</a></p>
            <p><a href="{payment.RedirectUrl}">Go back to the shop</a></p>
            </main>
            """;
        return Shell.Page(200, "You walked away", main, payment.RedirectUrl);
    }
}
