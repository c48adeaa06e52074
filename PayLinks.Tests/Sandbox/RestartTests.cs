using Microsoft.AspNetCore.Http;

namespace PayLinks.Tests.Sandbox;

internal sealed class RestartTests
{
    private string _file = "";

    [SetUp]
    public void ChooseFile() => _file = Path.Combine(
        Path.GetTempPath(), $"paylinks-books-{TestContext.CurrentContext.Test.ID}-{Environment.ProcessId}.jsonl");

    [TearDown]
    public void RemoveFile()
    {
        File.Delete(_file);
        File.Delete(_file + ".lock");
    }

    [Test]
    public async Task Two_sandboxes_cannot_keep_the_same_books()
    {
        await using var first = await SandboxHost.StartAsync(_file);
        var id = await first.PaidPaymentAsync();
        Assert.That(async () => await SandboxHost.StartAsync(_file), Throws.InstanceOf<IOException>());
        Assert.That(await File.ReadAllTextAsync(_file), Does.Contain(id));
    }

    [Test]
    public async Task The_books_the_keys_and_the_clock_outlive_a_restart()
    {
        string id;
        System.Text.Json.Nodes.JsonObject order;
        string payments;
        string messages;
        await using (var before = await SandboxHost.StartAsync(_file))
        {
            await before.OrderAsync("/sandbox/clock", new { advance = "P3D" });
            order = before.PaymentOrder(cardToken: await before.CardTokenAsync());
            using var created = await before.PostPaymentAsync(order, "key");
            id = (string)(await SandboxHost.ReadAsync(created))["id"]!;
            await before.PaidPaymentAsync();
            await SendGridTests.SendAsync(before, "anna@example.test");
            await Eventually.IsTrueAsync(async () =>
                (string?)(await before.BooksAsync("messages"))[0]!["status"] == "delivered", "the email arrives");
            payments = (await before.BooksAsync("payments")).ToJsonString();
            messages = (await before.BooksAsync("messages")).ToJsonString();
        }

        await using var after = await SandboxHost.StartAsync(_file);
        Assert.That((await after.BooksAsync("payments")).ToJsonString(), Is.EqualTo(payments));
        Assert.That((await after.BooksAsync("messages")).ToJsonString(), Is.EqualTo(messages));
        using var again = await after.PostPaymentAsync(order, "key");
        Assert.That(again.Headers.Contains("Idempotent-Replayed"), Is.True);

        await after.OrderAsync("/sandbox/clock", new { advance = "PT30M" });
        await Eventually.IsTrueAsync(
            async () => (string?)(await after.PaymentAsync(id))["status"] == "expired", "the open payment expires");
    }

    [Test]
    public async Task A_callback_that_was_not_acknowledged_is_repeated_after_a_restart()
    {
        await using var receiver = await Receiver.StartAsync();
        receiver.Status = StatusCodes.Status500InternalServerError;
        await using (var before = await SandboxHost.StartAsync(_file))
        {
            var order = before.PaymentOrder(cardToken: await before.CardTokenAsync(SandboxHost.Frictionless));
            order["webhookUrl"] = $"{receiver.Url}/mollie";
            await before.CreatePaymentAsync(order);
            await Eventually.IsTrueAsync(() => Task.FromResult(receiver.At("/mollie").Count == 1), "the first call");
        }

        receiver.Status = StatusCodes.Status200OK;
        await using var after = await SandboxHost.StartAsync(_file);
        await after.OrderAsync("/sandbox/clock", new { advance = "PT1M" });
        await Eventually.IsTrueAsync(() => Task.FromResult(receiver.At("/mollie").Count >= 2), "the second call");
    }

    [Test]
    public async Task A_line_that_was_cut_off_is_left_out()
    {
        string id;
        await using (var before = await SandboxHost.StartAsync(_file))
        {
            id = await before.PaidPaymentAsync();
        }

        await File.AppendAllTextAsync(_file, """{"table":"payment","key":"tr_cut","entry":{"id":"tr""");
        await using var after = await SandboxHost.StartAsync(_file);
        Assert.That((await after.BooksAsync("payments")).Select(payment => (string)payment!["id"]!), Is.EqualTo([id]));
    }

    [Test]
    public async Task No_card_number_is_ever_written_down()
    {
        await using (var sandbox = await SandboxHost.StartAsync(_file))
        {
            await sandbox.CreatePaymentAsync();
        }

        Assert.That(await File.ReadAllTextAsync(_file), Does.Contain("9996").And.Not.Contain("4543474002249996"));
    }

    [Test]
    public async Task A_reset_empties_everything_for_good()
    {
        await using (var before = await SandboxHost.StartAsync(_file))
        {
            await before.PaidPaymentAsync();
            await before.OrderAsync("/sandbox/clock", new { advance = "P3D" });
            await before.OrderAsync("/sandbox/reset", new { });
            Assert.That(await before.BooksAsync("payments"), Is.Empty);
        }

        await using var after = await SandboxHost.StartAsync(_file);
        Assert.That(await after.BooksAsync("payments"), Is.Empty);
        var id = (string)(await after.CreatePaymentAsync())["id"]!;
        var createdAt = DateTimeOffset.Parse((string)(await after.PaymentAsync(id))["createdAt"]!, null);
        Assert.That(createdAt, Is.EqualTo(TimeProvider.System.GetUtcNow()).Within(TimeSpan.FromMinutes(1)));
    }

    [Test]
    public void The_sandbox_listens_on_loopback_only() => Assert.That(
        () => PayLinks.Sandbox.Program.Build(["--Urls=http://0.0.0.0:0"]), Throws.InvalidOperationException);
}
