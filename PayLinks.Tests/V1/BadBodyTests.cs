using System.Net;
using System.Text;

namespace PayLinks.Tests.V1;

/// <summary>
/// Whatever comes in that is no request for a link is refused with a reason, and leaves nothing behind.
/// </summary>
public sealed class BadBodyTests : ApiFixture
{
    private const string Good = """{"amount":{"value":"49.90","currency":"EUR"},"description":"Ordine 1042"}""";

    [TestCase("""{"amount":{"value":49.90,"currency":"EUR"},"description":"x"}""", "/amount/value", "wrong_type")]
    [TestCase("""{"amount":"49.90","description":"x"}""", "/amount", "wrong_type")]
    [TestCase("""{"amount":{"value":"1.00","currency":"EUR"},"description":["x"]}""", "/description", "wrong_type")]
    [TestCase("""{"amount":{"value":"1.00","currency":"EUR"},"description":"x","send":"sms"}""", "/send", "wrong_type")]
    [TestCase(
        """{"amount":{"value":"1.00","currency":"EUR"},"description":"x","send":[null]}""",
        "/send/0", "wrong_type")]
    [TestCase(
        """{"amount":{"value":"1.00","currency":"EUR"},"description":"x","metadata":{"a":{"b":1}}}""",
        "/metadata/a", "wrong_type")]
    [TestCase(
        """{"amount":{"value":"1.00","currency":"EUR"},"description":"x","metadata":{"a":null}}""",
        "/metadata/a", "wrong_type")]
    [TestCase(
        """{"amount":{"value":"1.00","currency":"EUR"},"description":"x","status":"paid"}""",
        "/status", "unknown_field")]
    [TestCase(
        """{"amount":{"value":"1.00","currency":"EUR"},"description":"x","merchantId":"x"}""",
        "/merchantId", "unknown_field")]
    [TestCase("""{"amount":{"value":"1.00","currency":"EUR"},"Description":"x"}""", "/Description", "unknown_field")]
    [TestCase(
        """{"amount":{"value":"1.00","currency":"EUR","vat":"22"},"description":"x"}""",
        "/amount/vat", "unknown_field")]
    [TestCase(
        """{"amount":{"value":"1.00","currency":"EUR"},"description":"x","description":"y"}""",
        "/description", "duplicate_field")]
    [TestCase(
        """{"amount":{"value":"1.00","value":"2.00","currency":"EUR"},"description":"x"}""",
        "/amount/value", "duplicate_field")]
    [TestCase(
        """{"amount":{"value":"1.00","currency":"EUR"},"description":"x","metadata":{"a":"1","a":"2"}}""",
        "/metadata/a", "duplicate_field")]
    [TestCase(
        """{"amount":{"value":"1.00","currency":"EUR"},"description":"\ud800"}""",
        "/description", "invalid_unicode")]
    [TestCase("""{"\ud800":1}""", "", "invalid_unicode")]
    [TestCase("[]", "", "wrong_type")]
    [TestCase("null", "", "wrong_type")]
    [TestCase("\"x\"", "", "wrong_type")]
    [TestCase("{\"4242424242424242\":1}", "", "unknown_field")]
    public async Task A_wrong_shape_is_named(string body, string pointer, string code)
    {
        var before = await RowsAsync();

        using var response = await PostRawAsync("v1/links", body);

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        var problem = await ProblemAsync(response);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(problem.Code, Is.EqualTo("invalid_body"));
            Assert.That(problem.Errors.Select(error => (error.Pointer, error.Code)), Has.Member((pointer, code)));
            Assert.That(await RowsAsync(), Is.EqualTo(before), "rows");
        }
    }

    private static IEnumerable<TestCaseData> NotJson()
    {
        var deep = string.Concat(Enumerable.Repeat("[", 10_000));
        string[] texts =
        [
            "", " ", "{", Good[..^1], Good + "x", Good[..^1] + ",}", "{\"a\":NaN}", "{'a':1}",
            "// comment\n" + Good, "{\"amount\":01}", deep, "\uFEFF" + Good, Good + Good,
        ];
        (string Name, byte[] Bytes)[] bytes =
        [
            ("broken UTF-8", [.. "{\"description\":\""u8, 0xC3, 0x28, .. "\"}"u8]),
            ("overlong UTF-8", [.. "{\"description\":\""u8, 0xC0, 0xAF, .. "\"}"u8]),
            ("UTF-16", Encoding.Unicode.GetBytes(Good)),
        ];
        return texts.Select((text, i) => (Name: $"{i}", Bytes: Encoding.UTF8.GetBytes(text))).Concat(bytes)
            .Select(body => new TestCaseData(body.Bytes).SetName($"{{m}}({body.Name})"));
    }

    [TestCaseSource(nameof(NotJson))]
    public async Task What_is_not_json_is_told_so(byte[] body)
    {
        var before = await RowsAsync();

        using var response = await PostRawAsync("v1/links", body);

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        using (Assert.EnterMultipleScope())
        {
            Assert.That((await ProblemAsync(response)).Code, Is.EqualTo("invalid_json"));
            Assert.That(await RowsAsync(), Is.EqualTo(before), "rows");
        }
    }

    [TestCase(null)]
    [TestCase("text/plain")]
    [TestCase("application/x-www-form-urlencoded")]
    [TestCase("application/json; charset=utf-16")]
    [TestCase("application/jsonp")]
    public async Task Another_media_type_is_refused(string? contentType)
    {
        using var response = await PostRawAsync("v1/links", Encoding.UTF8.GetBytes(Good), contentType);

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.UnsupportedMediaType));
        Assert.That((await ProblemAsync(response)).Code, Is.EqualTo("unsupported_media_type"));
    }

    [Test]
    public async Task A_body_of_more_than_64_kilobytes_is_refused()
    {
        var spaces = Encoding.UTF8.GetBytes(Good + new string(' ', (64 * 1024) - Good.Length));
        using var fits = await PostRawAsync("v1/links", spaces);
        Assert.That(fits.StatusCode, Is.EqualTo(HttpStatusCode.Created));

        using var response = await PostRawAsync("v1/links", [.. spaces, (byte)' ']);

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.RequestEntityTooLarge));
        Assert.That((await ProblemAsync(response)).Code, Is.EqualTo("body_too_large"));
    }

    [Test]
    public async Task All_that_is_wrong_is_told_at_once()
    {
        using var response = await PostRawAsync(
            "v1/links",
            """
            {"amount":{"value":"1","currency":"EUR"},"customer":{"phone":"x","email":"y"},"send":["z"],"expiresIn":"w"}
            """);

        Assert.That((await ProblemAsync(response)).Errors.Select(error => error.Pointer), Is.EquivalentTo(
            new[] { "/amount/value", "/description", "/customer/phone", "/customer/email", "/send/0", "/expiresIn" }));
    }

    [Test]
    public async Task A_card_number_is_neither_echoed_nor_logged_nor_stored()
    {
        const string card = "4242424242424242";
        using var response = await PostRawAsync(
            "v1/links",
            $$$"""
            {"amount":{"value":"1.00","currency":"EUR"},"description":"{{{card}}}","reference":"{{{card}}}",
             "customer":{"name":"{{{card}}}","email":"{{{card}}}@example.test"},"metadata":{"{{{card}}}":"{{{card}}}"},
             "returnUrl":"https://shop.example/?c={{{card}}}"}
            """,
            "with-a-card");

        var text = await response.Content.ReadAsStringAsync();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
            Assert.That(text, Does.Contain("card_data_not_allowed"));
            Assert.That(text, Does.Not.Contain(card));
            Assert.That(await Paylinks.Database.FindTextAsync(card), Is.Empty);
            Assert.That(Paylinks.Logs.Lines.Where(line => line.Contains(card, StringComparison.Ordinal)), Is.Empty);
        }
    }

    [Test]
    public async Task Words_are_italian_for_who_prefers_it()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "v1/links");
        request.Content = new StringContent("{}", Encoding.UTF8, "application/json");
        request.Headers.Add("Accept-Language", "de, it-IT;q=0.8, en;q=0.5");

        using var response = await Merchant.Http.SendAsync(request);

        var problem = await ProblemAsync(response);
        Assert.That(problem.Title, Is.EqualTo("Campi non validi"));
        Assert.That(problem.Errors.Select(error => error.Detail), Has.Member("Campo obbligatorio."));
    }
}
