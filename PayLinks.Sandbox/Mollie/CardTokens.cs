using System.Text.Json;
using System.Text.Json.Nodes;
using PayLinks.Sandbox.Books;

namespace PayLinks.Sandbox.Mollie;

/// <summary>Turns a card into a token. The number ends here: it is neither kept nor logged.</summary>
internal static class CardTokens
{
    /// <summary>Makes a token; test tokens end in <c>test</c>, as Mollie's do.</summary>
    public static string Make(Card card, Ledger books, SandboxClock clock)
    {
        var token = new CardToken(Ids.New("tkn_", 10) + "test", card, clock.Now, UsedBy: null);
        books.Do(b => b.CardTokens.Put(token));
        return token.Token;
    }

    /// <summary>What the card fields post from their iframe: a token, or the field that is wrong.</summary>
    public static async Task<Answer> HandleAsync(HttpContext http, Ledger books, SandboxClock clock)
    {
        JsonObject? fields;
        try
        {
            fields = JsonNode.Parse(await http.ReadBodyAsync()) as JsonObject;
        }
        catch (JsonException)
        {
            fields = null;
        }

        string Field(string name) => fields?[name].AsString() ?? "";
        var (card, wrongField) = TestCards.Read(
            Field("cardNumber"), Field("expiryDate"), Field("verificationCode"), Field("cardHolder"), clock.Now);
        return card is null
            ? Answer.Json(422, new JsonObject { ["field"] = wrongField })
            : Answer.Json(201, new JsonObject { ["token"] = Make(card, books, clock) });
    }
}
