using PayLinks.Api.Accessibility;

namespace PayLinks.Api.Pay;

/// <summary>
/// Every word a customer reads on our pages, in one language. A missing translation does not compile.
/// </summary>
public sealed record PayWords
{
    /// <summary>BCP 47, for <c>html lang</c>.</summary>
    public required string Language { get; init; }

    /// <summary>What the language calls itself.</summary>
    public required string LanguageName { get; init; }

    /// <summary>The culture that writes amounts and dates where the link's own is of another language.</summary>
    public required string Culture { get; init; }

    /// <summary>A day and time in the near future, as a .NET format.</summary>
    public required string SoonFormat { get; init; }

    /// <summary>A day and time on a receipt, as a .NET format.</summary>
    public required string DateFormat { get; init; }

    public required FailureWords Failures { get; init; }

    public required AccessibilityWords Accessibility { get; init; }

    public required string TestMode { get; init; }

    public required Func<string, string> DueTo { get; init; }

    public required Func<string, string> Reference { get; init; }

    public required Func<string, string> ValidUntil { get; init; }

    /// <summary>Takes the four digits that the agent on the phone reads out.</summary>
    public required Func<string, string> Code { get; init; }

    public required string CardNumber { get; init; }

    public required string ExpiryDate { get; init; }

    public required string SecurityCode { get; init; }

    public required string SecurityCodeHint { get; init; }

    public required string NameOnCard { get; init; }

    public required string ReceiptEmail { get; init; }

    public required string ReceiptEmailWrong { get; init; }

    public required Func<string, string> Pay { get; init; }

    public required string Paying { get; init; }

    /// <summary>The button to the provider's own page, where ours cannot take a card.</summary>
    public required string Hosted { get; init; }

    public required Func<string, string> HostedWhy { get; init; }

    public required string CardFieldsDown { get; init; }

    /// <summary>Before the brands of other ways to pay.</summary>
    public required string OrPayWith { get; init; }

    public required Func<string, string> CardPrivacy { get; init; }

    public required string BankMayAsk { get; init; }

    public required string NotRecognised { get; init; }

    public required string NotRecognisedCall { get; init; }

    public required string NotRecognisedWrite { get; init; }

    public required string CodeDiffers { get; init; }

    public required string Decline { get; init; }

    public required string ProblemTitle { get; init; }

    public required string VatNumber { get; init; }

    public required string Privacy { get; init; }

    public required string Waiting { get; init; }

    /// <summary>Takes a brand like PayPal.</summary>
    public required Func<string, string> WaitingFor { get; init; }

    public required string DoNotPayAgain { get; init; }

    public required string WaitingLonger { get; init; }

    public required string WaitingLong { get; init; }

    public required string UnderWay { get; init; }

    public required string UnderWayWhat { get; init; }

    public required string ContinueAtBank { get; init; }

    public required string AskBankAgain { get; init; }

    public required string UseAnotherCard { get; init; }

    public required string UseAnotherCardOrWay { get; init; }

    public required string ToBank { get; init; }

    public required string ToBankWhat { get; init; }

    public required string GoToBank { get; init; }

    /// <summary>Takes the brand that the customer is taken to, like PayPal.</summary>
    public required Func<string, string> ToWay { get; init; }

    public required string ToWayWhat { get; init; }

    public required Func<string, string> GoToWay { get; init; }

    public required string NotPaid { get; init; }

    public required string TryAgain { get; init; }

    public required string LinkStillValid { get; init; }

    public required string Thanks { get; init; }

    public required Func<string, string> AlreadyPaid { get; init; }

    public required string NothingElse { get; init; }

    public required Func<string, string> WhatNext { get; init; }

    public required Func<string, string> AmountTo { get; init; }

    public required string PaidOn { get; init; }

    public required string For { get; init; }

    public required string ReferenceLabel { get; init; }

    public required string Card { get; init; }

    public required string PaidWith { get; init; }

    public required string NotAnInvoice { get; init; }

    /// <summary>Heads the paper that a receipt is printed on.</summary>
    public required string ReceiptTitle { get; init; }

    public required string Payee { get; init; }

    public required string AmountPaid { get; init; }

    public required string SaveReceipt { get; init; }

    public required string SendReceipt { get; init; }

    public required string Send { get; init; }

    public required string ReceiptOnItsWay { get; init; }

    public required string ReceiptNeedsEmail { get; init; }

    /// <summary>The form was older than its secret field.</summary>
    public required string ReceiptAgain { get; init; }

    public required string ReceiptTooOften { get; init; }

    public required Func<string, string> BackTo { get; init; }

    public required Func<string, string> ExpiredOn { get; init; }

    public required string NothingCharged { get; init; }

    public required string AskForNew { get; init; }

    public required string OrCall { get; init; }

    public required string OrWrite { get; init; }

    public required Func<string, string> Asked { get; init; }

    public required string AskedWhat { get; init; }

    public required Func<string, string> CanceledBy { get; init; }

    public required string NothingOwed { get; init; }

    public required string NotFound { get; init; }

    public required string NotFoundWhat { get; init; }

    public required string Declined { get; init; }

    public required Func<string, string> Told { get; init; }

    public required string ChangedYourMind { get; init; }

    public required string ProviderDown { get; init; }

    public required string ProviderDownWhat { get; init; }

    public required string TooManyFailures { get; init; }

    public required string TooManyFailuresWhat { get; init; }

    public required string TooManyGuesses { get; init; }

    public required string TooManyGuessesWhat { get; init; }

    public required string FormTooOld { get; init; }

    public required string FormTooOldWhat { get; init; }

    public required string BackToPayment { get; init; }

    public required string StopWriting { get; init; }

    public required Func<string, string> StopQuestion { get; init; }

    public required string StopWhat { get; init; }

    public required Func<string, string> Stopped { get; init; }

    public required string StoppedWhat { get; init; }

    public required string WriteAgain { get; init; }

    public required string ReturnWhat { get; init; }

    public required string ReturnByText { get; init; }

    public required string TooManyReturns { get; init; }

    public required string TooManyReturnsWhat { get; init; }

    public required string BackToLink { get; init; }

    /// <summary>What messengers show of a link: never how much, nor for whom.</summary>
    public required Func<string, string> PreviewTitle { get; init; }

    public required string PreviewWhat { get; init; }

    /// <summary>In the order in which they are offered.</summary>
    public static IReadOnlyList<PayWords> All { get; } =
    [
        PayWordsItalian.All, PayWordsEnglish.All, PayWordsGerman.All, PayWordsFrench.All, PayWordsSpanish.All,
    ];

    /// <summary>For who speaks none of our languages.</summary>
    public static PayWords English => PayWordsEnglish.All;

    /// <param name="language">Two letters.</param>
    /// <returns>Null for a language that is not ours.</returns>
    public static PayWords? Find(string language) => language switch
    {
        "it" => PayWordsItalian.All,
        "en" => PayWordsEnglish.All,
        "de" => PayWordsGerman.All,
        "fr" => PayWordsFrench.All,
        "es" => PayWordsSpanish.All,
        _ => null,
    };
}
