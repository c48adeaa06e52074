namespace PayLinks.Api.Console;

/// <summary>The page of one link, and what can be done there.</summary>
public sealed record LinkWords
{
    public static LinkWords Italian { get; } = new()
    {
        Back = "Tutti i pagamenti",
        ValidUntil = when => $"Vale fino a {when}",
        ExpiredOn = when => $"Scaduto il {when}",
        PaidOn = when => $"Pagato il {when}",
        CanceledOn = when => $"Annullato il {when}",
        Reference = "Riferimento",
        Customer = "Cliente",
        Phone = "Telefono",
        Email = "Email",
        Address = "Indirizzo del link",
        AddressHint = "Chi ha questo indirizzo può pagare: dallo solo al cliente.",
        Copy = "Copia link",
        Copied = "Copiato",
        Qr = "Codice QR",
        QrMeans = "Codice QR che apre il link",
        QrHint = "Il cliente lo inquadra con il telefono.",
        Timeline = "Che cosa è successo",
        Messages = "Messaggi",
        NoMessages = "Nessun messaggio inviato.",
        Payments = "Tentativi di pagamento",
        NoPayments = "Nessun tentativo ancora.",
        Resend = to => $"Reinvia a {to}",
        AlsoBySms = "Invia anche per SMS",
        AlsoByEmail = "Invia anche per email",
        ChangeRecipient = "Cambia destinatario",
        NewRecipient = "Nuovo cellulare o email",
        NewRecipientHint = "Prende il posto del recapito di adesso.",
        KeepLink = "Lo stesso link",
        KeepLinkMeans = "Chi ha già ricevuto il messaggio può ancora pagare. Va bene se il recapito era del cliente.",
        ReplaceLink = "Annulla questo link e fanne uno nuovo",
        ReplaceLinkMeans = "Il link di adesso smette subito di valere. Scegli questo se il recapito era sbagliato.",
        Send = "Invia",
        Extend = "Prolunga",
        ExtendBy = "Vale da ora per altri",
        Asked = when => $"Il cliente chiede un nuovo link ({when}).",
        Reopen = time => $"Riapri per altri {time}",
        ReopenMeans = "Lo stesso indirizzo torna a valere. Poi puoi anche reinviarlo.",
        Declined = when => $"Chi ha ricevuto il link non riconosce la richiesta ({when}).",
        DeclinedMeans = "Il link vale ancora. Se il recapito era sbagliato, annulla; se era giusto, chiama il cliente.",
        Cancel = "Annulla richiesta",
        CancelTitle = "Annullare questa richiesta?",
        CancelMeans = "Il cliente non potrà più pagare con questo link. Non si può tornare indietro.",
        CancelConfirm = "Sì, annulla",
        CancelKeep = "No, lascia com’è",
        Another = "Crea un altro",
        Like = "Creane uno uguale",
        Poster = "Locandina da stampare",
        BackToLink = "Torna al pagamento",
        PrintHint = "Stampa questa pagina: il resto dello schermo non si stampa.",
        BeingSent = "Richiesta in invio.",
        Ready = "Link pronto: copialo o mostra il QR.",
        Sent = "Inviata di nuovo.",
        Redirected = "In invio al nuovo destinatario.",
        Replaced = "Il link di prima è annullato: questo nuovo è in invio.",
        Extended = "Prolungato.",
        Canceled = "Annullato.",
        AlreadyPaid = "Non più possibile: è già pagato.",
        AlreadyCanceled = "Non più possibile: è annullato.",
        AlreadyExpired = "Non più possibile: è scaduto. Prima prolungalo.",
        PaymentInProgress = "Il cliente sta pagando proprio ora. Aspetta l’esito, poi riprova.",
        NotLonger = "Il link vale già più a lungo di così.",
        Surplus = "doppio, da restituire",
    };

    public static LinkWords English { get; } = new()
    {
        Back = "All payments",
        ValidUntil = when => $"Valid until {when}",
        ExpiredOn = when => $"Expired on {when}",
        PaidOn = when => $"Paid on {when}",
        CanceledOn = when => $"Cancelled on {when}",
        Reference = "Reference",
        Customer = "Customer",
        Phone = "Phone",
        Email = "Email",
        Address = "Address of the link",
        AddressHint = "Whoever has this address can pay: give it to the customer only.",
        Copy = "Copy link",
        Copied = "Copied",
        Qr = "QR code",
        QrMeans = "QR code that opens the link",
        QrHint = "The customer points the phone at it.",
        Timeline = "What happened",
        Messages = "Messages",
        NoMessages = "No message sent.",
        Payments = "Payment attempts",
        NoPayments = "No attempt yet.",
        Resend = to => $"Resend to {to}",
        AlsoBySms = "Also send by text",
        AlsoByEmail = "Also send by email",
        ChangeRecipient = "Change recipient",
        NewRecipient = "New mobile number or email",
        NewRecipientHint = "It takes the place of the present address.",
        KeepLink = "The same link",
        KeepLinkMeans = "Whoever has the message can still pay. Fine if the address was the customer’s.",
        ReplaceLink = "Cancel this link and make a new one",
        ReplaceLinkMeans = "The present link stops working at once. Choose this if the address was wrong.",
        Send = "Send",
        Extend = "Extend",
        ExtendBy = "Valid from now for",
        Asked = when => $"The customer asks for a new link ({when}).",
        Reopen = time => $"Reopen for another {time}",
        ReopenMeans = "The same address works again. Then you can send it again, too.",
        Declined = when => $"Whoever got the link does not recognise the request ({when}).",
        DeclinedMeans = "The link still works. If the address was wrong, cancel; if it was right, call the customer.",
        Cancel = "Cancel request",
        CancelTitle = "Cancel this request?",
        CancelMeans = "The customer will no longer be able to pay with this link. This cannot be undone.",
        CancelConfirm = "Yes, cancel it",
        CancelKeep = "No, leave it",
        Another = "Create another",
        Like = "Make another like this",
        Poster = "Poster to print",
        BackToLink = "Back to the payment",
        PrintHint = "Print this page: what is around it on the screen is not printed.",
        BeingSent = "Request being sent.",
        Ready = "Link ready: copy it or show the QR code.",
        Sent = "Sent again.",
        Redirected = "On its way to the new recipient.",
        Replaced = "The earlier link is cancelled: this new one is being sent.",
        Extended = "Extended.",
        Canceled = "Cancelled.",
        AlreadyPaid = "No longer possible: it is paid.",
        AlreadyCanceled = "No longer possible: it is cancelled.",
        AlreadyExpired = "No longer possible: it has expired. Extend it first.",
        PaymentInProgress = "The customer is paying right now. Wait for the outcome, then try again.",
        NotLonger = "The link is already valid for longer than that.",
        Surplus = "duplicate, to be given back",
    };

    public required string Back { get; init; }

    public required Func<string, string> ValidUntil { get; init; }

    public required Func<string, string> ExpiredOn { get; init; }

    public required Func<string, string> PaidOn { get; init; }

    public required Func<string, string> CanceledOn { get; init; }

    public required string Reference { get; init; }

    public required string Customer { get; init; }

    public required string Phone { get; init; }

    public required string Email { get; init; }

    public required string Address { get; init; }

    public required string AddressHint { get; init; }

    public required string Copy { get; init; }

    public required string Copied { get; init; }

    public required string Qr { get; init; }

    public required string QrMeans { get; init; }

    public required string QrHint { get; init; }

    public required string Timeline { get; init; }

    public required string Messages { get; init; }

    public required string NoMessages { get; init; }

    public required string Payments { get; init; }

    public required string NoPayments { get; init; }

    public required Func<string, string> Resend { get; init; }

    public required string AlsoBySms { get; init; }

    public required string AlsoByEmail { get; init; }

    public required string ChangeRecipient { get; init; }

    public required string NewRecipient { get; init; }

    public required string NewRecipientHint { get; init; }

    public required string KeepLink { get; init; }

    public required string KeepLinkMeans { get; init; }

    public required string ReplaceLink { get; init; }

    public required string ReplaceLinkMeans { get; init; }

    public required string Send { get; init; }

    public required string Extend { get; init; }

    public required string ExtendBy { get; init; }

    public required Func<string, string> Asked { get; init; }

    public required Func<string, string> Reopen { get; init; }

    public required string ReopenMeans { get; init; }

    public required Func<string, string> Declined { get; init; }

    public required string DeclinedMeans { get; init; }

    public required string Cancel { get; init; }

    public required string CancelTitle { get; init; }

    public required string CancelMeans { get; init; }

    public required string CancelConfirm { get; init; }

    public required string CancelKeep { get; init; }

    public required string Another { get; init; }

    /// <summary>Leads to a form filled in like this link.</summary>
    public required string Like { get; init; }

    public required string Poster { get; init; }

    public required string BackToLink { get; init; }

    public required string PrintHint { get; init; }

    public required string BeingSent { get; init; }

    public required string Ready { get; init; }

    public required string Sent { get; init; }

    public required string Redirected { get; init; }

    public required string Replaced { get; init; }

    public required string Extended { get; init; }

    public required string Canceled { get; init; }

    public required string AlreadyPaid { get; init; }

    public required string AlreadyCanceled { get; init; }

    public required string AlreadyExpired { get; init; }

    public required string PaymentInProgress { get; init; }

    public required string NotLonger { get; init; }

    public required string Surplus { get; init; }
}
