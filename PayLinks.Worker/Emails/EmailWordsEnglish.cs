using System.Globalization;

namespace PayLinks.Worker.Emails;

internal static class EmailWordsEnglish
{
    public static readonly EmailWords All = new()
    {
        Language = "en",
        Culture = CultureInfo.GetCultureInfo("en-GB"),
        TestMode = "TEST MODE: no real money moves.",
        Greeting = name => name.Length == 0 ? "Hello," : $"Hello {name},",
        PayButton = amount => $"Go to the payment of {amount}",
        OrCopy = "Or copy this address into your browser:",
        NotExpected = "Not expecting this request? Do not pay, and contact the sender in a way that you already know. "
            + "Nobody will ask for your card details by email or phone.",
        AlreadyPaid = "Have you paid already? Then there is nothing more to do.",
        ShowReceipt = "Show the receipt",
        ShowRequest = "Show the request",
        NotAnInvoice = "This confirms your payment. It is not an invoice.",
        RefundTakes = "The money goes back to the card or account you paid with, usually within a few working days.",
        Merchant = "To",
        VatNumber = "VAT number",
        Amount = "Amount",
        Purpose = "For",
        Reference = "Reference",
        Reason = "Reason",
        Expires = "Expires",
        PaidAt = "Paid on",
        PaidBy = "Paid with",
        Questions = phone => $"Questions? {phone}",
        StopWriting = "Do not write to me again",
    };
}
