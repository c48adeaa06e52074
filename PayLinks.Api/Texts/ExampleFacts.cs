using Dapper;
using PayLinks.Api.Links;
using PayLinks.Api.SignIn;
using PayLinks.Core;
using PayLinks.Core.Database;
using PayLinks.Core.Texts;

namespace PayLinks.Api.Texts;

/// <summary>Facts to show a merchant's words with.</summary>
internal static class ExampleFacts
{
    extension(MerchantTransaction transaction)
    {
        /// <summary>
        /// The merchant's own name and number; first with usual facts, then with the longest that a link may have.
        /// </summary>
        public async Task<IReadOnlyList<MessageFacts>> ExamplesAsync(
            TextChoice choice, Staff staff, MerchantFacts merchant, LinkLimits limits, PreviewSms preview)
        {
            var phone = await transaction.Connection.ExecuteScalarAsync<string?>(
                "select phone from merchant where id = paylinks_merchant()");
            var currency = Currency.Get(merchant.Currency);
            var until = TimeZoneInfo.ConvertTime(merchant.Now + merchant.LinkLifetime, staff.TimeZone).DateTime;
            var usual = new MessageFacts(
                choice.Kind, choice.Language, staff.Mode == "test", staff.MerchantName, phone,
                new Money(4990, currency), "1042", "1042", "Anna", until, preview.SampleUrl);
            return
            [
                usual,
                usual with
                {
                    Amount = new Money(limits.AmountMaxMinor, currency),
                    Purpose = Long(limits.DescriptionLengthMax),
                    Reference = Long(limits.ReferenceLengthMax),
                    CustomerName = Long(limits.NameLengthMax),
                },
            ];
        }
    }

    // Words of usual length, so that it is cut where real ones are.
    private static string Long(int length) =>
        string.Concat(Enumerable.Repeat("abcdefghi ", (length / 10) + 1))[..length].TrimEnd();
}
