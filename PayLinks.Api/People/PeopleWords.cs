using PayLinks.Api.Console;
using PayLinks.Api.SignIn;
using PayLinks.Core.Database;

namespace PayLinks.Api.People;

/// <summary>The pages of the merchant's people, and the one that an invitation leads to.</summary>
public sealed record PeopleWords
{
    public static PeopleWords Italian { get; } = new()
    {
        Title = "Team",
        Means = "Chi può entrare, e che cosa può fare.",
        OnlyOwners = "Solo i titolari possono invitare e cambiare.",
        Name = "Nome",
        NameHint = "Lo leggono i colleghi, nella cronologia dei link.",
        NameNeeded = "Scrivi il nome della persona.",
        EmailNeeded = "Scrivi l’email con cui la persona entrerà.",
        Role = "Ruolo",
        RoleNeeded = "Scegli un ruolo.",
        State = "Stato",
        Active = "attivo",
        Disabled = "disattivato",
        Since = "Nel team dal",
        DisabledAt = "Disattivato il",
        OwnerMeans = "Tutto, anche il team, le chiavi e Mollie.",
        ManagerMeans = "Link, rimborsi, incassi, impostazioni e supervisione degli operatori.",
        AgentMeans = "Lo sportello e i propri link. Niente rimborsi, niente esportazioni.",
        ViewerMeans = "Vede link e incassi, non cambia niente.",
        Invite = "Invita",
        InviteMeans = days => $"Ti diamo un link da consegnare alla persona. Vale {days} giorni e una volta sola.",
        IsHere = "Questa email è già nel team. Se la persona è disattivata, riattivala.",
        InvitedTitle = "Inviti in attesa",
        InvitedNow = "Invito pronto",
        Link = "Link dell’invito",
        LinkOnce = days => $"Copia il link adesso: non lo mostreremo più. Vale {days} giorni e una volta sola.",
        LinkMeans = "Consegnalo di persona o con un messaggio: noi non lo inviamo. Chi usa il link prima della persona "
            + "entra al suo posto. Un nuovo invito alla stessa email annulla questo.",
        Until = (when, isOver) => isOver ? $"scaduto: {when}" : $"vale fino a: {when}",
        Withdraw = "Ritira",
        WithdrawFrom = name => $"Ritira l’invito a {name}",
        Withdrawn = "L’invito è ritirato: il suo link non vale più.",
        SaveRole = "Cambia ruolo",
        RoleChanged = "Il ruolo è cambiato e vale da subito.",
        Disable = "Disattiva",
        DisableMeans = "Esce subito da tutte le pagine e non può più entrare. Quello che ha fatto resta, con il "
            + "nome. I suoi inviti che nessuno ha ancora accettato sono ritirati.",
        DisabledNow = "Disattivato: non può più entrare.",
        Enable = "Riattiva",
        EnableMeans = "Potrà di nuovo entrare, con la password di prima.",
        EnabledNow = "Riattivato: può di nuovo entrare.",
        WhatTheyDid = "Che cosa ha cambiato",
        Oneself = new("Non da soli", "Nessuno cambia o disattiva sé stesso: chiedi a un altro titolare."),
        JoinTitle = merchant => $"Entra nel team di {merchant}",
        JoinMeans = (name, role) => $"Invito per {name}. Ruolo: {role}.",
        ChoosePassword = "Scegli la password con cui entrerai d’ora in poi.",
        PasswordHint = min => $"Almeno {min} caratteri.",
        PasswordAgain = "Di nuovo la password",
        PasswordTooShort = min => $"Scegli una password di almeno {min} caratteri.",
        PasswordTooLong = max => $"Scegli una password di al massimo {max} caratteri.",
        PasswordWeak = "Scegli un’altra password: questa si indovina facilmente.",
        PasswordDiffers = "Le due password non sono uguali.",
        Join = "Accetta l’invito",
        JoinAs = email => $"Accetti come {email}.",
        HasAccount = email => $"{email} ha già un accesso. Entra con la tua password, poi accetta.",
        SomebodyElse = email => $"L’invito è per {email}. Esci, e apri di nuovo il link.",
        Welcome = new("Fatto", "Sei nel team. Ora accedi con la tua email e la password che hai scelto."),
        NotValid = new(
            "Questo invito non vale più",
            "È scaduto, è stato ritirato o è già servito. Chiedine uno nuovo a chi ti ha invitato."),
    };

    public static PeopleWords English { get; } = new()
    {
        Title = "Team",
        Means = "Who can sign in, and what they may do.",
        OnlyOwners = "Only owners invite and change.",
        Name = "Name",
        NameHint = "Colleagues read it in the timelines of links.",
        NameNeeded = "Enter the person’s name.",
        EmailNeeded = "Enter the email address that the person will sign in with.",
        Role = "Role",
        RoleNeeded = "Choose a role.",
        State = "State",
        Active = "active",
        Disabled = "disabled",
        Since = "In the team since",
        DisabledAt = "Disabled on",
        OwnerMeans = "Everything, the team, keys and Mollie too.",
        ManagerMeans = "Links, refunds, takings, settings, and looking after agents.",
        AgentMeans = "The desk and own links. No refunds, no exports.",
        ViewerMeans = "Sees links and takings, changes nothing.",
        Invite = "Invite",
        InviteMeans = days => $"You get a link to hand to the person. It is good for {days} days and a single use.",
        IsHere = "This address is in the team already. If the person is disabled, enable them.",
        InvitedTitle = "Open invitations",
        InvitedNow = "Invitation ready",
        Link = "The invitation’s link",
        LinkOnce = days => $"Copy the link now: it is not shown again. It is good for {days} days and a single use.",
        LinkMeans = "Hand it over in person or in a message: we do not send it. Whoever uses the link before the "
            + "person does gets in instead. Inviting the same address again voids this one.",
        Until = (when, isOver) => isOver ? $"expired: {when}" : $"good until: {when}",
        Withdraw = "Withdraw",
        WithdrawFrom = name => $"Withdraw the invitation of {name}",
        Withdrawn = "The invitation is withdrawn: its link is void.",
        SaveRole = "Change role",
        RoleChanged = "The role is changed, from now on.",
        Disable = "Disable",
        DisableMeans = "They are out of every page at once and cannot sign in here. What they did stays, with their "
            + "name. Invitations of theirs that nobody has accepted yet are withdrawn.",
        DisabledNow = "Disabled: they cannot sign in here.",
        Enable = "Enable",
        EnableMeans = "They can sign in again, with the password they had.",
        EnabledNow = "Enabled: they can sign in again.",
        WhatTheyDid = "What they changed",
        Oneself = new("Not by yourself", "Nobody changes or disables themselves: ask another owner."),
        JoinTitle = merchant => $"Join the team of {merchant}",
        JoinMeans = (name, role) => $"Invitation for {name}. Role: {role}.",
        ChoosePassword = "Choose the password that you will sign in with.",
        PasswordHint = min => $"At least {min} characters.",
        PasswordAgain = "The password again",
        PasswordTooShort = min => $"Choose a password of at least {min} characters.",
        PasswordTooLong = max => $"Choose a password of at most {max} characters.",
        PasswordWeak = "Choose another password: this one is easily guessed.",
        PasswordDiffers = "The two passwords are not the same.",
        Join = "Accept the invitation",
        JoinAs = email => $"You accept as {email}.",
        HasAccount = email => $"{email} can sign in already. Do so with your password, then accept.",
        SomebodyElse = email => $"The invitation is for {email}. Sign out, and open the link again.",
        Welcome = new("Done", "You are in the team. Now sign in with your email and the password you chose."),
        NotValid = new(
            "This invitation is no longer good",
            "It has expired, was withdrawn, or has been used. Ask whoever invited you for a new one."),
    };

    public required string Title { get; init; }
    public required string Means { get; init; }
    public required string OnlyOwners { get; init; }
    public required string Name { get; init; }
    public required string NameHint { get; init; }
    public required string NameNeeded { get; init; }
    public required string EmailNeeded { get; init; }
    public required string Role { get; init; }
    public required string RoleNeeded { get; init; }
    public required string State { get; init; }
    public required string Active { get; init; }
    public required string Disabled { get; init; }
    public required string Since { get; init; }
    public required string DisabledAt { get; init; }
    public required string OwnerMeans { get; init; }
    public required string ManagerMeans { get; init; }
    public required string AgentMeans { get; init; }
    public required string ViewerMeans { get; init; }
    public required string Invite { get; init; }

    /// <summary>Takes how many days the link is good for.</summary>
    public required Func<int, string> InviteMeans { get; init; }
    public required string IsHere { get; init; }
    public required string InvitedTitle { get; init; }
    public required string InvitedNow { get; init; }
    public required string Link { get; init; }
    public required Func<int, string> LinkOnce { get; init; }
    public required string LinkMeans { get; init; }

    /// <summary>Takes a time, and whether it is past.</summary>
    public required Func<string, bool, string> Until { get; init; }
    public required string Withdraw { get; init; }
    public required Func<string, string> WithdrawFrom { get; init; }
    public required string Withdrawn { get; init; }
    public required string SaveRole { get; init; }
    public required string RoleChanged { get; init; }
    public required string Disable { get; init; }
    public required string DisableMeans { get; init; }
    public required string DisabledNow { get; init; }
    public required string Enable { get; init; }
    public required string EnableMeans { get; init; }
    public required string EnabledNow { get; init; }
    public required string WhatTheyDid { get; init; }
    public required NoticeWords Oneself { get; init; }
    public required Func<string, string> JoinTitle { get; init; }

    /// <summary>Takes the name of the person and of the role.</summary>
    public required Func<string, string, string> JoinMeans { get; init; }
    public required string ChoosePassword { get; init; }
    public required Func<int, string> PasswordHint { get; init; }
    public required string PasswordAgain { get; init; }
    public required Func<int, string> PasswordTooShort { get; init; }
    public required Func<int, string> PasswordTooLong { get; init; }
    public required string PasswordWeak { get; init; }
    public required string PasswordDiffers { get; init; }
    public required string Join { get; init; }
    public required Func<string, string> JoinAs { get; init; }
    public required Func<string, string> HasAccount { get; init; }
    public required Func<string, string> SomebodyElse { get; init; }
    public required NoticeWords Welcome { get; init; }
    public required NoticeWords NotValid { get; init; }

    public string StateOf(Person person) => person.DisabledAt is null ? Active : Disabled;

    /// <summary>The roles to choose from, each with what it may do.</summary>
    public IReadOnlyList<RadioField.RadioOption> Roles(ConsoleWords words) =>
    [
        .. Enum.GetValues<StaffRole>().Select(role => new RadioField.RadioOption(
            role.ToText(), words.RoleName(role), role switch
            {
                StaffRole.Owner => OwnerMeans,
                StaffRole.Manager => ManagerMeans,
                StaffRole.Agent => AgentMeans,
                StaffRole.Viewer => ViewerMeans,
            })),
    ];

    /// <summary>What was just done to somebody; null for nothing that is known.</summary>
    public string? DoneText(string? code) => code switch
    {
        "role" => RoleChanged,
        "disabled" => DisabledNow,
        "enabled" => EnabledNow,
        _ => null,
    };
}
