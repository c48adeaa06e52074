using System.Text;
using PayLinks.Tests.Infrastructure;

namespace PayLinks.Tests.Takings;

/// <summary>A table as a strict reader of RFC 4180 sees it.</summary>
public sealed record Csv(IReadOnlyList<string> Headings, IReadOnlyList<IReadOnlyList<string>> Rows)
{
    public string Cell(int row, string heading) => Rows[row][ColumnOf(heading)];

    public IEnumerable<string> Column(string heading) => Rows.Select(row => row[ColumnOf(heading)]);

    /// <summary>Reads what a browser was sent, which takes the mark off what it reads as text.</summary>
    public static Csv Of(SeenPage download) =>
        Parse([.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(download.Html)]);

    /// <summary>Reads what was downloaded; it must begin with the mark of UTF-8 and end its lines with CR LF.</summary>
    public static Csv Parse(byte[] bytes)
    {
        Assert.That(bytes.Take(3), Is.EqualTo(Encoding.UTF8.Preamble.ToArray()), "the mark of UTF-8");
        var text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes.AsSpan(3));
        var rows = new List<IReadOnlyList<string>>();
        for (var at = 0; at < text.Length;)
        {
            rows.Add(ReadRow(text, ref at));
        }

        Assert.That(rows.Select(row => row.Count), Is.All.EqualTo(rows[0].Count), "every row is as long as the first");
        return new Csv(rows[0], rows[1..]);
    }

    private static List<string> ReadRow(string text, ref int at)
    {
        var row = new List<string>();
        while (true)
        {
            row.Add(ReadCell(text, ref at));
            if (text[at] == ',')
            {
                at++;
                continue;
            }

            Assert.That(text.Substring(at, 2), Is.EqualTo("\r\n"), $"the end of the row after '{row[^1]}'");
            at += 2;
            return row;
        }
    }

    private static string ReadCell(string text, ref int at)
    {
        if (text[at] != '"')
        {
            var end = text.IndexOfAny([',', '\r', '\n', '"'], at);
            var plain = text[at..end];
            at = end;
            return plain;
        }

        var cell = new StringBuilder();
        for (at++; ; at++)
        {
            if (text[at] != '"')
            {
                cell.Append(text[at]);
            }
            else if (text[at + 1] == '"')
            {
                cell.Append('"');
                at++;
            }
            else
            {
                at++;
                return cell.ToString();
            }
        }
    }

    private int ColumnOf(string heading) => Headings.ToList().IndexOf(heading);
}
