using PayLinks.Sandbox.Books;
using PayLinks.Sandbox.Page;

namespace PayLinks.Sandbox.Mollie;

/// <summary>
/// The hosted checkout: the shopper types a card or chooses another way to pay. It works without scripts.
/// </summary>
internal static class CheckoutPage
{
    public static Answer Show(string id, Ledger books, PaymentMoves moves) => books.Do(b =>
        !moves.TryFind(id, out var payment) ? BankPages.Unknown()
        : payment.Status != PaymentStatus.Open ? BankPages.Done(payment)
        : Write(payment, wrongField: null, holder: "", status: 200));

    public static async Task<IResult> ChooseAsync(
        string id, HttpContext http, Ledger books, SandboxClock clock, PaymentMoves moves)
    {
        var fields = await http.ReadFieldsAsync();
        return books.Do<IResult>(b =>
        {
            if (!moves.TryFind(id, out var payment))
            {
                return BankPages.Unknown();
            }

            if (payment.Status != PaymentStatus.Open)
            {
                return BankPages.Done(payment);
            }

            var method = fields.GetValueOrDefault("method", "");
            if (method == "cancel")
            {
                return BankPages.Back(moves.Finish(payment, PaymentStatus.Canceled));
            }

            if (!IsOffered(payment, method))
            {
                return Write(payment, wrongField: null, holder: "", status: 422);
            }

            if (method != "creditcard")
            {
                b.Payments.Put(payment with { Method = method });
                return BankPages.SeeOther($"/mollie/authenticate/{id}");
            }

            string Field(string name) => fields.GetValueOrDefault(name, "");
            var (card, wrongField) = TestCards.Read(
                Field("cardNumber"), Field("expiryDate"), Field("verificationCode"), Field("cardHolder"), clock.Now);
            return card is null
                ? Write(payment, wrongField, Field("cardHolder"), status: 422)
                : Charge(payment with { Method = method, Card = card }, b, moves);
        });
    }

    private static Answer Charge(Payment payment, Ledger books, PaymentMoves moves)
    {
        books.Payments.Put(payment);
        var charged = moves.Charge(payment);
        return charged.Status == PaymentStatus.Open
            ? BankPages.SeeOther($"/mollie/authenticate/{charged.Id}")
            : BankPages.Back(charged);
    }

    private static bool IsOffered(Payment payment, string method) =>
        // Who turns back from the one way that the shop had chosen, other than a card, may choose any.
        (payment.Method is not "creditcard" || method == "creditcard")
        && (payment.MethodsOffered.Count <= 1 || payment.MethodsOffered.Contains(method))
        && PaymentMethods.Enabled.Any(known => known.Id == method && known.Takes(payment.Amount));

    private static Answer Write(Payment payment, string? wrongField, string holder, int status)
    {
        var words = CardWords.English;
        Html error = wrongField is null ? Html.Empty : (Html)$"""
            <p class="error" role="alert" id="wrong">{words.InvalidOf(wrongField)}</p>
            """;
        var sum = $"{payment.Amount.Value} {payment.Amount.Currency}";
        var others = PaymentMethods.Enabled
            .Where(method => method.Id != "creditcard" && IsOffered(payment, method.Id))
            .Select(method => (Html)$"""<button name="method" value="{method.Id}">{method.English}</button>""");
        Html card = !IsOffered(payment, "creditcard") ? Html.Empty : (Html)$"""
            <form method="post" class="fields">
            <h2>Pay by card</h2>
            {error}
            {Field("cardNumber", words.CardNumber, "cc-number", "numeric", "", wrongField)}
            {Field("cardHolder", words.CardHolder, "cc-name", "text", holder, wrongField)}
            {Field("expiryDate", "Expiry date (MM/YY)", "cc-exp", "text", "", wrongField)}
            {Field("verificationCode", words.VerificationCode, "cc-csc", "numeric", "", wrongField)}
            <button class="main" name="method" value="creditcard">Pay {sum}</button>
            </form>
            """;
        Html main = $"""
            <main class="bank">
            <p class="tag">Mollie checkout (sandbox)</p>
            <h1>{sum}</h1>
            <p>{payment.Description}</p>
            {card}
            <form method="post" class="choices">
            <h2>Or</h2>
            {others}
            <button name="method" value="cancel">Cancel</button>
            </form>
            <details><summary>Test cards</summary>{BankPages.CardList()}</details>
            </main>
            """;
        return Shell.Page(status, "Checkout", main, payment.RedirectUrl);
    }

    private static Html Field(
        string name, string label, string autocomplete, string inputMode, string value, string? wrongField)
    {
        Html wrong = name == wrongField ? (Html)$""" aria-invalid="true" aria-describedby="wrong" """ : Html.Empty;
        return $"""
            <label for="{name}">{label}</label>
            <input id="{name}" name="{name}" autocomplete="{autocomplete}" inputmode="{inputMode}"
              value="{value}" required{wrong}>
            """;
    }
}
