#if DEBUG
using System.Globalization;
using System.Text;
using PayLinks.Tests.Infrastructure;
using PayLinks.Tests.SignIn;

namespace PayLinks.Tests.Batches;

/// <summary>A process dies in the middle of a batch, and another makes the rest.</summary>
public sealed class DyingBatchTests : StaffFixture
{
    private const int RowCount = 60;
    private const int DiesAt = 40;

    protected override Hosts Running => Hosts.None;

    [Test]
    public async Task However_a_process_dies_over_a_batch_each_row_becomes_one_link()
    {
        var file = new StringBuilder("Importo;Per cosa;Telefono;Riferimento\n");
        for (var i = 0; i < RowCount; i++)
        {
            file.Append(CultureInfo.InvariantCulture, $"1;Riga;+3934700{i:00000};{i}\n");
        }

        var plan = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [FailPoint.Variable] = string.Create(CultureInfo.InvariantCulture, $"link.to-create:{DiesAt}:kill"),
        };
        SeenPage found;
        using (var doomed = HostProcess.Start("PayLinks.Api", Paylinks.ApiArguments(), plan))
        {
            using var owner = await SignedInWhenUpAsync();
            found = await owner.CheckAsync(file.ToString());
            try
            {
                await owner.ConfirmAsync(found);
            }
            catch (HttpRequestException)
            {
                // It may die before it has answered.
            }

            await doomed.WaitAsync();
        }

        Assert.That(await LinksAsync(), Is.EqualTo(25), "what had been committed");
        using var other = HostProcess.Start("PayLinks.Api", Paylinks.ApiArguments());
        await Paylinks.FinishedAsync(BatchForm.IdOf(found));

        Assert.That(await LinksAsync(), Is.EqualTo(RowCount));
        Assert.That(
            await Paylinks.Database.ReadAsync<int>("select count(distinct reference)::int from link"),
            Is.EqualTo(RowCount));
        Assert.That(
            await Paylinks.Database.ReadAsync<int>("select count(*)::int from message where purpose = 'link'"),
            Is.EqualTo(RowCount));
        Assert.That(
            await Paylinks.Database.ReadAsync<int>("select made_count from batch"), Is.EqualTo(RowCount));
    }

    private async Task<Customer> SignedInWhenUpAsync()
    {
        using var http = new HttpClient();
        await Eventually.IsTrueAsync(
            async () =>
            {
                try
                {
                    return (await http.GetAsync(Paylinks.ApiUrl + "/healthz")).IsSuccessStatusCode;
                }
                catch (HttpRequestException)
                {
                    return false;
                }
            },
            "the API answers", TimeSpan.FromSeconds(30));
        return await SignedInAsync(TestSystem.Owner);
    }

    private Task<int> LinksAsync() => Paylinks.Database.ReadAsync<int>("select count(*)::int from link");
}
#endif
