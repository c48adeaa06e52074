using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace PayLinks.Tests.V1;

/// <summary>
/// A field that is not right is refused with a reason and its place, and leaves nothing behind.
/// </summary>
public sealed class BadFieldTests : ApiFixture
{
    private const string Good = """{"amount":{"value":"49.90","currency":"EUR"},"description":"Ordine 1042"}""";

    private static IEnumerable<TestCaseData> WrongFields()
    {
        foreach (var (field, code, values) in Table())
        {
            for (var i = 0; i < values.Length; i++)
            {
                yield return new TestCaseData(field, code, values[i])
                    .SetName($"{{m}}({field}, {code}, {i})");
            }
        }
    }

    // Field by its pointer, the code, and the values (as JSON) that are refused with it.
    private static IEnumerable<(string Field, string Code, string[] Values)> Table() =>
    [
        ("/amount/value", "required", ["\"\"", "null", "\" \""]),
        ("/amount/value", "amount_invalid",
            ["\"1,10\"", "\"1e3\"", "\"+1.00\"", "\"01.00\"", "\".50\"", "\"5.\"", "\"1 000.00\"", "\"٤.٠٠\"",
                "\"€5.00\"", "\"0x10\"", "\"NaN\"", "\"1.0.0\"", "\"--1.00\""]),
        ("/amount/value", "amount_not_positive", ["\"0.00\"", "\"-1.00\"", "\"0\"", "\"-0.00\""]),
        ("/amount/value", "amount_decimals", ["\"1.1\"", "\"1\"", "\"0.001\"", "\"1.100\""]),
        ("/amount/value", "amount_too_large",
            ["\"1000000.00\"", "\"21474836.48\"", "\"92233720368547758.08\"",
                "\"1000000000000000000000000000000.00\""]),
        ("/amount/currency", "currency_unknown", ["\"eur\"", "\"XTS\"", "\"€\"", "\"EURO\"", "\" EUR\""]),
        ("/amount/currency", "required", ["null", "\"\""]),
        ("/description", "required", ["null", "\"\"", "\"   \""]),
        ("/description", "too_long", [$"\"{new string('a', 256)}\"", $"\"{new string('a', 10_000)}\""]),
        ("/description", "control_characters",
            ["\"a\\r\\nb\"", "\"a\\u0000\"", "\"a\\tb\"", "\"a\\u2028b\"", "\"\\u009b1m\""]),
        ("/description", "invisible_characters",
            ["\"gnp\\u202ejpg\"", "\"pay\\u200bpal\"", "\"a\\ufeffb\"", "\"a\\u200db\"", "\"\\u2066a\""]),
        ("/description", "card_data_not_allowed",
            ["\"4242 4242 4242 4242\"", "\"carta 4111-1111-1111-1111 grazie\"",
                "\"4242\\u00a04242\\u00a04242\\u00a04242\"", "\"４２４２４２４２４２４２４２４２\"",
                "\"378282246310005\"", "\"4222222222222\"", "\"1042 4242 4242 4242 4242\""]),
        ("/reference", "too_long", [$"\"{new string('1', 65)}\""]),
        ("/reference", "card_data_not_allowed", ["\"5555555555554444\""]),
        ("/customer/name", "too_long", [$"\"{new string('n', 101)}\""]),
        ("/customer/name", "card_data_not_allowed", ["\"Anna 4000 0566 5566 5556\""]),
        ("/customer/name", "control_characters", ["\"Anna\\nBcc: x\""]),
        ("/customer/phone", "phone_invalid",
            ["\"12345\"", "\"+0039347\"", "\"3471234567890123\"", "\"347 CALL ME\"", "\"３４７１２３４５６７\"",
                "\"tel:+393471234567\"", "\"+39 347 123 4567 ext 5\"", "\"+999 123 456 789\""]),
        ("/customer/phone", "phone_not_allowed",
            ["\"+39 899 123 456\"", "\"+881 6 1234 5678\"", "\"+882 16 12 34 567\""]),
        ("/customer/email", "email_invalid",
            ["\"anna\"", "\"anna@localhost\"", "\"a@b@example.test\"", "\"a@example.test,b@example.test\"",
                "\"\\\"an na\\\"@example.test\"", "\"a@example.test\\r\\nBcc: b@example.test\"",
                "\"Anna <a@example.test>\"",
                "\"a@-example.test\"", "\"a..b@example.test\"", "\"à@example.test\"",
                $"\"{new string('a', 65)}@example.test\"",
                $"\"a@{string.Concat(Enumerable.Repeat("abcdefghi.", 32))}test\"", "\"a@[127.0.0.1]\""]),
        ("/customer/locale", "locale_unknown", ["\"xx-XX\"", "\"it_IT\"", "\"../it\"", "\"en-IT\""]),
        ("/send/0", "channel_unknown", ["[\"pigeon\"]", "[\"SMS\"]", "[\"\"]"]),
        ("/send/1", "duplicate_value", ["[\"sms\",\"sms\"]"]),
        ("/customer/phone", "required", ["{\"send\":[\"sms\"]}"]),
        ("/customer/email", "required", ["{\"send\":[\"email\"]}"]),
        ("/customer/phone", "landline", ["{\"send\":[\"sms\"],\"customer\":{\"phone\":\"06 1234 5678\"}}"]),
        ("/expiresIn", "duration_invalid",
            ["\"3 days\"", "\"P\"", "\"PT\"", "\"P-1D\"", "\"-P1D\"", "\"P1.5D\"", "\"P0D\"", "\"1D\"", "\"P1DT\"",
                "\"p3d\"", "\"P9999999999D\""]),
        ("/expiresIn", "expiry_too_soon", ["\"PT4M59S\"", "\"PT1S\""]),
        ("/expiresIn", "expiry_too_late",
            ["\"P1Y1D\"", "\"P13M\"", "\"P999999Y\"", "\"P999999D\"", "\"PT999999H999999M\""]),
        ("/expiresAt", "time_invalid",
            ["\"2030-01-01\"", "\"2030-01-01T10:00:00\"", "\"2030-02-30T10:00:00Z\"", "\"2030-01-01T24:00:00Z\"",
                "\"2030-W01-1T10:00:00Z\"", "\"2030-01-01T10:00:60Z\"", "\"1893456000\"", "\"domani\"",
                "\"2030-01-01T10:00:00+25:00\""]),
        ("/expiresAt", "expiry_too_soon", ["\"2020-01-01T10:00:00Z\""]),
        ("/expiresAt", "expiry_too_late", ["\"9999-12-31T23:59:59Z\""]),
        ("/expiresAt", "expiry_ambiguous", ["{\"expiresIn\":\"P1D\",\"expiresAt\":\"2030-01-01T10:00:00Z\"}"]),
        ("/returnUrl", "url_invalid",
            ["\"http://shop.example/\"", "\"javascript:alert(1)\"", "\"//evil.example\"", "\"https://\"",
                "\"https://u:p@shop.example\"",
                "\"https:\\\\\\\\shop.example\"", "\"https://shop.example/\\u0009x\"", "\"/thanks\"",
                "\"https://a b.example\""]),
        ("/returnUrl", "too_long", [$"\"https://shop.example/{new string('a', 2000)}\""]),
        ("/metadata", "too_many",
            [JsonSerializer.Serialize(Enumerable.Range(0, 21).ToDictionary(i => $"k{i}", _ => "v"))]),
        ("/metadata", "too_long", [$"{{\"{new string('k', 41)}\":\"v\"}}"]),
        ("/metadata", "required", ["{\"\":\"v\"}"]),
        ("/metadata", "card_data_not_allowed", ["{\"4242424242424242\":\"v\"}"]),
        ("/metadata/a~1b", "card_data_not_allowed", ["{\"a/b\":\"4242424242424242\"}"]),
        ("/metadata/cart", "too_long", [$"{{\"cart\":\"{new string('v', 501)}\"}}"]),
        ("/metadata/cart", "control_characters", ["{\"cart\":\"a\\nb\"}"]),
    ];

    [TestCaseSource(nameof(WrongFields))]
    public async Task A_wrong_field_is_named(string pointer, string code, string value)
    {
        var before = await RowsAsync();

        using var response = await PostRawAsync("v1/links", Put(pointer, value), "key-of-a-refused-request");

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
        var problem = await ProblemAsync(response);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(problem.Errors.Select(error => (error.Pointer, error.Code)), Has.Member((pointer, code)));
            Assert.That(problem.Code, Is.EqualTo(code == "card_data_not_allowed" ? code : "invalid_fields"));
            Assert.That(await RowsAsync(), Is.EqualTo(before), "rows");
        }
    }

    // Puts the value at the pointer of a good body; an object for a field that is not one stands for the body's own
    // members.
    private static string Put(string pointer, string value)
    {
        var body = JsonNode.Parse(Good)!.AsObject();
        var node = JsonNode.Parse(value);
        if (node is JsonObject members && !pointer.StartsWith("/metadata", StringComparison.Ordinal))
        {
            foreach (var (name, member) in members)
            {
                body[name] = member?.DeepClone();
            }

            return body.ToJsonString();
        }

        var path = pointer.Split('/')[1..];
        if (path[0] is "metadata" or "send")
        {
            body[path[0]] = node;
            return AddAddresses(body);
        }

        var parent = path.Length == 2 ? body[path[0]] ??= new JsonObject() : body;
        parent[path[^1]] = node;
        return body.ToJsonString();
    }

    private static string AddAddresses(JsonObject body)
    {
        body["customer"] = new JsonObject { ["phone"] = "347 123 4567", ["email"] = "anna@example.test" };
        return body.ToJsonString();
    }
}
