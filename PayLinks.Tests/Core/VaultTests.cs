using System.Security.Cryptography;
using PayLinks.Core.Secrets;

namespace PayLinks.Tests.Core;

public sealed class VaultTests
{
    private static readonly string Old = "2025:" + Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
    private static readonly string New = "2026:" + Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

    [Test]
    public void What_is_sealed_opens_for_the_same_purpose()
    {
        var vault = new Vault(New);

        Assert.That(vault.OpenText(vault.Seal("chiave", "link-token/1"), "link-token/1"), Is.EqualTo("chiave"));
    }

    [Test]
    public void What_is_sealed_opens_for_no_other_purpose()
    {
        var vault = new Vault(New);
        var cipher = vault.Seal("chiave", "link-token/1");

        Assert.That(() => vault.Open(cipher, "link-token/2"), Throws.InstanceOf<CryptographicException>());
    }

    [Test]
    public void A_single_altered_bit_is_noticed_wherever_it_is()
    {
        var vault = new Vault(New);
        var cipher = vault.Seal("chiave", "p");

        for (var i = 0; i < cipher.Length * 8; i++)
        {
            var altered = (byte[])cipher.Clone();
            altered[i / 8] ^= (byte)(1 << (i % 8));
            Assert.That(() => vault.Open(altered, "p"), Throws.InstanceOf<CryptographicException>(), $"bit {i}");
        }
    }

    [Test]
    public void A_cipher_that_was_cut_short_is_refused()
    {
        var vault = new Vault(New);
        var cipher = vault.Seal("chiave", "p");

        for (var length = 0; length < cipher.Length; length++)
        {
            Assert.That(() => vault.Open(cipher.AsSpan(0, length), "p"), Throws.InstanceOf<CryptographicException>());
        }
    }

    [Test]
    public void The_same_text_never_looks_the_same_twice()
    {
        var vault = new Vault(New);

        var once = vault.Seal("chiave", "p");
        var again = vault.Seal("chiave", "p");

        Assert.That(again, Is.Not.EqualTo(once));
    }

    [Test]
    public void After_a_rotation_old_secrets_open_and_new_ones_are_sealed_with_the_new_key()
    {
        var before = new Vault(Old);
        var during = new Vault($"{New},{Old}");
        var after = new Vault(New);

        Assert.That(during.OpenText(before.Seal("vecchia", "p"), "p"), Is.EqualTo("vecchia"));
        Assert.That(after.OpenText(during.Seal("nuova", "p"), "p"), Is.EqualTo("nuova"));
        Assert.That(
            () => after.Open(before.Seal("vecchia", "p"), "p"),
            Throws.InstanceOf<CryptographicException>().With.Message.Contains("2025"));
    }

    [Test]
    public void After_a_rotation_old_hashes_are_still_found()
    {
        var during = new Vault($"{New},{Old}");

        Assert.That(during.Hashes("token"),
            Does.Contain(new Vault(Old).Hash("token")).And.Contains(new Vault(New).Hash("token")));
        Assert.That(during.Hash("token"), Is.EqualTo(new Vault(New).Hash("token")));
    }

    [TestCase("")]
    [TestCase("k1")]
    [TestCase("k1:")]
    [TestCase("k1:AAAA")]
    [TestCase(":AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")]
    [TestCase("a-name-that-is-too-long:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")]
    [TestCase("k1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public void A_master_key_of_another_form_is_refused(string masterKey) =>
        Assert.That(() =>
            new Vault(masterKey), Throws.InstanceOf<FormatException>().Or.InstanceOf<ArgumentException>());

    [Test]
    public void An_error_never_shows_the_key() =>
        Assert.That(() => new Vault("k1:" + "c2VjcmV0"), Throws.Exception.With.Message.Not.Contains("c2VjcmV0"));
}
