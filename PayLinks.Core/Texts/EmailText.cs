namespace PayLinks.Core.Texts;

/// <summary>The words of an email that merchants may choose; facts, button and notes around them are ours.</summary>
/// <param name="Lead">The first paragraph.</param>
public sealed record EmailText(TextTemplate Subject, TextTemplate Lead)
{
    private const string Test = "[TEST] ";

    /// <summary>Writes them with the merchant's own words, or with ours where those cannot be used.</summary>
    /// <returns>Two texts of one line each.</returns>
    public static WrittenEmailText Write(MessageFacts facts, string? ownSubject, string? ownLead)
    {
        var words = TextWords.For(facts.Locale);
        var values = facts.ForEmail(words);
        var mark = facts.IsTest ? Test : "";
        if (ownSubject is not null && ownLead is not null
            && TextTemplate.Parse(ownSubject)?.Fill(values) is { Length: > 0 } subject
            && TextTemplate.Parse(ownLead) is { } own && own.Fill(values) is { Length: > 0 } lead)
        {
            return new WrittenEmailText(
                mark + OneLine(subject), OneLine(lead), own.Placeholders.Contains(Placeholder.Name));
        }

        var ours = words.Email.Of(facts.Kind);
        return new WrittenEmailText(mark + ours.Subject.Fill(values), ours.Lead.Fill(values), GreetsByName: false);
    }

    /// <summary>Without anything that could begin a new line: names and subjects end up in headers.</summary>
    public static string OneLine(string text) =>
        string.Concat(text.Select(c => char.IsControl(c) || c is '\u2028' or '\u2029' ? ' ' : c));
}

/// <param name="GreetsByName">The paragraph speaks to the customer by name, and needs no greeting above it.</param>
public sealed record WrittenEmailText(string Subject, string Lead, bool GreetsByName);
