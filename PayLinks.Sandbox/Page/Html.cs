using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;

namespace PayLinks.Sandbox.Page;

/// <summary>
/// HTML from an interpolated string: whatever is put into a hole is encoded, unless it is HTML itself.
/// </summary>
[InterpolatedStringHandler]
internal readonly struct Html
{
    private readonly StringBuilder _text;

    public Html(int literalLength, int formattedCount) =>
        _text = new StringBuilder(literalLength + formattedCount * 16);

    public static Html Empty => $"";

    public void AppendLiteral(string value) => _text.Append(value);

    public void AppendFormatted(string? value) => _text.Append(HtmlEncoder.Default.Encode(value ?? ""));

    public void AppendFormatted(int value) => _text.Append(value);

    public void AppendFormatted(Html value) => _text.Append(value._text);

    public void AppendFormatted(IEnumerable<Html> values)
    {
        foreach (var value in values)
        {
            _text.Append(value._text);
        }
    }

    public override string ToString() => _text.ToString();
}
