using System.CommandLine;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Npgsql;
using PayLinks.Core.Hosting;
using PayLinks.Core.Mollie;

namespace PayLinks.Api.Commands;

/// <summary><c>merchant add</c>: the words of the shell; <see cref="AddMerchant"/> does it.</summary>
internal static class AddMerchantCommand
{
    private static readonly Option<string> Name = Needed("--name", "The name customers read.");
    private static readonly Option<string> Country = Needed(
        "--country", "ISO 3166 code, like IT: how phones are read.");
    private static readonly Option<string> Language = Needed(
        "--language", "it or en: the merchant's own mails and console.");
    private static readonly Option<string> TimeZone = Needed("--time-zone", "IANA name, like Europe/Rome.");
    private static readonly Option<string> Phone = Needed("--phone", "Where customers may ask.");
    private static readonly Option<string> Address = Needed("--address", "Postal address, on one line.");
    private static readonly Option<string> Vat = Needed("--vat", "VAT number.");
    private static readonly Option<string> Email = Needed("--email", "Where the merchant is told about payments.");
    private static readonly Option<string> SmsSender = Needed(
        "--sms-sender", "3 to 11 letters and digits, a number in E.164, a short code, or a messaging service.");
    private static readonly Option<string?> EmailFrom = new("--email-from")
    {
        Description = "Sender of emails; by default --email.",
    };

    private static readonly Option<int> SmsPerDay = new("--sms-per-day")
    {
        Description = "How many segments texts may take on one day.",
        DefaultValueFactory = _ => NewMerchant.UsualSmsPerDay,
    };

    private static readonly Option<string> Mode = Needed("--mode", "test or live.");
    private static readonly Option<string> MollieKey = Needed(
        "--mollie-key", "The merchant's API key at Mollie, of the same mode.");
    private static readonly Option<bool> Json = new("--json") { Description = "Print one line of JSON." };

    private static readonly Option<string[]> User = new("--user")
    {
        Description = "ROLE:EMAIL[:PASSWORD[:DISPLAY NAME]], once for each person; ROLE is owner, manager, agent or "
            + "viewer. Missing passwords are taken from PAYLINKS_USER_PASSWORDS (lines of EMAIL=PASSWORD), or made up "
            + "and printed.",
        Required = true,
    };

    public static Command Command()
    {
        var command = new Command(
            "add", "Adds a merchant with its people and an API key, after asking Mollie about its key.")
        {
            Name, Country, Language, TimeZone, Phone, Address, Vat, Email, SmsSender, EmailFrom, SmsPerDay, Mode,
            MollieKey, User, Json,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var (merchant, errors) = CheckMerchant.Read(new MerchantDraft(
            parsed.GetValue(Name)!, parsed.GetValue(Country)!, parsed.GetValue(Language)!, parsed.GetValue(TimeZone)!,
            parsed.GetValue(Phone)!, parsed.GetValue(Address)!, parsed.GetValue(Vat)!, parsed.GetValue(Email)!,
            parsed.GetValue(SmsSender)!, parsed.GetValue(EmailFrom), parsed.GetValue(Mode)!,
            parsed.GetValue(MollieKey)!,
            parsed.GetValue(User)!, Environment.GetEnvironmentVariable("PAYLINKS_USER_PASSWORDS") ?? "",
            parsed.GetValue(SmsPerDay)));
        if (merchant is null)
        {
            return await FailAsync([.. errors]);
        }

        try
        {
            var configuration = CommandLine.Configuration();
            var services = new ServiceCollection();
            services.AddLogging();
            services.AddPayLinksCore(configuration);
            services.AddSingleton<AddMerchant>();
            await using var provider = services.BuildServiceProvider();

            // Mollie first: a key that does not work must not leave half a merchant behind.
            var mollie = provider.GetRequiredService<MollieClient>();
            switch (await mollie.GetProfileAsync(merchant.MollieKey, cancellationToken))
            {
                case MollieAnswer<MollieProfile>.Done { Value: var profile }:
                    var added = await provider.GetRequiredService<AddMerchant>().ExecuteAsync(
                        merchant, profile.Id, cancellationToken);
                    await PrintAsync(added, parsed.GetValue(Json));
                    return 0;
                case MollieAnswer<MollieProfile>.Refused { Error.Status: var status }:
                    return await FailAsync($"Mollie refused the key of --mollie-key (HTTP {status}).");
                default:
                    return await FailAsync(
                        $"Mollie does not answer at {configuration["Mollie:BaseUrl"]}; try again later.");
            }
        }
        catch (OptionsValidationException error)
        {
            return await FailAsync([.. error.Failures]);
        }
        catch (Exception error) when (error is NpgsqlException or InvalidOperationException or FormatException)
        {
            return await FailAsync(error.Message);
        }
    }

    private static async Task PrintAsync(AddedMerchant added, bool asJson)
    {
        if (asJson)
        {
            await System.Console.Out.WriteLineAsync(JsonSerializer.Serialize(added, CommandJson.Default.AddedMerchant));
            return;
        }

        await System.Console.Out.WriteLineAsync($"Merchant {added.Merchant}");
        await System.Console.Out.WriteLineAsync($"API key  {added.ApiKey}   (shown this once)");
        foreach (var user in added.Users)
        {
            await System.Console.Out.WriteLineAsync($"{user.Role,-8} {user.Email}   {user.Password}".TrimEnd());
        }
    }

    private static async Task<int> FailAsync(params string[] messages)
    {
        foreach (var message in messages)
        {
            await System.Console.Error.WriteLineAsync(message);
        }

        return 1;
    }

    private static Option<string> Needed(string name, string description) =>
        new(name) { Description = description, Required = true };
}
