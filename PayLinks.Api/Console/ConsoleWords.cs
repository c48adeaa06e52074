using System.Globalization;
using PayLinks.Api.Account;
using PayLinks.Api.Audit;
using PayLinks.Api.Batches;
using PayLinks.Api.Brand;
using PayLinks.Api.Desk;
using PayLinks.Api.Keys;
using PayLinks.Api.Notices;
using PayLinks.Api.Outages;
using PayLinks.Api.People;
using PayLinks.Api.Reconciliation;
using PayLinks.Api.Refunds;
using PayLinks.Api.Settings;
using PayLinks.Api.SignIn;
using PayLinks.Api.Takings;
using PayLinks.Api.Texts;

namespace PayLinks.Api.Console;

/// <summary>Title and text of a page that has nothing else to show.</summary>
public sealed record NoticeWords(string Title, string Text);

/// <summary>The words that every page of the console shares, and the way to those of each page.</summary>
public sealed record ConsoleWords
{
    public static ConsoleWords Italian { get; } = new()
    {
        Language = "it",
        LanguageName = "Italiano",
        Culture = CultureInfo.GetCultureInfo("it-IT"),
        SignIn = SignInWords.Italian,
        Account = AccountWords.Italian,
        Form = LinkFormWords.Italian,
        Takings = TakingsWords.Italian,
        Links = LinksWords.Italian,
        Batches = BatchWords.Italian,
        Link = LinkWords.Italian,
        Refund = RefundWords.Italian,
        States = StateWords.Italian,
        Reasons = ReasonWords.Italian,
        OptOuts = OptOutWords.Italian,
        Limits = LimitWords.Italian,
        Numbers = NumberWords.Italian,
        Events = EventWords.Italian,
        Desk = DeskWords.Italian,
        Team = TeamWords.Italian,
        Outages = OutageWords.Italian,
        Settings = SettingsWords.Italian,
        People = PeopleWords.Italian,
        Keys = KeyWords.Italian,
        Mollie = MollieWords.Italian,
        LinkDefaults = LinkDefaultsWords.Italian,
        Audit = AuditWords.Italian,
        Brand = BrandWords.Italian,
        LateMoney = LateMoneyWords.Italian,
        Sending = SendingWords.Italian,
        Texts = TextsWords.Italian,
        Preview = PreviewWords.Italian,
        Webhooks = WebhookWords.Italian,
        Reconciliation = ReconciliationWords.Italian,
        SkipToContent = "Vai al contenuto",
        Navigation = "Menu principale",
        NavLinks = "Pagamenti",
        NavNew = "Nuovo",
        NavDesk = "Sportello",
        SignOut = "Esci",
        Accessibility = "Accessibilità",
        TestMode = "MODALITÀ TEST",
        TestModeMeans = "Nessun addebito è reale.",
        ProblemPrefix = "Errore: ",
        ThereIsAProblem = "C’è un problema",
        GoHome = "Torna all’inizio",
        LiveLost = "Collegamento interrotto: riprovo.",
        LiveEnded = "La sessione è finita. Accedi di nuovo in un’altra scheda: quello che hai scritto qui resta.",
        Owner = "Titolare",
        Manager = "Responsabile",
        Agent = "Operatore",
        Viewer = "Sola lettura",
        NotFound = new("Non c’è niente qui", "Questa pagina non esiste, oppure non è tra quelle che puoi vedere."),
        NotAllowed = new("Non è permesso", "Il tuo ruolo non comprende questa operazione. Chiedi al titolare."),
        FormExpired = new(
            "Modulo scaduto", "Non abbiamo eseguito nulla. Torna alla pagina, ricaricala e prova di nuovo."),
    };

    public static ConsoleWords English { get; } = new()
    {
        Language = "en",
        LanguageName = "English",
        Culture = CultureInfo.GetCultureInfo("en-GB"),
        SignIn = SignInWords.English,
        Account = AccountWords.English,
        Form = LinkFormWords.English,
        Takings = TakingsWords.English,
        Links = LinksWords.English,
        Batches = BatchWords.English,
        Link = LinkWords.English,
        Refund = RefundWords.English,
        States = StateWords.English,
        Reasons = ReasonWords.English,
        OptOuts = OptOutWords.English,
        Limits = LimitWords.English,
        Numbers = NumberWords.English,
        Events = EventWords.English,
        Desk = DeskWords.English,
        Team = TeamWords.English,
        Outages = OutageWords.English,
        Settings = SettingsWords.English,
        People = PeopleWords.English,
        Keys = KeyWords.English,
        Mollie = MollieWords.English,
        LinkDefaults = LinkDefaultsWords.English,
        Audit = AuditWords.English,
        Brand = BrandWords.English,
        LateMoney = LateMoneyWords.English,
        Sending = SendingWords.English,
        Texts = TextsWords.English,
        Preview = PreviewWords.English,
        Webhooks = WebhookWords.English,
        Reconciliation = ReconciliationWords.English,
        SkipToContent = "Skip to content",
        Navigation = "Main menu",
        NavLinks = "Payments",
        NavNew = "New",
        NavDesk = "Desk",
        SignOut = "Sign out",
        Accessibility = "Accessibility",
        TestMode = "TEST MODE",
        TestModeMeans = "No charge is real.",
        ProblemPrefix = "Error: ",
        ThereIsAProblem = "There is a problem",
        GoHome = "Back to the start",
        LiveLost = "Connection lost: trying again.",
        LiveEnded = "Your session has ended. Sign in again in another tab: what you have typed here stays.",
        Owner = "Owner",
        Manager = "Manager",
        Agent = "Agent",
        Viewer = "Read only",
        NotFound = new("There is nothing here", "This page does not exist, or it is not one of those you can see."),
        NotAllowed = new("Not allowed", "Your role does not include this. Ask the owner."),
        FormExpired = new("This form has expired", "Nothing was done. Go back to the page, reload it and try again."),
    };

    public static IReadOnlyList<ConsoleWords> All { get; } = [Italian, English];

    public required string Language { get; init; }

    /// <summary>The language's own name for itself.</summary>
    public required string LanguageName { get; init; }

    public required CultureInfo Culture { get; init; }

    public required SignInWords SignIn { get; init; }

    public required AccountWords Account { get; init; }

    public required LinkFormWords Form { get; init; }

    public required TakingsWords Takings { get; init; }

    public required LinksWords Links { get; init; }

    public required BatchWords Batches { get; init; }

    public required LinkWords Link { get; init; }

    public required RefundWords Refund { get; init; }

    public required StateWords States { get; init; }

    public required ReasonWords Reasons { get; init; }

    public required OptOutWords OptOuts { get; init; }

    public required LimitWords Limits { get; init; }

    public required NumberWords Numbers { get; init; }

    public required EventWords Events { get; init; }

    public required DeskWords Desk { get; init; }

    public required TeamWords Team { get; init; }

    public required OutageWords Outages { get; init; }

    public required SettingsWords Settings { get; init; }

    public required PeopleWords People { get; init; }

    public required KeyWords Keys { get; init; }

    public required MollieWords Mollie { get; init; }

    public required LinkDefaultsWords LinkDefaults { get; init; }

    public required AuditWords Audit { get; init; }

    public required BrandWords Brand { get; init; }

    public required LateMoneyWords LateMoney { get; init; }

    public required SendingWords Sending { get; init; }

    public required TextsWords Texts { get; init; }

    public required PreviewWords Preview { get; init; }

    public required WebhookWords Webhooks { get; init; }

    public required ReconciliationWords Reconciliation { get; init; }

    public required string SkipToContent { get; init; }

    public required string Navigation { get; init; }

    public required string NavLinks { get; init; }

    public required string NavNew { get; init; }

    public required string NavDesk { get; init; }

    public required string SignOut { get; init; }

    public required string Accessibility { get; init; }

    public required string TestMode { get; init; }

    public required string TestModeMeans { get; init; }

    /// <summary>Stands in front of the title while a form is shown again.</summary>
    public required string ProblemPrefix { get; init; }

    public required string ThereIsAProblem { get; init; }

    public required string GoHome { get; init; }

    public required string LiveLost { get; init; }

    public required string LiveEnded { get; init; }

    public required string Owner { get; init; }

    public required string Manager { get; init; }

    public required string Agent { get; init; }

    public required string Viewer { get; init; }

    public required NoticeWords NotFound { get; init; }

    public required NoticeWords NotAllowed { get; init; }

    public required NoticeWords FormExpired { get; init; }

    public static ConsoleWords In(string language) => language == English.Language ? English : Italian;

    public string RoleName(StaffRole role) => role switch
    {
        StaffRole.Owner => Owner,
        StaffRole.Manager => Manager,
        StaffRole.Agent => Agent,
        StaffRole.Viewer => Viewer,
    };
}
