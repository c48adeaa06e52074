using PayLinks.Tests.Infrastructure;
using PayLinks.Tests.Sending;
using PayLinks.Worker.Reconciliation;

namespace PayLinks.Tests.Reconciliation;

/// <summary>A comparison that breaks off has compared nothing: the next one begins at the same mark.</summary>
public sealed class KeepingTheMarkTests : ReconciliationFixture
{
    [TestCase("listRefunds")]
    [TestCase("listChargebacks")]
    [TestCase("listPayments")]
    public async Task While_Mollie_is_silent_the_mark_stays_and_the_same_comparison_goes_on_later(string operation)
    {
        await OrderAtMollieAsync();
        await Bench.Sandbox.FailAsync("mollie", operation, "503", count: 2);

        Assert.That(await ReconcileAsync(), Is.Empty);

        Assert.That(
            await Bench.Database.ReadAsync<string>("select interruption from reconciliation where finished_at is null"),
            Is.EqualTo("mollie_unreachable"));
        Assert.That(
            await Bench.Database.ReadAsync<bool>("select reconciled_until is null from mollie_account"), Is.True);
        Assert.That(await Bench.RunAsync<ReconcileAccounts>(), Is.False, "it is left in peace for a while");

        await Bench.MoveClockAsync(TimeSpan.FromMinutes(6));
        await Bench.RunAsync<ReconcileAccounts>();
        Assert.That(
            await Bench.Database.ReadAsync<int>("select attempt from reconciliation where finished_at is not null"),
            Is.EqualTo(2));
        Assert.That(await Bench.Database.ReadAsync<int>("select count(*)::int from reconciliation_difference"),
            Is.EqualTo(1));
    }

    [Test]
    public async Task An_account_is_reconciled_by_one_worker_and_a_dead_one_is_replaced()
    {
        await MakeDueAsync();
        var hold = Bench.Get<HoldAccount>();
        var dead = (await hold.LeaseAsync(CancellationToken.None))!;
        var opened = await hold.OpenAsync(dead);
        Assert.That(await hold.LeaseAsync(CancellationToken.None), Is.Null);

        await Bench.MoveClockAsync(TimeSpan.FromSeconds(15));
        Assert.That(await Bench.RunAsync<ReconcileAccounts>(), Is.True);

        Assert.That(
            async () => await hold.FinishAsync(dead, opened, new Findings()), Throws.TypeOf<TakenOverException>());
        Assert.That(
            await Bench.Database.QueryAsync<int>("select attempt from reconciliation where finished_at is not null"),
            Is.EqualTo(new[] { 2 }));
    }

    [Test]
    public async Task What_is_asked_for_during_a_comparison_is_done_after_it()
    {
        await MakeDueAsync();
        var hold = Bench.Get<HoldAccount>();
        var account = (await hold.LeaseAsync(CancellationToken.None))!;
        var opened = await hold.OpenAsync(account);
        await MakeDueAsync();
        await hold.FinishAsync(account, opened, new Findings());

        Assert.That(await Bench.RunAsync<ReconcileAccounts>(), Is.True);
        Assert.That(await Bench.RunAsync<ReconcileAccounts>(), Is.False, "the next turn is tomorrow's");
    }

    [Test]
    public async Task A_worker_that_is_told_to_stop_lets_go_at_once()
    {
        await Bench.Sandbox.FailAsync("mollie", "listPayments", "slow", seconds: 30);
        await MakeDueAsync();
        using var stop = new CancellationTokenSource();
        var pass = Bench.Get<ReconcileAccounts>().RunOnceAsync(stop.Token);
        await Eventually.IsTrueAsync(
            () => Bench.Database.ReadAsync<bool>("select exists (select from reconciliation)"), "it has begun");

        await stop.CancelAsync();

        Assert.That(async () => await pass, Throws.InstanceOf<OperationCanceledException>());
        Assert.That(
            await Bench.Database.ReadAsync<bool>(
                "select reconcile_lease_until is null and reconciled_until is null from mollie_account"),
            Is.True, "the next worker need not wait, and begins at the same mark");
    }

    [Test]
    public async Task A_command_compares_every_account_at_once_and_its_end_tells_the_outcome()
    {
        Assert.That(await RunCommandAsync(), Is.Zero);
        await OrderAtMollieAsync();
        await SettleAsync();
        Assert.That(await RunCommandAsync(), Is.EqualTo(1));
        await Bench.Sandbox.FailAsync("mollie", "listRefunds", "503", count: 2);
        Assert.That(await RunCommandAsync(), Is.EqualTo(2));
    }

    private async Task<int> RunCommandAsync()
    {
        using var command = HostProcess.Start("PayLinks.Worker", ["reconcile", .. Bench.WorkerArguments]);
        return await command.WaitAsync();
    }
}
