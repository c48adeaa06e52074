using PayLinks.Sandbox.Books;
using PayLinks.Sandbox.Control;
using PayLinks.Sandbox.Page;

namespace PayLinks.Sandbox.Mollie;

internal static class MollieEndpoints
{
    public static void MapMollie(this WebApplication app)
    {
        var services = app.Services;
        var api = app.MapGroup("/v2")
            .AddEndpointFilter(new MollieKeyFilter(services.GetRequiredService<SandboxOptions>()))
            .AddEndpointFilter(new FaultFilter(services.GetRequiredService<Faults>(), MollieError.Outage))
            .AddEndpointFilter(new IdempotencyFilter(
                services.GetRequiredService<Ledger>(), services.GetRequiredService<SandboxClock>()));

        api.MapPost("/payments", CreatePayment.HandleAsync).Is("createPayment");
        api.MapGet("/payments", ListPayments.Handle).Is("listPayments");
        api.MapGet("/payments/{id}", GetPayment.Handle).Is("getPayment");
        api.MapPatch("/payments/{id}", UpdatePayment.HandleAsync).Is("updatePayment");
        api.MapDelete("/payments/{id}", CancelPayment.Handle).Is("cancelPayment");

        api.MapPost("/payments/{id}/refunds", CreateRefund.HandleAsync).Is("createRefund");
        api.MapGet("/payments/{id}/refunds", (string id, HttpContext http, Ledger books, SandboxOptions options) =>
            ListMoneyBack.Refunds(http, books, options, id)).Is("listRefunds");
        api.MapGet("/payments/{id}/refunds/{refundId}", GetRefund.Handle).Is("getRefund");
        api.MapDelete("/payments/{id}/refunds/{refundId}", CancelRefund.Handle).Is("cancelRefund");
        api.MapGet("/refunds", (HttpContext http, Ledger books, SandboxOptions options) =>
            ListMoneyBack.Refunds(http, books, options)).Is("listRefunds");

        api.MapGet("/payments/{id}/chargebacks", (string id, HttpContext http, Ledger books, SandboxOptions options) =>
            ListMoneyBack.Chargebacks(http, books, options, id)).Is("listChargebacks");
        api.MapGet("/payments/{id}/chargebacks/{chargebackId}", GetChargeback.Handle).Is("listChargebacks");
        api.MapGet("/chargebacks", (HttpContext http, Ledger books, SandboxOptions options) =>
            ListMoneyBack.Chargebacks(http, books, options)).Is("listChargebacks");

        api.MapGet("/methods", ListMethods.Handle).Is("listMethods");
        api.MapGet("/methods/{id}", GetMethod.Handle).Is("listMethods");
        api.MapGet("/profiles/me", GetProfile.Handle).Is("getProfile");
        api.MapFallback((HttpContext http) => MollieError.NotFound("resource", http.Request.Path));
    }

    /// <summary>What browsers see of Mollie: its script, the card fields, the checkout and the bank.</summary>
    public static void MapMolliePages(this WebApplication app)
    {
        app.MapGet("/v1/mollie.js", (SandboxOptions options) => Assets.MollieScript(options.ScriptBytes));
        app.MapGet("/mollie/component/{component}", CardFields.Handle);
        app.MapPost("/mollie/card-tokens", CardTokens.HandleAsync);
        app.MapGet("/mollie/checkout/{id}", CheckoutPage.Show);
        app.MapPost("/mollie/checkout/{id}", CheckoutPage.ChooseAsync);
        app.MapGet("/mollie/authenticate/{id}", AuthenticatePage.Show);
        app.MapPost("/mollie/authenticate/{id}", AuthenticatePage.AnswerAsync);
    }

    private static void Is(this RouteHandlerBuilder endpoint, string operation) =>
        endpoint.WithMetadata(new Operation(Providers.Mollie, operation));
}
