using PayLinks.Core.Providers;

namespace PayLinks.Api.Outages;

/// <summary>What staff read while a provider does not answer, with what they can do meanwhile.</summary>
public sealed record OutageWords
{
    public static OutageWords Italian { get; } = new()
    {
        Texts = "Gli SMS arrivano in ritardo: manda una email.",
        Emails = "Le email arrivano in ritardo: manda un SMS.",
        Messages = "SMS ed email arrivano in ritardo: detta il link o mostra il QR dal dettaglio.",
        Payments = "I pagamenti sono rallentati: il link resta valido, il cliente può riprovare tra qualche minuto.",
    };

    public static OutageWords English { get; } = new()
    {
        Texts = "SMS are delayed: send by email.",
        Emails = "Emails are delayed: send by SMS.",
        Messages = "SMS and emails are delayed: dictate the link, or show the QR code from its details.",
        Payments = "Payments are delayed: the link stays valid, the customer can try again in a few minutes.",
    };

    public required string Texts { get; init; }

    public required string Emails { get; init; }

    /// <summary>When neither channel helps out for the other.</summary>
    public required string Messages { get; init; }

    public required string Payments { get; init; }

    /// <summary>A sentence for each thing that is delayed.</summary>
    public IEnumerable<string> Of(IReadOnlyList<Provider> outages)
    {
        if (outages.Contains(Provider.Twilio) && outages.Contains(Provider.SendGrid))
        {
            yield return Messages;
        }
        else if (outages.Contains(Provider.Twilio))
        {
            yield return Texts;
        }
        else if (outages.Contains(Provider.SendGrid))
        {
            yield return Emails;
        }

        if (outages.Contains(Provider.Mollie))
        {
            yield return Payments;
        }
    }
}
