using System.Text.Json;
using PayLinks.Core.Database;
using PayLinks.Core.Links;
using PayLinks.Core.Messages;
using PayLinks.Core.Texts;

namespace PayLinks.Api.Links;

internal static class CountSegments
{
    extension(MerchantFacts merchant)
    {
        /// <summary>What the text message that carries this link costs: writes it as the worker will.</summary>
        public int SegmentsOf(NewLink link, string mode, bool onCall, string url)
        {
            var kind = TextKinds.Of(MessagePurpose.Link, MessageChannel.Sms, onCall)!.Value;
            var own = JsonSerializer.Deserialize(merchant.OwnTexts, LinkJson.Default.DictionaryStringString)!;
            var expiresLocal = TimeZoneInfo.ConvertTime(
                link.ExpiresAt, TimeZoneInfo.FindSystemTimeZoneById(merchant.TimeZone)).DateTime;
            var facts = new MessageFacts(
                kind, link.Locale, mode == "test", merchant.Name, merchant.Phone, link.Amount, link.Description,
                link.Reference, link.CustomerName, expiresLocal, url);
            return SmsText.Write(
                facts, own.GetValueOrDefault($"{kind.ToText()}/{TextWords.For(link.Locale).Language}")).Size.Segments;
        }
    }
}
