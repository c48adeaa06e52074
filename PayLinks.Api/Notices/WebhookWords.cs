using PayLinks.Core.Notices;

namespace PayLinks.Api.Notices;

/// <summary>The pages of webhook endpoints.</summary>
public sealed record WebhookWords
{
    public static WebhookWords Italian { get; } = new()
    {
        Settings = "Impostazioni",
        Title = "Webhook",
        Means = "A ogni evento inviamo al tuo programma una notifica firmata.",
        Empty = "Ancora nessun endpoint.",
        Address = "Indirizzo",
        AddressHint = "Un indirizzo pubblico https, sulla porta 443 o 8443.",
        Events = "Eventi",
        AllEvents = "tutti",
        EveryEvent = "Tutti gli eventi",
        OnlySome = "Solo alcuni eventi",
        EventsNeeded = "Scegli tutti gli eventi, oppure almeno uno dell’elenco.",
        Add = "Aggiungi un endpoint",
        TooMany = max => $"Ci sono già {max} endpoint: eliminane uno che non serve più.",
        Since = "Dal",
        State = "Stato",
        Enabled = "attivo",
        Disabled = "disattivato",
        Gone = "disattivato: ha risposto 410",
        Enable = "Riattiva",
        Disable = "Disattiva",
        EnabledNow = "L’endpoint è di nuovo attivo.",
        DisabledNow = "L’endpoint è disattivato: non gli inviamo più niente.",
        Change = "Modifica indirizzo ed eventi",
        ChangeMeans = "Il segreto resta lo stesso. Le notifiche già in attesa vanno al nuovo indirizzo.",
        Save = "Salva",
        Changed = "Le modifiche sono salvate.",
        Delete = "Elimina",
        DeleteTitle = "Eliminare l’endpoint?",
        DeleteMeans = "Non gli invieremo più niente. Non si può annullare.",
        Keep = "Non eliminare",
        Deleted = "L’endpoint è stato eliminato.",
        Secret = "Segreto",
        SecretOnce = "Copialo adesso: non lo mostreremo più.",
        SecretAlso = "Per 24 ore firmiamo anche con il segreto di prima.",
        SecretUntil = when => $"Il segreto di prima firma ancora fino a {when}.",
        Rotate = "Nuovo segreto",
        Copy = "Copia",
        Copied = "Copiato",
        GoOn = "Avanti",
        Deliveries = "Ultimi invii",
        NoDeliveries = "Ancora nessun invio.",
        Attempt = number => $"tentativo {number}",
        Next = when => $"Riproviamo: {when}",
        Dead = "Non riproviamo più.",
        Request = "Inviato",
        Answer = "Risposta",
        SendAgain = "Invia di nuovo",
        SendFailed = count => $"Invia di nuovo tutte quelle fallite ({count})",
        SendPeriod = "Invia di nuovo un periodo",
        From = "Dal giorno",
        To = "al giorno",
        BadPeriod = "Indica due giorni, il primo non dopo il secondo.",
        Again = count => count == 1 ? "Una notifica parte di nuovo." : $"{count} notifiche partono di nuovo.",
        Delivered = "consegnata",
        Refused = "rifiutata",
        EndpointGone = "non le vuole più",
        Timeout = "nessuna risposta in tempo",
        Unreachable = "non raggiungibile",
        Blocked = "indirizzo non ammesso",
    };

    public static WebhookWords English { get; } = new()
    {
        Settings = "Settings",
        Title = "Webhooks",
        Means = "At each event we send your program a signed notice.",
        Empty = "No endpoints yet.",
        Address = "Address",
        AddressHint = "A public https address, on port 443 or 8443.",
        Events = "Events",
        AllEvents = "all",
        EveryEvent = "All events",
        OnlySome = "Only some events",
        EventsNeeded = "Choose all events, or at least one from the list.",
        Add = "Add an endpoint",
        TooMany = max => $"There are {max} endpoints already: delete one that is no longer needed.",
        Since = "Since",
        State = "State",
        Enabled = "enabled",
        Disabled = "disabled",
        Gone = "disabled: it answered 410",
        Enable = "Enable",
        Disable = "Disable",
        EnabledNow = "The endpoint is enabled again.",
        DisabledNow = "The endpoint is disabled: nothing is sent there any more.",
        Change = "Change address and events",
        ChangeMeans = "The secret stays the same. Notices that are already waiting go to the new address.",
        Save = "Save",
        Changed = "The changes are saved.",
        Delete = "Delete",
        DeleteTitle = "Delete the endpoint?",
        DeleteMeans = "Nothing will be sent there any more. This cannot be undone.",
        Keep = "Do not delete",
        Deleted = "The endpoint has been deleted.",
        Secret = "Secret",
        SecretOnce = "Copy it now: it is not shown again.",
        SecretAlso = "For 24 hours we also sign with the secret before it.",
        SecretUntil = when => $"The secret before it still signs until {when}.",
        Rotate = "New secret",
        Copy = "Copy",
        Copied = "Copied",
        GoOn = "Continue",
        Deliveries = "Latest deliveries",
        NoDeliveries = "Nothing sent yet.",
        Attempt = number => $"attempt {number}",
        Next = when => $"Tried again: {when}",
        Dead = "Not tried again.",
        Request = "Sent",
        Answer = "Answer",
        SendAgain = "Send again",
        SendFailed = count => $"Send all failed ones again ({count})",
        SendPeriod = "Send a period again",
        From = "From",
        To = "to",
        BadPeriod = "Give two days, the first not after the second.",
        Again = count => count == 1 ? "One notice is on its way again." : $"{count} notices are on their way again.",
        Delivered = "delivered",
        Refused = "refused",
        EndpointGone = "wants no more",
        Timeout = "no answer in time",
        Unreachable = "not reachable",
        Blocked = "address not allowed",
    };

    public required string Settings { get; init; }
    public required string Title { get; init; }
    public required string Means { get; init; }
    public required string Empty { get; init; }
    public required string Address { get; init; }
    public required string AddressHint { get; init; }
    public required string Events { get; init; }
    public required string AllEvents { get; init; }

    /// <summary>The choice in the form; <see cref="AllEvents"/> stands behind a label.</summary>
    public required string EveryEvent { get; init; }
    public required string OnlySome { get; init; }
    public required string EventsNeeded { get; init; }
    public required string Add { get; init; }
    public required Func<int, string> TooMany { get; init; }
    public required string Since { get; init; }
    public required string State { get; init; }
    public required string Enabled { get; init; }
    public required string Disabled { get; init; }
    public required string Gone { get; init; }
    public required string Enable { get; init; }
    public required string Disable { get; init; }
    public required string EnabledNow { get; init; }
    public required string DisabledNow { get; init; }
    public required string Change { get; init; }
    public required string ChangeMeans { get; init; }
    public required string Save { get; init; }
    public required string Changed { get; init; }
    public required string Delete { get; init; }
    public required string DeleteTitle { get; init; }
    public required string DeleteMeans { get; init; }
    public required string Keep { get; init; }
    public required string Deleted { get; init; }
    public required string Secret { get; init; }
    public required string SecretOnce { get; init; }
    public required string SecretAlso { get; init; }
    public required Func<string, string> SecretUntil { get; init; }
    public required string Rotate { get; init; }
    public required string Copy { get; init; }
    public required string Copied { get; init; }
    public required string GoOn { get; init; }
    public required string Deliveries { get; init; }
    public required string NoDeliveries { get; init; }
    public required Func<int, string> Attempt { get; init; }
    public required Func<string, string> Next { get; init; }

    /// <summary>Of a notice that was posted often enough.</summary>
    public required string Dead { get; init; }
    public required string Request { get; init; }
    public required string Answer { get; init; }
    public required string SendAgain { get; init; }
    public required Func<int, string> SendFailed { get; init; }
    public required string SendPeriod { get; init; }
    public required string From { get; init; }
    public required string To { get; init; }
    public required string BadPeriod { get; init; }
    public required Func<int, string> Again { get; init; }
    public required string Delivered { get; init; }
    public required string Refused { get; init; }
    public required string EndpointGone { get; init; }
    public required string Timeout { get; init; }
    public required string Unreachable { get; init; }
    public required string Blocked { get; init; }

    public string Of(NoticeOutcome outcome) => outcome switch
    {
        NoticeOutcome.Delivered => Delivered,
        NoticeOutcome.Refused => Refused,
        NoticeOutcome.Gone => EndpointGone,
        NoticeOutcome.Timeout => Timeout,
        NoticeOutcome.Unreachable => Unreachable,
        NoticeOutcome.Blocked => Blocked,
    };

    public string StateOf(EndpointView endpoint) =>
        !endpoint.IsDisabled ? Enabled : endpoint.DisabledReason == "gone" ? Gone : Disabled;

    public string EventsOf(EndpointView endpoint) =>
        endpoint.Events.Count == 0 ? AllEvents : string.Join(", ", endpoint.Events);
}
