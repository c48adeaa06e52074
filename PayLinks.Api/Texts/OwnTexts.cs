using Dapper;
using PayLinks.Api.Links;
using PayLinks.Core.Database;
using PayLinks.Core.Messages;
using PayLinks.Core.Texts;

namespace PayLinks.Api.Texts;

/// <summary>A message in one language, whose words can be chosen.</summary>
public sealed record TextChoice(MessageChannel Channel, TextKind Kind, string Language)
{
    /// <summary>All messages that there are; the desk's own wording is spoken on the phone, and is an SMS.</summary>
    public static IEnumerable<(MessageChannel Channel, TextKind Kind)> Messages { get; } =
        [.. from channel in Enum.GetValues<MessageChannel>()
            from kind in Enum.GetValues<TextKind>()
            where kind != TextKind.Desk || channel == MessageChannel.Sms
            select (channel, kind)];

    /// <summary>As forms and addresses spell it: <c>sms-link</c>.</summary>
    public string Message => NameOf(Channel, Kind);

    public static string NameOf(MessageChannel channel, TextKind kind) => $"{channel.ToText()}-{kind.ToText()}";

    /// <summary>Like <c>sms-link it</c>, as the log of changes keeps it.</summary>
    public override string ToString() => $"{Message} {Language}";

    /// <summary>Null when there is no such message or language.</summary>
    public static TextChoice? Read(string? message, string? language) =>
        TextWords.All.Any(words => words.Language == language)
            && Messages.Where(one => NameOf(one.Channel, one.Kind) == message).Take(1).ToList() is [var (channel, kind)]
            ? new TextChoice(channel, kind, language!)
            : null;
}

/// <summary>A merchant's own words for a message.</summary>
public sealed record OwnText(string? Subject, string Body, DateTimeOffset ChangedAt, string ChangedBy);

internal static class OwnTexts
{
    private const string ReadSql =
        """
        select subject, body, changed_at, changed_by from text_template
        where merchant_id = paylinks_merchant() and channel = @Channel and purpose = @Kind and language = @Language
        """;

    private const string SaveSql =
        """
        insert into text_template (merchant_id, channel, purpose, language, subject, body, changed_at, changed_by)
        values (paylinks_merchant(), @Channel, @Kind, @Language, @subject, @body, paylinks_now(), @Name)
        on conflict (merchant_id, channel, purpose, language) do update
        set subject = excluded.subject, body = excluded.body, changed_at = excluded.changed_at,
            changed_by = excluded.changed_by
        """;

    private const string DeleteSql =
        """
        delete from text_template
        where merchant_id = paylinks_merchant() and channel = @Channel and purpose = @Kind and language = @Language
        """;

    extension(MerchantTransaction transaction)
    {
        public Task<OwnText?> FindOwnTextAsync(TextChoice choice) =>
            transaction.Connection.QuerySingleOrDefaultAsync<OwnText>(ReadSql, Key(choice));

        public Task SaveOwnTextAsync(TextChoice choice, string? subject, string body, Actor actor) =>
            transaction.Connection.ExecuteAsync(SaveSql, new
            {
                Channel = choice.Channel.ToText(),
                Kind = choice.Kind.ToText(),
                choice.Language,
                subject,
                body,
                actor.Name,
            });

        /// <summary>From now on our words are sent again.</summary>
        public Task DeleteOwnTextAsync(TextChoice choice) =>
            transaction.Connection.ExecuteAsync(DeleteSql, Key(choice));
    }

    private static object Key(TextChoice choice) =>
        new { Channel = choice.Channel.ToText(), Kind = choice.Kind.ToText(), choice.Language };
}
