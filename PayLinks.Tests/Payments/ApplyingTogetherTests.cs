using Npgsql;
using PayLinks.Core.Links;
using PayLinks.Core.Secrets;
using PayLinks.Tests.Infrastructure;

namespace PayLinks.Tests.Payments;

/// <summary>
/// Payments that Mollie answers at one moment are applied together, and each is what it would be alone.
/// </summary>
public sealed class ApplyingTogetherTests
{
    private const int Crowd = 40;

    private PaymentBench _bench = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => _bench = await PaymentBench.StartAsync();

    [OneTimeTearDown]
    public async Task StopAsync() => await (_bench?.DisposeAsync() ?? ValueTask.CompletedTask);

    [Test]
    public async Task Forty_at_once_are_paid_in_fewer_transactions_and_each_is_told()
    {
        var crowd = await PaidAtMollieAsync(Crowd);
        await _bench.Database.ExecuteAsync(
            """
            insert into text_template (merchant_id, channel, purpose, language, body, changed_at, changed_by)
            values (@MerchantId, 'sms', 'receipt', 'de', repeat('Vielen Dank. ', 14), now(), 'usr_1')
            """,
            new { _bench.System.MerchantId });
        foreach (var (i, begun) in crowd.Index())
        {
            // A receipt by email, by a text, or by a text that is two.
            await (i % 3 == 0 ? Task.CompletedTask : ReachBySmsAsync(begun, i % 3 == 1 ? "it-IT" : "de-DE"));
        }

        var asked = await Task.WhenAll(crowd.Select(_bench.AskAsync));

        Assert.That(asked.Select(one => one.Status.ToString()), Is.All.EqualTo("Paid"));
        Assert.That(
            await TransactionsAsync(crowd), Is.LessThan(Crowd), "moments at which they were written down");
        foreach (var (i, begun) in crowd.Index())
        {
            Assert.That(await _bench.EventsAsync(begun), Has.One.EqualTo("link.paid"));
            Assert.That(
                await _bench.Database.QueryAsync<string>(
                    """
                    select purpose || ' by ' || channel || ', ' || segments || ', ' || status from message
                    where link_id = @Link order by purpose
                    """,
                    begun),
                Is.EqualTo(new[]
                {
                    "notice by email, 1, queued",
                    i % 3 == 0 ? "receipt by email, 1, queued" : $"receipt by sms, {i % 3}, queued",
                }));
        }
    }

    [Test]
    public async Task One_that_is_not_ours_and_one_that_cannot_be_written_take_no_other_with_them()
    {
        var crowd = await PaidAtMollieAsync(Crowd);
        var (wrong, broken) = (crowd[^1], crowd[^2]);
        await _bench.Database.ExecuteAsync("update payment set amount_minor = 4991 where id = @Payment", wrong);
        await _bench.Database.ExecuteAsync(
            $"""
            alter table payment add constraint never_paid check (id <> '{broken.Payment}' or status <> 'paid') not valid
            """);

        var asked = await Task.WhenAll(crowd.Select(async begun =>
        {
            try
            {
                return (await _bench.AskAsync(begun)).Status.ToString();
            }
            catch (PostgresException error)
            {
                return error.ConstraintName;
            }
        }));

        Assert.That(asked[..^2], Is.All.EqualTo("Paid"));
        Assert.That(asked[^2..], Is.EqualTo(new[] { "never_paid", "Open" }));
        Assert.That(
            await _bench.Database.ReadAsync<string>(
                "select quarantine_reason from payment where id = @Payment", wrong),
            Is.EqualTo("amount_differs"));
        Assert.That(await _bench.LinkStatusAsync(broken), Is.EqualTo("processing"));
        Assert.That(await _bench.MessagesAsync(broken), Is.Empty);
        await _bench.Database.ExecuteAsync("alter table payment drop constraint never_paid");
    }

    [Test]
    public async Task Of_two_payments_of_one_link_that_are_asked_about_in_a_crowd_one_is_surplus()
    {
        var crowd = (await PaidAtMollieAsync(Crowd)).ToList();
        foreach (var first in crowd[..4])
        {
            await _bench.Database.ExecuteAsync("update payment set superseded_at = now() where id = @Payment", first);
            var second = await _bench.BeginAsync(first.Link);
            await _bench.AskAsync(second);
            await _bench.CompleteAsync(second, "paid");
            crowd.Add(second);
        }

        await Task.WhenAll(crowd.Select(_bench.AskAsync));

        foreach (var twice in crowd[..4])
        {
            Assert.That(
                await _bench.EventsAsync(twice), Has.One.EqualTo("link.paid").And.One.EqualTo("payment.surplus"));
            Assert.That(await _bench.MessagesAsync(twice), Has.One.EqualTo("receipt"));
        }
    }

    private async Task<IReadOnlyList<Begun>> PaidAtMollieAsync(int count)
    {
        var crowd = new List<Begun>();
        for (var i = 0; i < count; i++)
        {
            crowd.Add(await _bench.BeginAsync());
        }

        await Task.WhenAll(crowd.Select(_bench.AskAsync));
        foreach (var begun in crowd)
        {
            await _bench.CompleteAsync(begun, "paid");
        }

        return crowd;
    }

    private async Task ReachBySmsAsync(Begun begun, string locale)
    {
        var cipher = new Vault(TestSystem.MasterKey).Seal(LinkToken.New("").Value, LinkToken.Purpose(begun.Link));
        await _bench.Database.ExecuteAsync(
            """
            update link set customer_email = null, customer_phone = '+393471234567', token_cipher = @cipher,
                locale = @locale
            where id = @Link
            """,
            new { begun.Link, cipher, locale });
    }

    private Task<int> TransactionsAsync(IReadOnlyList<Begun> crowd) => _bench.Database.ReadAsync<int>(
        "select count(distinct paid_at) from payment where id = any(@ids)",
        new { ids = crowd.Select(begun => begun.Payment).ToArray() });
}
