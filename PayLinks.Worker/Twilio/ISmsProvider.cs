using PayLinks.Worker.Sending;

namespace PayLinks.Worker.Twilio;

/// <param name="From">A name, a number, a short code, or the id of a messaging service.</param>
/// <param name="CallbackUrl">Where the provider tells how it went on; holds the message's callback key.</param>
/// <param name="ValidFor">How long it is worth delivering.</param>
internal sealed record Sms(string From, string To, string Body, string CallbackUrl, TimeSpan? ValidFor)
{
    public override string ToString() => "text message";
}

/// <summary>A text message as the provider remembers it.</summary>
/// <param name="Body">Empty, or without any letter, where the account's texts are not kept.</param>
/// <param name="Age">How old it was, by the provider's own clock, when we began to ask.</param>
internal sealed record SentSms(string ProviderId, string Body, TimeSpan Age)
{
    public override string ToString() => ProviderId;
}

/// <summary>Where another way to Twilio, such as its own package, would fit.</summary>
internal interface ISmsProvider
{
    Task<SendOutcome> SendAsync(Sms sms, CancellationToken cancellationToken);

    /// <summary>What was sent to this number lately.</summary>
    /// <returns>
    /// All of it, or null when the provider did not tell all: then nothing may be concluded from what is missing.
    /// </returns>
    Task<IReadOnlyList<SentSms>?> FindSentAsync(string to, TimeSpan youngerThan, CancellationToken cancellationToken);
}
