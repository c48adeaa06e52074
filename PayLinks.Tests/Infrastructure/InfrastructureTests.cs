namespace PayLinks.Tests.Infrastructure;

public sealed class InfrastructureTests
{
    [Test]
    public async Task A_system_starts_with_its_three_hosts_over_a_database_of_its_own()
    {
        await using var system = await TestSystem.StartAsync();

        using var api = new HttpClient();
        using var answer = await api.GetAsync(system.ApiUrl);

        Assert.That((int)answer.StatusCode, Is.LessThan(500));
        Assert.That(await system.Database.ReadAsync<int>("select count(*)::int from merchant"), Is.EqualTo(1));
    }

    [Test]
    public async Task Text_is_found_in_whatever_column_it_stands()
    {
        await using var system = await TestSystem.StartAsync(Hosts.Api);

        Assert.That(await system.Database.FindTextAsync("Ferramenta"), Is.EqualTo(new[] { "merchant.name" }));
    }

    [Test]
    public async Task A_page_with_faults_is_found_out()
    {
        await using var window = await Browsers.OpenPhoneAsync();
        await window.Page.SetContentAsync("<img src='data:,'><script>console.error('oh')</script>");

        Assert.That(
            async () => await window.ShouldBeAccessibleAsync("a bad page"),
            Throws.InstanceOf<AssertionException>()
                .With.Message.Contains("image-alt").And.Message.Contains("html-has-lang"));
        Assert.That(window.Complaints, Has.Some.Contains("oh"));
    }
}
