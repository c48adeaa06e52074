using Dapper;
using PayLinks.Core;
using PayLinks.Core.Database;
using PayLinks.Core.Events;
using PayLinks.Core.Links;
using PayLinks.Core.Messages;
using PayLinks.Core.Mollie;
using PayLinks.Core.Payments;
using PayLinks.Tests.Sending;

namespace PayLinks.Tests.Reconciliation;

/// <summary>Payments as the payment page begins them.</summary>
internal static class Payments
{
    extension(Bench bench)
    {
        /// <summary>Writes a payment down; Mollie has not been asked yet.</summary>
        public async Task<Guid> BeginPaymentAsync(Guid linkId, string amount = "49.90")
        {
            var id = Guid.CreateVersion7();
            var key = QueueMessage.NewCallbackKey("p");
            var page = $"{bench.ApiUrl}/p/x/result";
            var request = MollieClient.Write(new NewMolliePayment(
                new MollieAmount("EUR", amount), "Ordine 1042: trapano", page, page,
                $"{bench.ApiUrl}/callbacks/mollie/{key}", Method: null, CardToken: null, "it_IT",
                new MollieMetadata(PublicId.Format(PublicId.Link, linkId), PublicId.Format(PublicId.Payment, id))));
            await using var transaction = await bench.Database.App.BeginAsync(bench.MerchantId);
            await transaction.Connection.ExecuteAsync(
                """
                insert into payment (merchant_id, id, link_id, mode, status, amount_minor, currency, callback_key_hash,
                    request_cipher, created_at, poll_at)
                values (@MerchantId, @id, @linkId, 'test', 'creating', 4990, 'EUR', @Hash, @Request,
                    paylinks_now(), paylinks_now())
                """,
                new
                {
                    bench.MerchantId,
                    id,
                    linkId,
                    Hash = bench.Vault.Hash(key),
                    Request = bench.Vault.Seal(request, AskMollie.RequestPurpose(id)),
                });
            await transaction.RecordAsync(new NewEvent(linkId, EventTypes.PaymentStarted, "customer")
            {
                Link = (LinkStatus.Open, LinkStatus.Processing),
                Payment = (id, null, PaymentStatus.Creating),
            });
            await transaction.CommitAsync();
            return id;
        }

        public Task<string> PaymentStatusAsync(Guid paymentId) =>
            bench.Database.ReadAsync<string>("select status from payment where id = @paymentId", new { paymentId });

        public async Task CompleteAsync(string status) =>
            await bench.Sandbox.CompleteAsync((await bench.Sandbox.PaymentsAsync())[0], status);
    }
}
