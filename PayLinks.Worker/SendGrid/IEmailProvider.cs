using PayLinks.Worker.Sending;

namespace PayLinks.Worker.SendGrid;

/// <param name="CallbackKey">Comes back with everything the provider tells about this email.</param>
internal sealed record Email(
    string FromAddress, string FromName, string ReplyTo, string To, string Subject, string Text, string Html,
    string CallbackKey)
{
    /// <summary>Where a mail program posts to when its reader wants no more of these.</summary>
    public string? UnsubscribeUrl { get; init; }


    public override string ToString() => "email";
}

/// <summary>Where another way to send email would fit.</summary>
internal interface IEmailProvider
{
    Task<SendOutcome> SendAsync(Email email, CancellationToken cancellationToken);
}
