using PayLinks.Core.Messages;
using PayLinks.Core.Refunds;
using PayLinks.Worker.Sending;

namespace PayLinks.Tests.Sending;

internal static class OutgoingMessages
{
    /// <summary>A message of Ferramenta Rossi's about 49.90 EUR, to be varied.</summary>
    public static OutgoingMessage About(
        string description = "ordine 1042",
        MessagePurpose purpose = MessagePurpose.Link,
        string locale = "it-IT",
        string mode = "live",
        string? reference = "1042",
        RefundCause? refund = null,
        string? returnStatus = null,
        int? textsUsed = null,
        CustomersWord? customerSaid = null) => new(
            Guid.Empty, Guid.Empty, mode, MessageChannel.Sms, purpose, "+393471234567", locale,
            Attempt: 1, LeaseEpoch: 1, LeaseAge: TimeSpan.Zero, CallbackKeyCipher: [], TokenCipher: [],
            AmountMinor: 4990, Currency: "EUR", description, reference, CustomerName: "Anna",
            Remaining: TimeSpan.FromDays(3), ExpiresLocal: new DateTime(2026, 11, 27, 18, 0, 0),
            PaidAt: new DateTimeOffset(2026, 11, 24, 13, 6, 12, TimeSpan.Zero),
            PaidLocal: new DateTime(2026, 11, 24, 14, 6, 12),
            Late: false, Method: "creditcard", CardBrand: "Visa", CardLast4: "4242",
            ReturnedMinor: 1990, refund, returnStatus, ReturnReason: null,
            textsUsed, TextsPerDay: 1000, customerSaid,
            MerchantName: "Ferramenta Rossi", MerchantPhone: "06 1234 5678", MerchantEmail: "orders@example.test",
            MerchantAddress: "Via Roma 1, Roma", VatNumber: "IT01234567897", SmsSender: "FERRAMENTA",
            EmailFrom: "pay@example.test", EmailFromName: null, EmailReplyTo: null, CustomerPhone: "+393471234567",
            TimeZone: "Europe/Rome", Now: new DateTimeOffset(2026, 11, 24, 13, 6, 12, TimeSpan.Zero), OnCall: false,
            OwnSubject: null, OwnBody: null);
}
