namespace PayLinks.Sandbox.Control;

internal static class ControlEndpoints
{
    public static void MapControl(this WebApplication app)
    {
        app.MapGet("/healthz", () => Results.Text("ok"));

        var control = app.MapGroup("/sandbox");
        control.MapGet("/messages", ShowBooks.Messages);
        control.MapGet("/payments", ShowBooks.Payments);
        control.MapGet("/refunds", ShowBooks.Refunds);
        control.MapGet("/chargebacks", ShowBooks.Chargebacks);

        control.MapPost("/card-tokens", ActAsCustomer.MakeCardTokenAsync);
        control.MapPost("/payments/{id}/complete", ActAsCustomer.CompletePaymentAsync);
        control.MapPost("/payments/{id}/chargeback", ActAsCustomer.ChargeBackAsync);
        control.MapPost("/refunds/{id}/complete", ActAsCustomer.CompleteRefundAsync);
        control.MapPost("/inbound", ActAsCustomer.SendSmsAsync);
        control.MapPost("/settlements", CloseSettlement.Handle);

        control.MapGet("/faults", OrderTrouble.ShowFaults);
        control.MapPost("/faults", OrderTrouble.SetFaultAsync);
        control.MapPost("/callbacks", OrderTrouble.SetCallbackModeAsync);
        control.MapGet("/clock", OrderTrouble.ShowClock);
        control.MapPost("/clock", OrderTrouble.MoveClockAsync);
        control.MapPost("/reset", OrderTrouble.Reset);
    }
}
