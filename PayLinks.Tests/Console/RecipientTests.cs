using System.Net;
using PayLinks.Tests.Infrastructure;
using PayLinks.Tests.SignIn;

namespace PayLinks.Tests.Console;

/// <summary>In console and desk: somebody else gets the link, a number is looked at, a limit is explained.</summary>
public sealed class RecipientTests : StaffFixture
{
    protected override Hosts Running => Hosts.ApiAndSandbox;

    protected override IReadOnlyDictionary<string, string> Settings =>
        new Dictionary<string, string>(base.Settings, StringComparer.Ordinal)
        {
            ["Limits:TextsPerNumber"] = "1",
            ["Limits:ResendAfterSeconds"] = "60",
        };

    [Test]
    public async Task The_same_link_goes_to_somebody_else()
    {
        using var owner = await SignedInAsync(TestSystem.Owner);
        var link = await NewLinkAsync(owner);
        var page = await owner.OpenAsync(link);

        var answer = await owner.SubmitAsync(
            page, "/recipient", ("recipient", "anna@example.com"), ("keep", "yes"));
        var after = await owner.OpenAsync(answer.Location!.ToString());

        Assert.That(page.Words, Does.Contain("Cambia destinatario").And.Contain("Il link di adesso smette subito"));
        Assert.That(answer.Location!.ToString(), Is.EqualTo(link + "?done=redirected"));
        Assert.That(
            after.Words, Does.Contain("In invio al nuovo destinatario.").And.Contain("anna@example.com")
                .And.Contain("Destinatario cambiato da owner"));
    }

    [Test]
    public async Task Another_link_takes_the_place_of_one_that_went_wrong()
    {
        using var owner = await SignedInAsync(TestSystem.Owner, "en-GB");
        var link = await NewLinkAsync(owner);

        var answer = await owner.SubmitAsync(
            await owner.OpenAsync(link), "/recipient", ("recipient", "347 200 0001"), ("keep", "no"));
        var made = await owner.OpenAsync(answer.Location!.ToString());

        Assert.That(answer.Location!.ToString(), Does.StartWith("/links/pl_").And.Not.StartWith(link));
        Assert.That(made.Words, Does.Contain("The earlier link is cancelled").And.Contain("+39 347 200 0001"));
        Assert.That((await owner.OpenAsync(link)).Words, Does.Contain("Cancelled by owner"));
    }

    [Test]
    public async Task A_mistake_in_the_recipient_keeps_what_was_typed_and_chosen()
    {
        using var owner = await SignedInAsync(TestSystem.Owner, "en-GB");
        var link = await NewLinkAsync(owner);
        var page = await owner.OpenAsync(link);

        var landline = await owner.SubmitAsync(page, "/recipient", ("recipient", "06 1234 5678"), ("keep", "no"));
        var empty = await owner.SubmitAsync(page, "/recipient", ("recipient", ""), ("keep", "no"));
        var same = await owner.SubmitAsync(page, "/recipient", ("recipient", "347 123 4567"), ("keep", "no"));

        Assert.That(landline.Status, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
        Assert.That(landline.Words, Does.Contain("This is a landline"));
        Assert.That(
            landline.Html, Does.Contain("value=\"06 1234 5678\"").And.Match("value=\"no\" checked"));
        Assert.That(empty.Status, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
        Assert.That(same.Words, Does.Contain("The link has this address already"));
        Assert.That((await owner.OpenAsync(link)).Words, Does.Contain("Waiting"));
    }

    [Test]
    public async Task A_limit_shows_the_form_again_with_what_was_typed()
    {
        using var owner = await SignedInAsync(TestSystem.Owner, "en-GB");
        (string, string)[] typed = [("amount", "12"), ("description", "Twice"), ("to", "347 300 0001")];
        await PostLinkAsync(owner, typed);

        var second = await PostLinkAsync(owner, typed);
        var desk = await owner.SubmitAsync(
            await owner.OpenAsync("/desk"), "/desk", ("phone", "347 300 0001"), ("amount", "12"), ("reference", "7"));
        var link = await NewLinkAsync(owner);
        var recipient = await owner.SubmitAsync(
            await owner.OpenAsync(link), "/recipient", ("recipient", "347 300 0001"), ("keep", "no"));

        foreach (var (page, fields) in new[]
        {
            (second, new[] { "12", "Twice", "347 300 0001" }), (desk, ["347 300 0001", "12", "7"]),
            (recipient, ["347 300 0001"]),
        })
        {
            Assert.That(page.Status, Is.EqualTo(HttpStatusCode.TooManyRequests));
            Assert.That(
                page.Words, Does.Contain("Too many texts to this number").And.Contain("Possible again in 10 min"));
            Assert.That(
                fields, Is.All.Matches<string>(
                    field => page.Html.Contains($"value=\"{field}\"", StringComparison.Ordinal)));
        }

        Assert.That(
            await Paylinks.Database.ReadAsync<int>(
                "select count(*)::int from message where recipient = '+393473000001'"),
            Is.EqualTo(1));
        Assert.That((await owner.OpenAsync(link)).Words, Does.Contain("Waiting"), "nothing was canceled");
    }

    [Test]
    public async Task Two_presses_at_the_limit_lead_to_the_one_link()
    {
        using var owner = await SignedInAsync(TestSystem.Owner);
        var form = await owner.OpenAsync("/links/new");
        (string, string)[] typed = [("amount", "12"), ("description", "Pressed"), ("to", "347 300 0002")];

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 5).Select(_ => owner.SubmitAsync(form, "/links/new", typed)));

        Assert.That(answers.Select(answer => answer.Status), Is.All.EqualTo(HttpStatusCode.SeeOther));
        Assert.That(answers.Select(answer => answer.Location).Distinct().ToList(), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task The_button_says_when_it_may_be_pressed_again()
    {
        using var owner = await SignedInAsync(TestSystem.Owner, "en-GB");
        var made = await PostLinkAsync(
            owner, ("amount", "12"), ("description", "Again"), ("to", "anna@example.test"));
        var page = await owner.OpenAsync(made.Location!.ToString());

        var early = await owner.SubmitAsync(page, "/messages", ("channel", "email"));

        Assert.That(page.Words, Does.Match("Resend to anna@example.test \\(again from [0-9]{2}:[0-9]{2}:[0-9]{2}\\)"));
        Assert.That(
            (await owner.OpenAsync(early.Location!.ToString())).Words, Does.Contain("Sent a moment ago"));
    }

    [TestCase("347 123 4567", "Rileggi: 347 · 123 · 4567", "SMS a +39 347 123 4567 (cellulare, Italia)")]
    [TestCase("+49 1512 3456789", "+49 · 1512 · 3456789", "Gli SMS verso questo numero non sono abilitati")]
    [TestCase("347 123 456", "347 · 123 · 456", "Solo 9 cifre")]
    [TestCase("06 1234 5678", "(fisso, Italia)", "A questo numero gli SMS non arrivano")]
    [TestCase("347 999 0001", "347 · 999 · 0001", "Ha chiesto di non ricevere SMS")]
    public async Task What_is_known_of_a_number_is_said_live_and_when_the_form_comes_back(
        string number, params string[] words)
    {
        using var owner = await SignedInAsync(TestSystem.Owner);
        await Paylinks.Database.ExecuteAsync(
            """
            insert into opt_out (merchant_id, channel, recipient, source, opted_out_at)
            values (@MerchantId, 'sms', '+393479990001', 'reply', now()) on conflict do nothing
            """,
            new { Paylinks.MerchantId });
        var form = (await owner.OpenAsync("/links/new")).FormTo("/links/new").Hidden["antiforgery"];

        var hint = await PostAsync(owner, "/links/number", form, ("number", number));
        var again = await PostLinkAsync(owner, ("amount", ""), ("description", "x"), ("to", number));
        var desk = await owner.SubmitAsync(await owner.OpenAsync("/desk"), "/desk", ("phone", number), ("amount", ""));

        foreach (var page in new[] { hint, again, desk })
        {
            foreach (var part in words)
            {
                Assert.That(page.Words, Does.Contain(part));
            }
        }
    }

    [Test]
    public async Task A_number_is_looked_at_for_staff_who_may_send_only()
    {
        using var viewer = await SignedInAsync(await HireAsync("viewer", "vito"));
        using var owner = await SignedInAsync(TestSystem.Owner);
        var token = (await viewer.OpenAsync("/links")).FormTo("/sign-out").Hidden["antiforgery"];

        var refused = await PostAsync(viewer, "/links/number", token, ("number", "347 123 4567"));
        var forged = await PostAsync(owner, "/links/number", "x", ("number", "347 123 4567"));

        Assert.That(refused.Status, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That(forged.Status, Is.EqualTo(HttpStatusCode.Forbidden));
    }
}
