using System.Net;
using Dapper;
using Microsoft.AspNetCore.Identity;
using PayLinks.Core.Database;
using PayLinks.Tests.Infrastructure;

namespace PayLinks.Tests.SignIn;

/// <summary>PayLinks with people who sign in over plain HTTP, as a browser without JavaScript would.</summary>
public abstract class StaffFixture
{
    protected TestSystem Paylinks { get; private set; } = null!;

    protected virtual Hosts Running => Hosts.Api;

    protected virtual IReadOnlyDictionary<string, string> Settings => new Dictionary<string,
    string>(StringComparer.Ordinal)
    {
        // All tests come from one address.
        ["SignIn:AttemptsPerAddress"] = "100000",
    };

    [OneTimeSetUp]
    public async Task StartAsync() => Paylinks = await TestSystem.StartAsync(Running, Settings);

    [OneTimeTearDown]
    public async Task StopAsync() => await (Paylinks?.DisposeAsync() ?? ValueTask.CompletedTask);

    /// <summary>A browser in which this person has signed in.</summary>
    protected async Task<Customer> SignedInAsync(User user, string language = "it-IT")
    {
        var browser = Paylinks.NewCustomer(language);
        var answer = await SignInAsync(browser, user.Email, user.Password);
        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.SeeOther), answer.Words);
        return browser;
    }

    protected static async Task<SeenPage> SignInAsync(
        Customer browser, string email, string password, string path = "/") =>
        await browser.SubmitAsync(await browser.OpenAsync(path), "/", ("email", email), ("password", password));

    /// <summary>Fills in the merchant's form.</summary>
    protected static async Task<SeenPage> PostLinkAsync(
        Customer browser, params IEnumerable<(string Name, string Value)> fields) =>
        await browser.SubmitAsync(await browser.OpenAsync("/links/new"), "/links/new", fields);

    /// <summary>Makes a link in the form, sent to nobody, and returns the address of its page.</summary>
    protected static async Task<string> NewLinkAsync(Customer browser, string description = "Ordine 1042: trapano")
    {
        var answer = await PostLinkAsync(
            browser, ("amount", "49,90"), ("description", description), ("to", "347 123 4567"), ("onlyLink", "on"));
        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.SeeOther), answer.Words);
        return answer.Location!.ToString().Split('?')[0];
    }

    /// <summary>Posts a form that no page has shown, with a secret field that is good.</summary>
    protected static async Task<SeenPage> PostAsync(
        Customer browser, string path, string antiforgery, params IEnumerable<(string Name, string Value)> fields)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new FormUrlEncodedContent(
            [
                KeyValuePair.Create("antiforgery", antiforgery),
                .. fields.Select(field => KeyValuePair.Create(field.Name, field.Value)),
            ]),
        };
        request.Headers.Add("Sec-Fetch-Site", "same-origin");
        return await browser.SendAsync(request);
    }

    /// <summary>Another person of the merchant's.</summary>
    protected async Task<User> HireAsync(string role, string name, Guid? merchantId = null)
    {
        var user = new User(role, $"{name}@example.test", $"the password of {name}");
        // Where everything is slow, hashing takes longer than a transaction may idle.
        var hash = new PasswordHasher<User>().HashPassword(user, user.Password);
        await using var transaction = await Paylinks.Database.App.BeginAsync(merchantId ?? Paylinks.MerchantId);
        await transaction.Connection.ExecuteAsync(
            """
            with person as (select add_user(@Id, @Email, @hash, @Stamp) as id)
            insert into membership (merchant_id, user_id, role, display_name)
            select paylinks_merchant(), id, @role, @name from person
            """,
            new
            {
                Id = Guid.CreateVersion7(),
                user.Email,
                hash,
                Stamp = name,
                role,
                name,
            });
        await transaction.CommitAsync();
        return user;
    }

    /// <summary>Another merchant in the same installation.</summary>
    protected async Task<Guid> FoundMerchantAsync(string name)
    {
        var id = Guid.CreateVersion7();
        await using var transaction = await Paylinks.Database.App.BeginAsync(id);
        await transaction.Connection.ExecuteAsync(
            """
            insert into merchant (id, name, country, language, time_zone, currency, email, sms_sender, email_from)
            values (@id, @name, 'IT', 'it', 'Europe/Rome', 'EUR', 'info@example.test', 'OTHER', 'info@example.test')
            """,
            new { id, name });
        await transaction.CommitAsync();
        return id;
    }
}
