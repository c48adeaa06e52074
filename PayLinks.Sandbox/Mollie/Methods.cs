using System.Text.Json.Nodes;
using PayLinks.Sandbox.Books;

namespace PayLinks.Sandbox.Mollie;

/// <summary>Lists the ways to pay that take the amount asked about.</summary>
internal static class ListMethods
{
    public static Answer Handle(HttpContext http, SandboxOptions options)
    {
        var query = http.Request.Query;
        var locale = query["locale"].ToString();
        if (locale.Length > 0 && !PaymentInput.Locales.Contains(locale))
        {
            return MollieError.BadRequest("Invalid locale", "locale");
        }

        Amount? amount = null;
        if (query.ContainsKey("amount[value]") || query.ContainsKey("amount[currency]"))
        {
            if (!Amount.TryParse(
                query["amount[value]"].ToString(), query["amount[currency]"].ToString(), out var parsed))
            {
                return MollieError.BadRequest("The amount contains an invalid value", "amount");
            }

            amount = parsed;
        }

        var wallets = query["includeWallets"].ToString().Split(',');
        if (wallets is not [""] && !wallets.All(wallet => wallet is "applepay" or "googlepay"))
        {
            return MollieError.BadRequest("Invalid wallet", "includeWallets");
        }

        var origin = http.PublicUrl(options);
        var methods = PaymentMethods.Enabled
            .Where(method => !method.IsWallet || wallets.Contains(method.Id))
            .Where(method => amount is not { } asked || method.Takes(asked))
            .Select(method => PaymentMethods.Write(method, locale, origin, amount?.Currency ?? "EUR"))
            .ToArray<JsonNode>();
        return Hal.Ok(new JsonObject
        {
            ["count"] = methods.Length,
            ["_embedded"] = new JsonObject { ["methods"] = new JsonArray(methods) },
            ["_links"] = new JsonObject
            {
                ["self"] = Hal.Link($"{origin}/v2/methods"),
                ["documentation"] = Hal.Documentation("reference/list-methods"),
            },
        });
    }
}

/// <summary>Shows one way to pay.</summary>
internal static class GetMethod
{
    public static Answer Handle(string id, HttpContext http, SandboxOptions options)
    {
        if (PaymentMethods.Enabled.FirstOrDefault(method => method.Id == id) is { } enabled)
        {
            return Hal.Ok(
                PaymentMethods.Write(enabled, http.Request.Query["locale"].ToString(), http.PublicUrl(options)));
        }

        return PaymentMethods.IsKnown(id)
            ? MollieError.Forbidden($"The payment method {id} is not activated for this profile.")
            : MollieError.NotFound("payment method", id);
    }
}

/// <summary>Shows the profile of the API key.</summary>
internal static class GetProfile
{
    public static Answer Handle(HttpContext http, SandboxOptions options)
    {
        var origin = http.PublicUrl(options);
        return Hal.Ok(new JsonObject
        {
            ["resource"] = "profile",
            ["id"] = http.Profile,
            ["mode"] = http.Mode,
            ["name"] = "Sandbox shop",
            ["website"] = "https://shop.example.test",
            ["email"] = "shop@example.test",
            ["phone"] = "+390200000000",
            ["businessCategory"] = "OTHER_MERCHANDISE",
            ["status"] = "verified",
            ["createdAt"] = "2024-01-01T00:00:00+00:00",
            ["_links"] = new JsonObject
            {
                ["self"] = Hal.Link($"{origin}/v2/profiles/{http.Profile}"),
                ["dashboard"] = Hal.Link($"{origin}/", "text/html"),
                ["chargebacks"] = Hal.Link($"{origin}/v2/chargebacks"),
                ["methods"] = Hal.Link($"{origin}/v2/methods"),
                ["payments"] = Hal.Link($"{origin}/v2/payments"),
                ["refunds"] = Hal.Link($"{origin}/v2/refunds"),
                ["checkoutPreviewUrl"] = Hal.Link($"{origin}/", "text/html"),
                ["documentation"] = Hal.Documentation("reference/get-current-profile"),
            },
        });
    }
}
