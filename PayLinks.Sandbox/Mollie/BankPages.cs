using PayLinks.Sandbox.Books;
using PayLinks.Sandbox.Page;

namespace PayLinks.Sandbox.Mollie;

/// <summary>What the pages at the bank have in common.</summary>
internal static class BankPages
{
    /// <summary>Sends the browser back to the shop; the redirect says nothing about the outcome.</summary>
    public static Answer Back(Payment payment) => SeeOther(
        payment is { Status: PaymentStatus.Canceled, CancelUrl: { } canceled } ? canceled : payment.RedirectUrl!);

    public static Answer SeeOther(string address) => Answer.Empty(303).With("Location", address);

    public static Answer Unknown() => Shell.Page(404, "Not found", $"""
        <main class="bank"><h1>No such payment</h1><p><a href="/">To the sandbox</a></p></main>
        """);

    public static Answer Done(Payment payment) => Shell.Page(200, "Done", $"""
        <main class="bank">
        <p class="tag">Sandbox Bank</p>
        <h1>This payment is {payment.Status}</h1>
        <p>{payment.Amount.Value} {payment.Amount.Currency} · {payment.Description}</p>
        <p><a href="{payment.RedirectUrl}">Go back to the shop</a></p>
        </main>
        """);

    public static Html CardList()
    {
        var cards = TestCards.Listed.Select(card =>
            (Html)$"""<li><code>{Spaced(card.Number)}</code> {card.Says}</li>""");
        return $"""
            <ul class="cards">{cards}</ul>
            <p class="small">Any date to come, any 3 digits (4 for American Express).</p>
            """;
    }

    private static string Spaced(string number) => number.Length == 15
        ? $"{number[..4]} {number[4..10]} {number[10..]}"
        : string.Join(' ', number.Chunk(4).Select(part => new string(part)));
}
