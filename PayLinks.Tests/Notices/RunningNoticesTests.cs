using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Options;
using PayLinks.Core.Notices;
using PayLinks.Tests.Infrastructure;
using PayLinks.Tests.Sending;

namespace PayLinks.Tests.Notices;

/// <summary>Many endpoints at once, and workers that die.</summary>
public sealed class RunningNoticesTests
{
    [Test]
    public async Task An_endpoint_that_hangs_delays_no_other()
    {
        await using var bench = await NoticeBench.StartAsync(
            ("Notices:Concurrency", "16"), ("Notices:ConcurrencyPerEndpoint", "4"));
        await bench.AddEndpointAsync("/hang");
        await bench.AddEndpointAsync("/reset");
        await bench.AddEndpointAsync("/ok");
        for (var i = 0; i < 30; i++)
        {
            await bench.Worker.NewLinkAsync();
        }

        await bench.Worker.StartWorkerAsync();
        await bench.Hook.WaitForAsync("/ok", 30, TimeSpan.FromSeconds(8));
        var hanging = bench.Hook.At("/hang").Count;
        await bench.Worker.StopWorkerAsync();

        Assert.That(hanging, Is.InRange(1, 4), "no more than its share at a time");
    }

    [Test]
    public async Task Two_workers_tell_each_event_once()
    {
        await using var bench = await NoticeBench.StartAsync();
        await bench.AddEndpointAsync("/ok");
        await bench.AddEndpointAsync("/also");
        for (var i = 0; i < 40; i++)
        {
            await bench.Worker.NewLinkAsync();
        }

        await bench.Worker.StartWorkerAsync();
        using var other = HostProcess.Start("PayLinks.Worker", bench.Worker.WorkerArguments);
        await bench.Hook.WaitForAsync("/ok", 40, TimeSpan.FromSeconds(20));
        await bench.Hook.WaitForAsync("/also", 40, TimeSpan.FromSeconds(20));
        await bench.Worker.StopWorkerAsync();

        Assert.That(bench.Hook.All.Select(told => (told.Path, told.Id)), Is.Unique);
        Assert.That(
            await bench.Worker.Database.QueryAsync<string>("select distinct status from notice"),
            Is.EqualTo(new[] { "delivered" }));
    }

    [Test]
    public async Task A_worker_killed_in_mid_delivery_leaves_a_notice_that_is_posted_again_under_the_same_id()
    {
        await using var bench = await NoticeBench.StartAsync();
        var (endpoint, _) = await bench.AddEndpointAsync("/hang");
        await bench.Worker.NewLinkAsync();
        using (var doomed = HostProcess.Start("PayLinks.Worker", bench.Worker.WorkerArguments))
        {
            await bench.Hook.WaitForAsync("/hang", 1, TimeSpan.FromSeconds(30));
            await doomed.KillAsync();
        }

        await bench.Worker.Database.ExecuteAsync("update webhook_endpoint set url = replace(url, 'hang', 'ok')");
        await bench.DeliverAsync();
        Assert.That(bench.Hook.All, Has.Count.EqualTo(1), "still leased");
        await bench.Worker.MoveClockAsync(TimeSpan.FromSeconds(14));
        await bench.DeliverAsync();

        Assert.That(bench.Hook.All.Select(told => told.Path), Is.EqualTo(new[] { "/hang", "/ok" }));
        Assert.That(bench.Hook.All.Select(told => told.Id).Distinct().Count(), Is.EqualTo(1));
        Assert.That((await bench.NoticeAsync(endpoint)).Status, Is.EqualTo("delivered"));
    }

    [Test]
    public async Task A_result_under_an_old_lease_changes_nothing()
    {
        await using var bench = await NoticeBench.StartAsync(("Notices:ExchangeSeconds", "1"));
        var (endpoint, _) = await bench.AddEndpointAsync("/hang");
        await bench.Worker.NewLinkAsync();
        var slow = bench.DeliverAsync();
        await bench.Hook.WaitForAsync("/hang", 1);

        await bench.Worker.Database.ExecuteAsync("update notice set lease_epoch = lease_epoch + 1");
        await slow;

        var notice = await bench.NoticeAsync(endpoint);
        Assert.That((notice.Status, notice.Attempt, notice.Leased), Is.EqualTo(("pending", 0, true)));
        Assert.That(await bench.OutcomesAsync(endpoint), Is.EqualTo(new[] { "timeout" }), "it is logged all the same");
    }

    [Test]
    public async Task Whoever_cannot_prove_to_be_the_host_is_told_nothing()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256);
        var now = TimeProvider.System.GetUtcNow();
        using var ownMade = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        await using var bench = await NoticeBench.StartAsync();
        await using var impostor = await Hook.StartAsync(ownMade);
        var (endpoint, _) = await bench.AddEndpointAsync(impostor, "/ok");
        await bench.Worker.NewLinkAsync();

        await bench.DeliverAsync();

        Assert.That(impostor.Url, Does.StartWith("https://"));
        Assert.That(await bench.OutcomesAsync(endpoint), Is.EqualTo(new[] { "unreachable" }));
        Assert.That(impostor.All, Is.Empty);
    }

    [Test]
    public async Task Production_does_not_start_with_an_open_network()
    {
        await using var bench = await Bench.StartAsync();
        var arguments = bench.WorkerArguments
            .Append("--environment=Production").Append("--Notices:AllowAddresses:0=127.0.0.0/8").ToArray();

        await using var worker = PayLinks.Worker.Program.Build(arguments);
        var error = (await Assert.CatchAsync<OptionsValidationException>(() => worker.StartAsync()))!;

        Assert.That(error.OptionsType, Is.EqualTo(typeof(NoticeAddresses)));
        Assert.That(error.Message, Does.Contain("production"));
    }

    [Test]
    public async Task A_network_that_is_none_stops_the_start()
    {
        await using var bench = await Bench.StartAsync();

        await using var worker = PayLinks.Worker.Program.Build(
            [.. bench.WorkerArguments, "--Notices:AllowAddresses:0=loopback"]);

        Assert.That(
            (await Assert.CatchAsync<OptionsValidationException>(() => worker.StartAsync()))!.OptionsType,
            Is.EqualTo(typeof(NoticeAddresses)));
    }
}
