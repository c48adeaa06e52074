using PayLinks.Core.Messages;

namespace PayLinks.Api.Console;

/// <summary>That a customer does not want to be written to, with what to do instead.</summary>
public sealed record OptOutWords
{
    public static OptOutWords Italian { get; } = new()
    {
        NoTexts = (number, when) => $"Dal {when} il numero {number} non vuole SMS, nemmeno la ricevuta: proponi "
            + "l’email. Tu non puoi riattivarlo: può farlo solo il cliente, rispondendo START o dalla pagina del link.",
        NoEmails = (address, when) => $"Dal {when} {address} non vuole richieste di pagamento: proponi un SMS. La "
            + "ricevuta arriva lo stesso. Tu non puoi riattivarlo: può farlo solo il cliente, dalla pagina del link.",
    };

    public static OptOutWords English { get; } = new()
    {
        NoTexts = (number, when) => $"Since {when} {number} wants no texts, not even a receipt: offer email. You "
            + "cannot undo this: only the customer can, by answering START or on the link’s page.",
        NoEmails = (address, when) => $"Since {when} {address} wants no payment requests: offer a text. A receipt "
            + "still arrives. You cannot undo this: only the customer can, on the link’s page.",
    };

    /// <summary>Number, day and time.</summary>
    public required Func<string, string, string> NoTexts { get; init; }

    /// <summary>Address, day and time.</summary>
    public required Func<string, string, string> NoEmails { get; init; }

    public string Of(MessageChannel channel, string recipient, string since) => channel switch
    {
        MessageChannel.Sms => NoTexts(recipient, since),
        MessageChannel.Email => NoEmails(recipient, since),
    };
}
