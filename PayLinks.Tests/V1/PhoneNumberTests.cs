using System.Net;
using System.Text;
using System.Text.Json;
using PayLinks.Tests.Infrastructure;

namespace PayLinks.Tests.V1;

/// <summary>A number can be looked up before anything is sent to it.</summary>
public sealed class PhoneNumberTests : ApiFixture
{
    private const string Path = "v1/phone-numbers/check";

    [TestCase("347 123 4567", null, "+393471234567 mobile IT [+39 347 123 4567] sms allowed")]
    [TestCase("0039 347-1234567", null, "+393471234567 mobile IT [+39 347 123 4567] sms allowed")]
    [TestCase("347 123 456", null, "+39347123456 mobile IT [+39 347 123 456] sms allowed short_italian_mobile")]
    [TestCase("06 1234 5678", null, "+390612345678 landline IT [+39 06 1234 5678] allowed")]
    [TestCase("06 6982 1234", null, "+390669821234 landline VA [+39 06 6982 1234]")]
    [TestCase("1512 3456789", "DE", "+4915123456789 mobile DE [+49 1512 3456789] sms")]
    [TestCase("+1 202 555 0123", null, "+12025550123 landline_or_mobile US [+1 202-555-0123] sms")]
    [TestCase("899 123456", null, "+39899123456 premium_rate IT [+39 899 123 456]")]
    [TestCase("800 123456", null, "+39800123456 toll_free IT [+39 800 123 456] allowed")]
    [TestCase("+881 6 1234 5678", null, "+881612345678 global - [+881 6 123 45678]")]
    public async Task A_number_is_read_typed_and_judged(string number, string? country, string expected)
    {
        using var response = await Merchant.PostAsync(Path, new { number, country });
        var text = await response.Content.ReadAsStringAsync();
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK), text);
        using var answer = JsonDocument.Parse(text);
        var found = answer.RootElement;

        string?[] words =
        [
            found.GetProperty("number").GetString(), found.GetProperty("type").GetString(),
            found.GetProperty("country").GetString() ?? "-", $"[{found.GetProperty("grouped").GetString()}]",
            found.GetProperty("canReceiveSms").GetBoolean() ? "sms" : null,
            found.GetProperty("allowed").GetBoolean() ? "allowed" : null,
            .. found.GetProperty("warnings").EnumerateArray().Select(warning => warning.GetString()),
        ];
        Assert.That(string.Join(' ', words.OfType<string>()), Is.EqualTo(expected));
        Assert.That(found.GetProperty("optedOut").GetBoolean(), Is.False);
    }

    [Test]
    public async Task Who_asked_not_to_be_texted_is_known_until_they_change_their_mind()
    {
        await Paylinks.Database.ExecuteAsync(
            """
            insert into opt_out (merchant_id, channel, recipient, source, opted_out_at)
            values (@MerchantId, 'sms', '+393330000001', 'reply', now())
            """,
            new { Paylinks.MerchantId });
        using var neighbour = await AddKeyAsync(isOfAnotherMerchant: true);

        Assert.That(await IsOptedOutAsync(Merchant), Is.True);
        Assert.That(await IsOptedOutAsync(neighbour), Is.False);
        await Paylinks.Database.ExecuteAsync("update opt_out set opted_in_at = now()");
        Assert.That(await IsOptedOutAsync(Merchant), Is.False);
    }

    [TestCase("{}", 422, "/number", "required")]
    [TestCase("""{"number":" "}""", 422, "/number", "required")]
    [TestCase("""{"number":"12"}""", 422, "/number", "phone_invalid")]
    [TestCase("""{"number":"347 123 45678901"}""", 422, "/number", "phone_invalid")]
    [TestCase("""{"number":"1-800-FLOWERS"}""", 422, "/number", "phone_invalid")]
    [TestCase("""{"number":"٣٤٧١٢٣٤٥٦٧"}""", 422, "/number", "phone_invalid")]
    [TestCase("""{"number":"347 123 4567","country":"it"}""", 422, "/country", "country_unknown")]
    [TestCase("""{"number":"347 123 4567","country":"XX"}""", 422, "/country", "country_unknown")]
    [TestCase("""{"number":3471234567}""", 400, "/number", "wrong_type")]
    [TestCase("""{"number":"347 123 4567","to":"x"}""", 400, "/to", "unknown_field")]
    public async Task What_is_no_number_is_refused(string body, int status, string pointer, string code)
    {
        using var response = await PostRawAsync(Path, Encoding.UTF8.GetBytes(body));

        Assert.That((int)response.StatusCode, Is.EqualTo(status));
        Assert.That((await ProblemAsync(response)).Errors.Select(error => (error.Pointer, error.Code)),
            Is.EqualTo(new[] { (pointer, code) }));
    }

    [Test]
    public async Task Looking_up_changes_nothing_and_takes_a_key_that_may_read()
    {
        var rows = await RowsAsync();
        using var writer = await AddKeyAsync(scopes: ["links:write"]);
        using var reader = await AddKeyAsync(scopes: ["links:read"]);

        using var refused = await writer.PostAsync(Path, new { number = "347 123 4567" });
        using var answered = await reader.PostAsync(Path, new { number = "347 123 4567" });

        Assert.That(refused.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That(answered.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(await RowsAsync(), Is.EqualTo(rows));
    }

    private static async Task<bool> IsOptedOutAsync(Merchant caller)
    {
        using var response = await caller.PostAsync(Path, new { number = "333 000 0001" });
        using var answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        return answer.RootElement.GetProperty("optedOut").GetBoolean();
    }
}
