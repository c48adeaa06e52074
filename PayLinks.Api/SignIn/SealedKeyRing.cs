using System.Xml.Linq;
using Dapper;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Npgsql;
using PayLinks.Core.Secrets;

namespace PayLinks.Api.SignIn;

/// <summary>
/// ASP.NET's data protection keys in the database, each sealed with the master key: all API processes read each other's
/// cookies, a restart signs nobody out, and a copy of the database forges nothing.
/// </summary>
public sealed class SealedKeyRing(NpgsqlDataSource database, Vault vault, TimeProvider clock) : IXmlRepository
{
    private const string ReadSql = "select name, xml_cipher from data_protection_key order by created_at, name";

    private const string AddSql = "insert into data_protection_key (name, xml_cipher) values (@name, @cipher)";

    // The framework knows no asynchronous repository; keys are read once a day.
    public IReadOnlyCollection<XElement> GetAllElements()
    {
        using var connection = database.OpenConnection();
        return
        [
            .. connection.Query<Row>(ReadSql)
                .Select(row => XElement.Parse(vault.OpenText(row.XmlCipher, Purpose(row.Name)))),
        ];
    }

    public void StoreElement(XElement element, string friendlyName)
    {
        var name = string.IsNullOrEmpty(friendlyName)
            ? Guid.CreateVersion7(clock.GetUtcNow()).ToString()
            : friendlyName;
        using var connection = database.OpenConnection();
        connection.Execute(
            AddSql, new { name, cipher = vault.Seal(element.ToString(SaveOptions.DisableFormatting), Purpose(name)) });
    }

    private static string Purpose(string name) => $"data-protection/{name}";

    private sealed record Row(string Name, byte[] XmlCipher);
}
