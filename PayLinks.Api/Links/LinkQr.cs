using QRCoder;

namespace PayLinks.Api.Links;

/// <summary>
/// The link's address as a QR code. In upper case, which codes smaller and reads the same; level M; four modules of
/// quiet zone.
/// </summary>
public static class LinkQr
{
    private const int PixelsPerModule = 10;

    public static string Svg(string url)
    {
        using var code = Encode(url);
        using var svg = new SvgQRCode(code);
        return svg.GetGraphic(
            PixelsPerModule, "#000000", "#ffffff", drawQuietZones: true, SvgQRCode.SizingMode.ViewBoxAttribute);
    }

    public static byte[] Png(string url)
    {
        using var code = Encode(url);
        using var png = new PngByteQRCode(code);
        return png.GetGraphic(PixelsPerModule, drawQuietZones: true);
    }

    internal static QRCodeData Encode(string url) =>
        QRCodeGenerator.GenerateQrCode(url.ToUpperInvariant(), QRCodeGenerator.ECCLevel.M);
}
