using PayLinks.Api.Commands;

namespace PayLinks.Tests.Commands;

public sealed class CheckMerchantTests
{
    private static readonly MerchantDraft Good = new(
        "Ferramenta Rossi", "IT", "it", "Europe/Rome", "06 1234 5678", "Via dei Chiodi 12, Roma", "IT01234567897",
        "orders@example.test", "FERRAMENTA", null, "test", "test_" + new string('k', 30),
        ["owner:Owner@example.test", "agent:agent@example.test::Anna B."],
        "owner@example.test=from: the=environment\n");

    [Test]
    public void Passwords_come_from_the_environment_or_are_made_up()
    {
        var (merchant, errors) = CheckMerchant.Read(Good);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(errors, Is.Empty);
            Assert.That(merchant!.Phone, Is.EqualTo("+390612345678"));
            Assert.That(merchant.Currency, Is.EqualTo("EUR"));
            Assert.That(merchant.EmailFrom, Is.EqualTo("orders@example.test"));
            Assert.That(merchant.Users, Is.EqualTo(new[]
            {
                new NewUser("owner", "owner@example.test", "from: the=environment", "owner"),
                new NewUser("agent", "agent@example.test", null, "Anna B."),
            }));
        }
    }

    private static IEnumerable<TestCaseData> Wrong()
    {
        (string Option, MerchantDraft Draft)[] cases =
        [
            ("--name", Good with { Name = " " }),
            ("--country", Good with { Country = "XX" }),
            ("--language", Good with { Language = "de" }),
            ("--time-zone", Good with { TimeZone = "Rome" }),
            ("--phone", Good with { Phone = "12" }),
            ("--email", Good with { Email = "a@example.test,b@example.test" }),
            ("--sms-sender", Good with { SmsSender = "12 34" }),
            ("--sms-sender", Good with { SmsSender = "FERRAMENTA ROSSI" }),
            ("--mode", Good with { Mode = "demo" }),
            ("--mollie-key", Good with { Mode = "live" }),
            ("--user", Good with { Users = ["agent:agent@example.test"] }),
            ("--user", Good with { Users = ["owner:owner@example.test:short"] }),
            ("--user", Good with { Users = ["owner:owner@example.test", "agent:owner@example.test"] }),
            ("--user", Good with { Users = ["boss:owner@example.test"] }),
        ];
        return cases.Select((wrong, i) =>
            new TestCaseData(wrong.Option, wrong.Draft).SetName($"{{m}}({wrong.Option}, {i})"));
    }

    [TestCaseSource(nameof(Wrong))]
    public void A_wrong_option_is_named(string option, object draft)
    {
        var (merchant, errors) = CheckMerchant.Read((MerchantDraft)draft);

        Assert.That(merchant, Is.Null);
        Assert.That(errors, Has.Some.StartsWith(option));
    }
}
