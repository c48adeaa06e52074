namespace PayLinks.Core.Texts;

/// <summary>A text message as it is sent.</summary>
/// <param name="Cut">The names of the facts that were shortened or left out for want of room.</param>
/// <param name="Longest">
/// What takes the most room in a text of more than one segment: the name of a fact, or nothing for the words between.
/// </param>
/// <param name="IsOwn">In the merchant's own words.</param>
public sealed record WrittenSms(
    string Text, SmsSize Size, IReadOnlyList<string> Cut, string? Longest, bool IsOwn = false);

/// <summary>
/// Writes one SMS: who, how much, what for, until when, and one address. What there is no room for goes, in the order
/// of its worth: the closing words first, then the purpose gives way to the reference or is shortened, and last the
/// merchant's name is. Form, settings, queue and worker write by it, so that what is shown and counted is what is sent.
/// </summary>
public sealed class SmsText
{
    /// <summary>The longest text that a merchant's own words may make.</summary>
    public const int SegmentsMax = 6;

    private const int PurposeRoomMin = 8;
    private const int MerchantRoomMin = 6;

    // The same in every language; a test must not be taken for the real thing.
    private const string Test = "TEST ";

    private readonly IReadOnlyList<TextTemplate.Part> _parts;
    private readonly string _mark;
    private readonly Dictionary<string, string> _facts;
    private readonly List<string> _shortened = [];

    // Which choice of each part is taken; one past the last means none.
    private readonly int[] _taken;

    private SmsText(TextTemplate template, MessageFacts facts, TextWords words)
    {
        _facts = facts.ForSms(words);
        _mark = facts.IsTest ? Test : "";
        _parts = [.. template.Parts.Select(part =>
            part.MayGo ? part with { Choices = [.. part.Choices.Where(choice => choice.IsKnown(_facts))] } : part)];
        _taken = new int[_parts.Count];
    }

    private IEnumerable<TextTemplate.Choice> Taken =>
        _parts.SelectMany((part, i) => part.Choices.Skip(_taken[i]).Take(1));

    /// <param name="ownWords">The merchant's template, or null for our words.</param>
    /// <returns>
    /// With our words one segment of the GSM alphabet for addresses of up to 60 characters; with the merchant's own as
    /// few as they can be written in. Words that cannot be used give way to ours.
    /// </returns>
    public static WrittenSms Write(MessageFacts facts, string? ownWords)
    {
        var words = TextWords.For(facts.Locale);
        if (ownWords is not null && TextTemplate.Parse(Gsm7.WriteSigns(ownWords)) is { } own)
        {
            var written = new SmsText(own, facts, words).Fit();
            if (written.Size.Segments <= SegmentsMax && written.Text.Length > 0
                && (!facts.Kind.Invites() || written.Text.Contains(facts.Url, StringComparison.Ordinal)))
            {
                return written with { IsOwn = true };
            }
        }

        return new SmsText(words.Sms.Of(facts.Kind), facts, words).Fit();
    }

    private WrittenSms Fit()
    {
        var size = Size();
        if (size.Segments > 1)
        {
            var goal = Goal();
            while (!Fits(goal) && DropOne(goal))
            {
            }

            _ = Fits(goal)
                || Shorten(Placeholder.Purpose, goal, PurposeRoomMin)
                || Shorten(Placeholder.Merchant, goal, MerchantRoomMin);
            PutBack(goal);
            size = Size();
        }

        return new WrittenSms(Text(), size, Cut(), size.Segments > 1 ? Longest() : null);
    }

    private string Text() => TextTemplate.Tidy(_mark + string.Concat(Taken.Select(choice => choice.Fill(_facts))));

    private SmsSize Size() => SmsSize.Of(Text());

    private bool Fits(int goal) => Size().Segments <= goal;

    // What is left when all has gone that may; to drop more than that takes would save nothing.
    private int Goal()
    {
        var least = new Dictionary<string, string>(_facts, StringComparer.Ordinal)
        {
            [Placeholder.Purpose] = Head(Placeholder.Purpose, PurposeRoomMin),
            [Placeholder.Merchant] = Head(Placeholder.Merchant, MerchantRoomMin),
        };
        var kept = _parts.Where(part => !part.MayGo).Select(part => part.Choices[0].Fill(least));
        return SmsSize.Of(TextTemplate.Tidy(_mark + string.Concat(kept))).Segments;
    }

    private string Head(string name, int length) => _facts[name][..Math.Min(length, _facts[name].Length)];

    // The last part that may go goes to its next choice; before a purpose goes altogether, its beginning may fit.
    private bool DropOne(int goal)
    {
        for (var i = _parts.Count - 1; i >= 0; i--)
        {
            var (choices, mayGo) = _parts[i];
            if (!mayGo || _taken[i] == choices.Count)
            {
                continue;
            }

            if (_taken[i] < choices.Count - 1
                || !choices[_taken[i]].Placeholders.Contains(Placeholder.Purpose)
                || !Shorten(Placeholder.Purpose, goal, PurposeRoomMin))
            {
                _taken[i]++;
            }

            return true;
        }

        return false;
    }

    /// <returns>Whether all fits now; else nothing has changed.</returns>
    private bool Shorten(string name, int goal, int roomMin)
    {
        var whole = _facts[name];
        var times = Taken.SelectMany(choice => choice.Placeholders).Count(one => one == name);
        if (times > 0)
        {
            _facts[name] = "x";
            var size = Size();
            var room = 1 + ((size.RoomIn(goal) - size.Units) / times);
            _facts[name] = room < roomMin ? "" : Gsm7.Shorten(whole, room);
            if (_facts[name].Length > 0 && Fits(goal))
            {
                _shortened.Add(name);
                return true;
            }

            _facts[name] = whole;
        }

        return false;
    }

    // What went early may fit again, now that something longer has gone.
    private void PutBack(int goal)
    {
        for (var i = 0; i < _parts.Count; i++)
        {
            var (choices, mayGo) = _parts[i];
            if (mayGo && choices.Count > 0 && _taken[i] == choices.Count)
            {
                _taken[i] = 0;
                if (!Fits(goal))
                {
                    _taken[i] = choices.Count;
                }
            }
        }
    }

    private List<string> Cut()
    {
        var said = Taken.SelectMany(choice => choice.Placeholders).ToHashSet(StringComparer.Ordinal);
        return [.. _parts.Where((part, i) => _taken[i] > 0 && part.Choices.Count > 0)
            .SelectMany(part => part.Choices[0].Placeholders)
            .Where(name => !said.Contains(name))
            .Concat(_shortened)
            .Distinct(StringComparer.Ordinal)];
    }

    private string Longest() => Taken.SelectMany(choice => choice.Pieces)
        .GroupBy(
            piece => piece.IsPlaceholder ? piece.Text : "",
            piece => (piece.IsPlaceholder ? _facts[piece.Text] : piece.Text).Length,
            StringComparer.Ordinal)
        .MaxBy(part => part.Sum())!.Key;
}
