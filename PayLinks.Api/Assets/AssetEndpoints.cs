using System.Runtime.CompilerServices;
using Microsoft.Net.Http.Headers;
using PayLinks.Api.Security;

namespace PayLinks.Api.Assets;

internal static class AssetEndpoints
{
    private static readonly string[] GetAndHead = [HttpMethods.Get, HttpMethods.Head];

    /// <summary>
    /// Serves what lies under <c>Assets/</c>, at the addresses of <see cref="Asset.Url"/> and no others.
    /// </summary>
    public static IEndpointRouteBuilder MapAssets(this IEndpointRouteBuilder routes)
    {
        // Reads and compresses now, not while the first visitor waits.
        RuntimeHelpers.RunClassConstructor(typeof(Asset).TypeHandle);
        routes.MapMethods("/assets/{**fileName}", GetAndHead, SendAsync).ExcludeFromDescription();
        return routes;
    }

    private static Task SendAsync(string fileName, HttpContext context)
    {
        if (Asset.Find(fileName) is not { } asset)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        }

        var response = context.Response;
        var body = Choose(asset, context.Request.GetTypedHeaders().AcceptEncoding, out var encoding);
        response.ContentType = asset.ContentType;
        response.ContentLength = body.Length;
        response.Headers.CacheControl = "public, max-age=31536000, immutable";
        response.Headers.ContentSecurityPolicy = ContentPolicy.Nothing;
        response.Headers.Vary = HeaderNames.AcceptEncoding;
        if (encoding is not null)
        {
            response.Headers.ContentEncoding = encoding;
        }

        return HttpMethods.IsHead(context.Request.Method)
            ? Task.CompletedTask
            : response.Body.WriteAsync(body, context.RequestAborted).AsTask();
    }

    private static byte[] Choose(Asset asset, IList<StringWithQualityHeaderValue> accepted, out string? encoding)
    {
        bool Accepts(string name) => accepted.Any(candidate => candidate.Quality is not 0 && candidate.Value == name);

        encoding = Accepts("br") ? "br" : Accepts("gzip") ? "gzip" : null;
        return encoding switch
        {
            "br" => asset.Brotli,
            "gzip" => asset.Gzip,
            _ => asset.Plain,
        };
    }
}
