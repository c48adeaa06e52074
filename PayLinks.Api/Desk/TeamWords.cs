namespace PayLinks.Api.Desk;

/// <summary>What a supervisor reads of the agents' desks.</summary>
public sealed record TeamWords
{
    public static TeamWords Italian { get; } = new()
    {
        Title = "Squadra",
        Means = "I link ancora aperti degli operatori, dal vivo. Se una chiamata ha bisogno di te, prendila in carico.",
        ToDesk = "Il mio sportello",
        Agent = "Operatore",
        AnyAgent = "Tutti gli operatori",
        State = "A che punto è",
        AnyState = "Qualsiasi punto",
        Leaving = "Messaggio in partenza",
        Arrived = "Arrivato, non aperto",
        WithCustomer = "Il cliente sta pagando",
        NeedsHelp = "Serve aiuto",
        Apply = "Filtra",
        Link = "Link",
        Since = "Da",
        TakeOver = "Prendi in carico",
        OnDeskOf = name => $"sullo sportello di {name}",
        Yours = "sul tuo sportello",
        Empty = "Nessun link aperto.",
        NothingFound = "Nessun link aperto con questo filtro.",
        AtMost = count => $"Gli ultimi {count}: quelli di prima sono tra i pagamenti.",
        Today = "Oggi, in tutta la squadra",
        TodayMeans = "Valori mediani sui link creati oggi dagli operatori. Nessun dato dei clienti.",
        ToOpened = "Da inviato ad aperto",
        ToPaid = "Da aperto a pagato",
        Of = count => count == 1 ? "1 link" : $"{count} link",
        None = "ancora nessuno",
        Undelivered = "Messaggi non arrivati oggi",
        UndeliveredNone = "Sono arrivati tutti, per quanto si sa.",
        Where = "Dove",
        Carrier = "Operatore telefonico d’origine",
        Count = "Quanti",
        Unknown = "sconosciuto",
    };

    public static TeamWords English { get; } = new()
    {
        Title = "Team",
        Means = "The agents’ links that are still open, live. If a call needs you, take it over.",
        ToDesk = "My desk",
        Agent = "Agent",
        AnyAgent = "All agents",
        State = "Where it stands",
        AnyState = "Anywhere",
        Leaving = "Message is leaving",
        Arrived = "Delivered, not opened",
        WithCustomer = "The customer is paying",
        NeedsHelp = "Needs help",
        Apply = "Filter",
        Link = "Link",
        Since = "For",
        TakeOver = "Take over",
        OnDeskOf = name => $"on {name}’s desk",
        Yours = "on your desk",
        Empty = "No link is open.",
        NothingFound = "No open link fits this filter.",
        AtMost = count => $"The latest {count}: earlier ones are among the payments.",
        Today = "Today, all of the team",
        TodayMeans = "Medians over the links that agents made today. No customer’s data.",
        ToOpened = "Sent to opened",
        ToPaid = "Opened to paid",
        Of = count => count == 1 ? "1 link" : $"{count} links",
        None = "none yet",
        Undelivered = "Messages not delivered today",
        UndeliveredNone = "All have arrived, as far as is known.",
        Where = "Where",
        Carrier = "Original carrier",
        Count = "How many",
        Unknown = "unknown",
    };

    public required string Title { get; init; }

    public required string Means { get; init; }

    public required string ToDesk { get; init; }

    public required string Agent { get; init; }

    public required string AnyAgent { get; init; }

    public required string State { get; init; }

    public required string AnyState { get; init; }

    public required string Leaving { get; init; }

    public required string Arrived { get; init; }

    public required string WithCustomer { get; init; }

    public required string NeedsHelp { get; init; }

    public required string Apply { get; init; }

    public required string Link { get; init; }

    /// <summary>Heads how long ago a link was made.</summary>
    public required string Since { get; init; }

    public required string TakeOver { get; init; }

    public required Func<string, string> OnDeskOf { get; init; }

    public required string Yours { get; init; }

    public required string Empty { get; init; }

    public required string NothingFound { get; init; }

    public required Func<int, string> AtMost { get; init; }

    public required string Today { get; init; }

    public required string TodayMeans { get; init; }

    public required string ToOpened { get; init; }

    public required string ToPaid { get; init; }

    public required Func<int, string> Of { get; init; }

    public required string None { get; init; }

    public required string Undelivered { get; init; }

    public required string UndeliveredNone { get; init; }

    public required string Where { get; init; }

    public required string Carrier { get; init; }

    public required string Count { get; init; }

    public required string Unknown { get; init; }

    public string Name(TeamStage stage) => stage switch
    {
        TeamStage.Leaving => Leaving,
        TeamStage.Arrived => Arrived,
        TeamStage.WithCustomer => WithCustomer,
        TeamStage.NeedsHelp => NeedsHelp,
    };
}
