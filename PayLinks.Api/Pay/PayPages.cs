namespace PayLinks.Api.Pay;

// What each page is given. The pages themselves lie in Pages/.

/// <summary>What all pages have around their content.</summary>
public sealed record PayFrame(PayView View, string Title)
{
    /// <summary>Where the browser goes on by itself, without any script.</summary>
    public string? RefreshUrl { get; init; }

    public int RefreshSeconds { get; init; }

    /// <summary>Because the script does better.</summary>
    public bool RefreshOnlyWithoutScript { get; init; }

    /// <summary>The provider's script, on the page with card fields only.</summary>
    public string? CardScript { get; init; }

    /// <summary>Whether the page leads to where its customer can ask to be left alone.</summary>
    public bool OffersToStop { get; init; } = true;

    /// <summary>Whether the page reports, once, that a human has touched it.</summary>
    public bool ReportsOpening { get; init; }
}

/// <summary>The page where a link is paid.</summary>
/// <param name="Problem">Why the last try ended unpaid, or what is wrong with this one.</param>
/// <param name="Email">What was typed.</param>
public sealed record CardPage(
    PayView View, string AntiforgeryToken, string CardScript, string? Problem, string? Email, string? EmailProblem);

/// <summary>A payment is under way.</summary>
/// <param name="IsReturn">The customer comes back from the bank; otherwise they opened the link again.</param>
public sealed record WaitingPage(PayView View, string AntiforgeryToken, bool IsReturn)
{
    /// <summary>For how long this browser has been showing the page, when no script counts.</summary>
    public int WaitedSeconds { get; init; }

    /// <summary>There is a bank page to go back to, or an answer to ask for.</summary>
    public bool CanContinue { get; init; }

    public bool CanUseAnotherWay { get; init; }
}

/// <summary>On the way to the bank's page.</summary>
public sealed record BankPage(PayView View, string CheckoutUrl);

/// <summary>Paid.</summary>
/// <param name="IsThanks">The customer has just paid; otherwise they opened a paid link.</param>
public sealed record ReceiptPage(PayView View, bool IsThanks)
{
    /// <summary>Brand and last digits of the card, for the browser that paid.</summary>
    public string? Card { get; init; }

    /// <summary>What it was paid with if not with a card, for the browser that paid.</summary>
    public string? Way { get; init; }

    /// <summary>For the form that sends the receipt; only the browser that paid gets it.</summary>
    public string? AntiforgeryToken { get; init; }

    public bool IsOnItsWay { get; init; }

    /// <summary>What was typed.</summary>
    public string? Email { get; init; }

    public string? EmailProblem { get; init; }
}

/// <summary>A page that says one thing.</summary>
public sealed record NoticePage(PayView View, string Heading, params IReadOnlyList<string> Sentences)
{
    /// <summary>A form to post to, with the words on its button.</summary>
    public (string Url, string Words)? Button { get; init; }

    /// <summary>An address to go on to.</summary>
    public (string Url, string Words)? Next { get; init; }

    /// <summary>Whether to say how to reach the merchant.</summary>
    public bool ShowsContact { get; init; }

    public bool ReportsOpening { get; init; }
}

/// <summary>Where a customer asks to be left alone, or to be written to again.</summary>
/// <param name="CanStop">Somewhere they are still written to.</param>
/// <param name="CanReturn">Somewhere they are not, and can change that here.</param>
/// <param name="ReturnsByText">They can only get texts again by answering one.</param>
public sealed record StopPage(
    PayView View, string AntiforgeryToken, bool CanStop, bool CanReturn, bool ReturnsByText)
{
    public string Heading => CanStop
        ? View.Words.StopQuestion(View.Link.Payee.Name)
        : View.Words.Stopped(View.Link.Payee.Name);
}

/// <summary>What everybody can use, and what not yet.</summary>
/// <param name="Date">Of the statement, in words.</param>
/// <param name="Tell">Whom to tell what does not work.</param>
public sealed record StatementPage(PayView View, string Date, string Tell, string? Email);

/// <summary>The payment has ended unpaid, and the link can still be paid.</summary>
public sealed record FailedPage(PayView View, string Why);
