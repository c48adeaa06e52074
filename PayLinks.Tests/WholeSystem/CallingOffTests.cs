using PayLinks.Core;
using PayLinks.Core.Database;
using PayLinks.Core.Messages;
using PayLinks.Tests.Infrastructure;

namespace PayLinks.Tests.WholeSystem;

/// <summary>Who was asked to pay is told when there is nothing to pay any more, and nobody else is.</summary>
public sealed class CallingOffTests
{
    private TestSystem _system = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => _system = await TestSystem.StartAsync();

    [OneTimeTearDown]
    public async Task StopAsync() => await _system.DisposeAsync();

    [Test]
    public async Task Whoever_got_the_link_is_told_once_by_the_same_way()
    {
        var link = await _system.Merchant.CreateLinkAsync("sms", "email");
        await SeeAsync(link, "link", 2);

        await _system.Merchant.CancelAsync(link.Id);
        var told = await SeeAsync(link, "canceled", 2);

        var sent = await _system.Sandbox.MessagesAsync();
        Assert.That(told.Select(message => (message.Channel, message.To)), Is.EquivalentTo(
            new[] { ("sms", "+393471234567"), ("email", "anna@example.test") }));
        Assert.That(sent.Where(message => message.Channel == "sms").Select(message => message.Text),
            Has.One.Contains("richiesta di 49,90 EUR per Ordine 1042: trapano annullata. Non devi pagare nulla."));
        Assert.That(sent.Where(message => message.Channel == "email").Select(message => message.Subject),
            Has.One.Contains("annullata"));
    }

    [Test]
    public async Task Who_was_never_reached_is_told_nothing()
    {
        var silent = await _system.Merchant.CreateLinkAsync();
        // A number that the sandbox knows as one that nobody has.
        var refused = await _system.Merchant.CreateLinkAsync(new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["amount"] = new { value = "5.00", currency = "EUR" },
            ["description"] = "Mai arrivato",
            ["customer"] = new { phone = "+393471230005" },
            ["send"] = new[] { "sms" },
        });
        await Eventually.SeesAsync(
            () => _system.Merchant.GetLinkAsync(refused.Id),
            seen => seen.Messages.Single().Status is "failed" or "undelivered", "the text does not arrive");

        foreach (var link in new[] { silent, refused })
        {
            var canceled = await _system.Merchant.CancelAsync(link.Id);
            Assert.That(canceled.Messages.Select(message => message.Purpose), Has.None.EqualTo("canceled"));
        }
    }

    [Test]
    public async Task A_payment_that_comes_after_all_takes_the_news_back()
    {
        var link = await _system.Merchant.CreateLinkAsync();
        Assert.That(PublicId.TryParse(PublicId.Link, link.Id, out var id), Is.True);
        await using (var transaction = await _system.Database.App.BeginAsync(_system.MerchantId))
        {
            var message = Guid.CreateVersion7();
            await _system.Database.ExecuteAsync(
                """
                insert into message (merchant_id, id, link_id, mode, channel, purpose, recipient, locale, lane,
                    callback_key_hash, callback_key_cipher, due_at, created_at)
                values (@MerchantId, @message, @id, 'test', 'sms', 'canceled', '+393471234567', 'it-IT', 2, '\x00',
                    '\x00', now() + '1 day', now())
                """,
                new { _system.MerchantId, message, id });

            await transaction.SuppressQueuedAsync("paid", id);
            await transaction.CommitAsync();
        }

        var seen = await _system.Merchant.GetLinkAsync(link.Id);
        Assert.That(
            seen.Messages.Select(message => (message.Purpose, message.Status, message.Reason)),
            Is.EqualTo(new[] { ("canceled", "suppressed", "paid") }));
    }

    private async Task<IReadOnlyList<LinkMessage>> SeeAsync(Link link, string purpose, int count)
    {
        var seen = await Eventually.SeesAsync(
            () => _system.Merchant.GetLinkAsync(link.Id),
            now => now.Messages.Count(Reached) == count, $"{count} messages ({purpose}) have left");
        return [.. seen.Messages.Where(Reached)];

        bool Reached(LinkMessage message) =>
            message.Purpose == purpose && message.Status is "accepted" or "delivered";
    }
}
