using System.Net;
using System.Net.Http.Headers;
using System.Text;
using PayLinks.Core;
using PayLinks.Tests.Infrastructure;

namespace PayLinks.Tests.Batches;

/// <summary>The form that takes a file, as a browser posts it.</summary>
internal static class BatchForm
{
    public const string Path = "/links/batch";

    /// <summary>Chooses a file in the form and posts it.</summary>
    public static async Task<SeenPage> PostFileAsync(this Customer browser, byte[] file, string name = "ordini.csv") =>
        await browser.PostFileAsync(await browser.OpenAsync(Path), file, name);

    public static async Task<SeenPage> PostFileAsync(
        this Customer browser, SeenPage form, byte[] file, string name = "ordini.csv")
    {
        var content = new MultipartFormDataContent();
        foreach (var (field, value) in form.FormTo(Path).Hidden)
        {
            content.Add(new StringContent(value), field);
        }

        var part = new ByteArrayContent(file);
        part.Headers.ContentType = new MediaTypeHeaderValue("text/csv");
        content.Add(part, "file", name);
        var request = new HttpRequestMessage(HttpMethod.Post, Path) { Content = content };
        request.Headers.Add("Sec-Fetch-Site", "same-origin");
        return await browser.SendAsync(request);
    }

    /// <summary>Posts a good file and opens what was found in it.</summary>
    public static async Task<SeenPage> CheckAsync(this Customer browser, string file)
    {
        var answer = await browser.PostFileAsync(Encoding.UTF8.GetBytes(file));
        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.SeeOther), answer.Words);
        return await browser.OpenAsync(answer.Location!.ToString());
    }

    public static async Task ConfirmAsync(this Customer browser, SeenPage batch)
    {
        var answer = await browser.SubmitAsync(batch, "/confirm");
        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.SeeOther), answer.Words);
    }

    /// <summary>Confirms what was found, and waits until nothing is left to do.</summary>
    /// <returns>The batch's page then.</returns>
    public static async Task<SeenPage> MakeAsync(this Customer browser, TestSystem paylinks, SeenPage batch)
    {
        await browser.ConfirmAsync(batch);
        await paylinks.FinishedAsync(IdOf(batch));
        return await browser.OpenAsync(batch.Url.AbsolutePath);
    }

    public static Task FinishedAsync(this TestSystem paylinks, Guid batch) => Eventually.IsTrueAsync(
        () => paylinks.Database.ReadAsync<bool>(
            "select finished_at is not null from batch where id = @batch", new { batch }),
        "the batch is finished", TimeSpan.FromSeconds(30));

    public static Guid IdOf(SeenPage batch) =>
        PublicId.TryParse(PublicId.Batch, batch.Url.AbsolutePath.Split('/')[^1], out var id)
            ? id
            : throw new AssertionException($"{batch.Url} is no batch's page.");
}
