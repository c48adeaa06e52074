using PayLinks.Sandbox.Callbacks;
using PayLinks.Sandbox.Mollie;
using PayLinks.Sandbox.SendGrid;
using PayLinks.Sandbox.Twilio;

namespace PayLinks.Sandbox;

/// <summary>Takes up, at start, what an earlier run has left in the books.</summary>
internal sealed class Resume(
    PaymentMoves payments, RefundMoves refunds, SmsMoves sms, EmailMoves emails, CallbackSender callbacks)
    : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        payments.Resume();
        refunds.Resume();
        sms.Resume();
        emails.Resume();
        callbacks.Resume();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
