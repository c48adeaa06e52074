using System.Xml;
using PayLinks.Api.Console;
using PayLinks.Api.Settings;
using PayLinks.Api.SignIn;
using PayLinks.Api.Texts;
using PayLinks.Core.Database;

namespace PayLinks.Api.Audit;

/// <summary>The page that says who has changed what of the settings. Fields have the names of their forms.</summary>
public sealed record AuditWords
{
    public static AuditWords Italian { get; } = new()
    {
        Title = "Chi ha fatto cosa",
        Means = "Ogni cambiamento delle impostazioni, senza segreti. Nessuno può modificare o cancellare questo "
            + "elenco. Quello che succede a un link è nella sua cronologia.",
        Who = "Persona",
        Everybody = "Tutti",
        Empty = "Nessun cambiamento.",
        Nothing = "niente",
        Yes = "sì",
        No = "no",
        PersonInvited = "Persona invitata",
        InvitationWithdrawn = "Invito ritirato",
        PersonJoined = "Invito accettato",
        PersonChanged = "Ruolo cambiato",
        PersonDisabled = "Persona disattivata",
        PersonEnabled = "Persona riattivata",
        KeyCreated = "Chiave API creata",
        KeyRevoked = "Chiave API revocata",
        MollieKeySet = "Chiave Mollie impostata",
        SendingChanged = "Invio modificato",
        LinksChanged = "Scadenza e promemoria modificati",
        LateMoneyChanged = "Pagamenti in ritardo modificati",
        BrandChanged = "Aspetto modificato",
        TextChanged = "Testo modificato",
        TextDeleted = "Testo tornato al nostro",
        WebhookCreated = "Webhook creato",
        WebhookChanged = "Webhook modificato",
        WebhookSecretRotated = "Segreto del webhook sostituito",
        WebhookDeleted = "Webhook eliminato",
    };

    public static AuditWords English { get; } = new()
    {
        Title = "Who did what",
        Means = "Every change to the settings, without secrets. Nobody can change or delete this list. "
            + "What happens to a link is in its timeline.",
        Who = "Person",
        Everybody = "Everybody",
        Empty = "No changes.",
        Nothing = "nothing",
        Yes = "yes",
        No = "no",
        PersonInvited = "Person invited",
        InvitationWithdrawn = "Invitation withdrawn",
        PersonJoined = "Invitation accepted",
        PersonChanged = "Role changed",
        PersonDisabled = "Person disabled",
        PersonEnabled = "Person enabled",
        KeyCreated = "API key created",
        KeyRevoked = "API key revoked",
        MollieKeySet = "Mollie key set",
        SendingChanged = "Sending changed",
        LinksChanged = "Expiry and reminders changed",
        LateMoneyChanged = "Late payments changed",
        BrandChanged = "Brand changed",
        TextChanged = "Text changed",
        TextDeleted = "Text back to ours",
        WebhookCreated = "Webhook created",
        WebhookChanged = "Webhook changed",
        WebhookSecretRotated = "Webhook’s secret replaced",
        WebhookDeleted = "Webhook deleted",
    };

    public required string Title { get; init; }
    public required string Means { get; init; }
    public required string Who { get; init; }
    public required string Everybody { get; init; }
    public required string Empty { get; init; }

    /// <summary>What a field holds that has been emptied.</summary>
    public required string Nothing { get; init; }
    public required string Yes { get; init; }
    public required string No { get; init; }
    public required string PersonInvited { get; init; }
    public required string InvitationWithdrawn { get; init; }
    public required string PersonJoined { get; init; }
    public required string PersonChanged { get; init; }
    public required string PersonDisabled { get; init; }
    public required string PersonEnabled { get; init; }
    public required string KeyCreated { get; init; }
    public required string KeyRevoked { get; init; }
    public required string MollieKeySet { get; init; }
    public required string SendingChanged { get; init; }
    public required string LinksChanged { get; init; }
    public required string LateMoneyChanged { get; init; }
    public required string BrandChanged { get; init; }
    public required string TextChanged { get; init; }
    public required string TextDeleted { get; init; }
    public required string WebhookCreated { get; init; }
    public required string WebhookChanged { get; init; }
    public required string WebhookSecretRotated { get; init; }
    public required string WebhookDeleted { get; init; }

    public string Of(string action) => action switch
    {
        AuditActions.PersonInvited => PersonInvited,
        AuditActions.InvitationWithdrawn => InvitationWithdrawn,
        AuditActions.PersonJoined => PersonJoined,
        AuditActions.PersonChanged => PersonChanged,
        AuditActions.PersonDisabled => PersonDisabled,
        AuditActions.PersonEnabled => PersonEnabled,
        AuditActions.KeyCreated => KeyCreated,
        AuditActions.KeyRevoked => KeyRevoked,
        AuditActions.MollieKeySet => MollieKeySet,
        AuditActions.SendingChanged => SendingChanged,
        AuditActions.LinksChanged => LinksChanged,
        AuditActions.LateMoneyChanged => LateMoneyChanged,
        AuditActions.BrandChanged => BrandChanged,
        AuditActions.TextChanged => TextChanged,
        AuditActions.TextDeleted => TextDeleted,
        AuditActions.WebhookCreated => WebhookCreated,
        AuditActions.WebhookChanged => WebhookChanged,
        AuditActions.WebhookSecretRotated => WebhookSecretRotated,
        AuditActions.WebhookDeleted => WebhookDeleted,
        _ => action,
    };

    /// <summary>Whom or what something was done to; a message is kept by its name in addresses.</summary>
    public static string AboutText(AuditEntry entry, ConsoleWords words) =>
        entry.Action is AuditActions.TextChanged or AuditActions.TextDeleted
        && entry.About!.Split(' ') is [var message, var language]
        && TextChoice.Read(message, language) is { } choice
            ? $"{words.Texts.NameOf(choice.Channel, choice.Kind)} ({language})"
            : entry.About!;

    /// <summary>The field as its form calls it.</summary>
    public static string FieldName(string field, ConsoleWords words) => field switch
    {
        "role" => words.People.Role,
        "mode" => words.Keys.Mode,
        "scope" => words.Keys.Scopes,
        "key" => words.Mollie.Key,
        "profileId" => words.Mollie.Profile,
        "smsSender" => words.Sending.Sender,
        "smsPerSecond" => words.Sending.SmsPerSecond,
        "smsPerDay" => words.Sending.SmsPerDay,
        "countries" => words.Sending.Countries,
        "fromName" => words.Sending.FromName,
        "replyTo" => words.Sending.ReplyTo,
        "fallbackDesk" =>
            $"{words.Sending.WhenNotDelivered}: {words.Sending.FallbackDesk} ({words.Sending.MinutesUnit})",
        "fallbackOther" =>
            $"{words.Sending.WhenNotDelivered}: {words.Sending.FallbackOther} ({words.Sending.MinutesUnit})",
        "lifetime" => words.LinkDefaults.Lifetime,
        "reminders" => $"{words.LinkDefaults.Hours} ({words.LinkDefaults.HoursUnit})",
        "afterExpiry" => words.LateMoney.AfterExpiry,
        "afterCancel" => words.LateMoney.AfterCancel,
        "logo" => words.Brand.Logo,
        "color" => words.Brand.Color,
        "address" => words.Brand.Address,
        "phone" => words.Brand.Phone,
        "privacyUrl" => words.Brand.PrivacyUrl,
        "deskCode" => words.Brand.DeskCode,
        "subject" => words.Texts.Subject,
        "body" => words.Texts.Title,
        "url" => words.Webhooks.Address,
        "events" => words.Webhooks.Events,
        "disabled" => words.Webhooks.Disabled,
        _ => field,
    };

    /// <summary>What a field held, as its form says it.</summary>
    public string Value(string field, string value, ConsoleWords words) => (field, value) switch
    {
        ("role", _) when StatusText.TryRead<StaffRole>(value, out var role) => words.RoleName(role),
        ("mode", _) => words.Keys.ModeName(value),
        ("afterExpiry" or "afterCancel", LateMoney.Keep) => words.LateMoney.Keep,
        ("afterExpiry" or "afterCancel", LateMoney.Refund) => words.LateMoney.Refund,
        ("lifetime", _) => words.Form.Lasting(XmlConvert.ToTimeSpan(value)),
        ("events", Notices.TypedEndpoint.All) => words.Webhooks.AllEvents,
        (_, AuditChange.Yes) => Yes,
        (_, AuditChange.No) => No,
        _ => value,
    };
}
