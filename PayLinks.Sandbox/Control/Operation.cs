using System.Collections.Frozen;

namespace PayLinks.Sandbox.Control;

/// <summary>Says on an endpoint which operation of which provider it is, so that a fault can strike it.</summary>
internal sealed record Operation(string Provider, string Name)
{
    /// <summary>The operations of each provider that faults can name.</summary>
    public static readonly FrozenDictionary<string, FrozenSet<string>> Known =
        new Dictionary<string, FrozenSet<string>>
        {
            [Providers.Mollie] =
            [
                "createPayment", "getPayment", "updatePayment", "cancelPayment", "listPayments", "createRefund",
                "getRefund", "cancelRefund", "listRefunds", "listChargebacks", "listMethods", "getProfile",
            ],
            [Providers.Twilio] = ["createMessage", "getMessage", "updateMessage", "deleteMessage", "listMessages"],
            [Providers.SendGrid] = ["sendMail"],
        }.ToFrozenDictionary();
}
