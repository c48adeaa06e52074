using System.Globalization;
using System.Text.RegularExpressions;
using PayLinks.Sandbox.Books;
using PayLinks.Sandbox.Mollie;
using PayLinks.Sandbox.Twilio;

namespace PayLinks.Sandbox.Page;

/// <summary>
/// The customer's phone and inbox, and the payments, as they are now. Its script only keeps it fresh.
/// </summary>
internal static partial class LivePage
{
    private const int ShownMax = 40;

    public static Answer Show(Ledger books, SandboxClock clock)
    {
        var (messages, payments) = books.Do(b =>
            (b.Messages.NewestFirst().Take(10 * ShownMax).ToList(), b.Payments.NewestFirst().Take(ShownMax).ToList()));
        var texts = messages.Where(message => message.Channel == "sms").Take(ShownMax).ToList();
        var emails = messages.Where(message => message.Channel == "email").Take(ShownMax).ToList();
        var now = clock.Now.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
        Html main = $"""
            <header class="top">
            <h1>Sandbox</h1>
            <p>Mollie, Twilio and SendGrid on this machine. No real money, no real messages.</p>
            <p class="small">Clock: {now} UTC</p>
            </header>
            <main class="desk">
            <section aria-labelledby="phone-title">
            <h2 id="phone-title">Phone</h2>
            <div class="phone"><ul id="phone" class="texts" tabindex="0" aria-label="SMS, newest first">
            {OrNothing(texts.Select(Text), "No SMS yet.")}
            </ul></div>
            </section>
            <section aria-labelledby="inbox-title">
            <h2 id="inbox-title">Inbox</h2>
            <ul id="inbox" class="emails">
            {OrNothing(emails.Select(Email), "No email yet.")}
            </ul>
            </section>
            <section aria-labelledby="payments-title">
            <h2 id="payments-title">Payments</h2>
            <ul id="payments" class="payments">
            {OrNothing(payments.Select(Payment), "No payment yet.")}
            </ul>
            <h2>Test cards</h2>
            {BankPages.CardList()}
            <h2>More to try</h2>
            <ul class="cards">
            <li><code>1001.00 to 1011.00 EUR</code> approved, then refused, each for another reason</li>
            <li><code>+39 3… 0003, 0005 to 0008</code> SMS that never arrives (30003 to 30008)</li>
            <li><code>+1 500 555 0001 to 0004, 0009</code> refused by Twilio</li>
            <li><code>Answer STOP</code> under a text from a number (a name cannot be answered): no more of them</li>
            <li><code>bounce@example.test</code> and blocked@, dropped@, deferred@, spam@</li>
            </ul>
            </section>
            </main>
            """;
        return Shell.Page(200, "Sandbox", main, isLive: true);
    }

    private static Html Text(Message sms) => $"""
        <li id="{sms.Id}" data-state="{sms.Status}" class="{(sms.Inbound ? "text sent" : "text")}">
        <p class="who">{sms.From} <span class="small">to {sms.To}</span></p>
        <p class="bubble">{Linked(sms.Text ?? "")}</p>
        <p class="small">{Time(sms.AcceptedAt)} · {sms.Status}{ErrorOf(sms)}</p>
        {Reply(sms)}
        </li>

        """;

    // Nobody can answer a name.
    private static Html Reply(Message sms) => sms.Inbound || !PhoneNumbers.CanBeAnswered(sms.From) ? Html.Empty : $"""
        <form method="post" action="/page/reply" class="reply">
        <input type="hidden" name="from" value="{sms.To}">
        <input type="hidden" name="to" value="{sms.From}">
        <button name="body" value="STOP">Answer STOP</button>
        <button name="body" value="START">Answer START</button>
        </form>
        """;

    private static Html Email(Message email)
    {
        Html html = email.Html is null ? Html.Empty : (Html)$"""
            <iframe src="/page/email/{email.Id}" title="Email: {email.Subject}" loading="lazy"
              sandbox="allow-popups allow-popups-to-escape-sandbox"></iframe>
            """;
        Html text = email.Text is null ? Html.Empty : (Html)$"""
            <details><summary>Text version</summary><p class="plain">{Linked(email.Text)}</p></details>
            """;
        return $"""
            <li id="{email.Id}" data-state="{email.Status}">
            <details class="email">
            <summary><strong>{email.Subject}</strong>
            <span class="small">{email.From} to {email.To} · {Time(email.AcceptedAt)} · {email.Status}</span></summary>
            {html}
            {text}
            </details>
            </li>

            """;
    }

    private static Html Payment(Payment payment)
    {
        Html next = payment.Status != PaymentStatus.Open ? Html.Empty : (Html)$"""
            <a href="{payment.NextPage}" target="_blank" rel="noreferrer">Open</a>
            """;
        Html card = payment.Card is { } known ? (Html)$" · {known.Label} {known.Last4}" : Html.Empty;
        return $"""
            <li id="{payment.Id}" data-state="{payment.Status}">
            <p><strong>{payment.Amount.Value} {payment.Amount.Currency}</strong>
            <span class="status {payment.Status}">{payment.Status}</span> {next}</p>
            <p>{payment.Description}</p>
            <p class="small">{Time(payment.CreatedAt)}{card} {payment.FailureReason}</p>
            </li>

            """;
    }

    private static IEnumerable<Html> OrNothing(IEnumerable<Html> items, string nothing) =>
        items.DefaultIfEmpty((Html)$"""<li class="nothing">{nothing}</li>""");

    /// <summary>Makes the addresses in a text links; everything is encoded.</summary>
    private static Html Linked(string text)
    {
        var html = new Html(text.Length, 1);
        var at = 0;
        foreach (var match in Address().EnumerateMatches(text))
        {
            var address = text.Substring(match.Index, match.Length);
            html.AppendFormatted(text[at..match.Index]);
            html.AppendFormatted((Html)$"""<a href="{address}" target="_blank" rel="noreferrer">{address}</a>""");
            at = match.Index + match.Length;
        }

        html.AppendFormatted(text[at..]);
        return html;
    }

    private static string ErrorOf(Message sms) =>
        sms.ErrorCode is { } code ? string.Create(CultureInfo.InvariantCulture, $" ({code})") : "";

    private static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("HH:mm:ss", CultureInfo.InvariantCulture);

    // A full stop or bracket after an address belongs to the sentence.
    [GeneratedRegex(@"https?://[^\s<>""]*[^\s<>"".,;:!?)]")]
    private static partial Regex Address();
}
