using System.Globalization;

namespace PayLinks.Core.Texts;

internal static class TextWordsSpanish
{
    public static readonly TextWords All = new()
    {
        Language = "es",
        Culture = CultureInfo.GetCultureInfo("es-ES"),
        Payment = "Pago",
        ShortTime = at => string.Create(
            CultureInfo.GetCultureInfo("es-ES"), $"{at:ddd d/M} {at.Hour}:{at:mm}h"),
        LongTime = "dddd d 'de' MMMM 'de' yyyy, HH:mm",
        Sms = new SmsTexts
        {
            Link = TextTemplate.Of(
                "{merchant}: pague {amount}[ por {purpose}| (ref. {reference})] antes del {expires}. {url}"
                + "[ ¿Dudas? {phone}]"),
            Desk = TextTemplate.Of(
                "{merchant}: enlace de esta llamada, {amount}[, {purpose}|, ref. {reference}]. Vale hasta"
                + " {expires}. {url}"),
            Reminder = TextTemplate.Of(
                "{merchant}: su enlace para pagar {amount}[ por {purpose}| (ref. {reference})] caduca el"
                + " {expires}. {url}[ ¿Ya ha pagado? Ignore este SMS.]"),
            Receipt = TextTemplate.Of(
                "{merchant}: hemos recibido {amount}[ por {purpose}| (ref. {reference})]. Recibo: {url}[ ¡Gracias!]"),
            Refund = TextTemplate.Of(
                "{merchant}: le devolvemos {amount}[ por {purpose}| (ref. {reference})]. Recibo: {url}"),
            Canceled = TextTemplate.Of(
                "{merchant}: la solicitud de {amount}[ por {purpose}| (ref. {reference})] queda cancelada."
                + " No tiene que pagar nada.[ ¿Dudas? {phone}]"),
        },
        Email = new EmailTexts
        {
            Link = new EmailText(
                TextTemplate.Of("{merchant}: solicitud de pago de {amount}"),
                TextTemplate.Of("{merchant} le pide el pago de {amount}.")),
            Reminder = new EmailText(
                TextTemplate.Of("{merchant}: {amount} por pagar antes del {expires}"),
                TextTemplate.Of("El enlace para pagar {amount} a {merchant} caduca el {expires}.")),
            Receipt = new EmailText(
                TextTemplate.Of("{merchant}: hemos recibido {amount}"),
                TextTemplate.Of("{merchant} ha recibido su pago de {amount}. ¡Gracias!")),
            Refund = new EmailText(
                TextTemplate.Of("{merchant}: devolución de {amount}"),
                TextTemplate.Of("{merchant} le ha devuelto {amount}.")),
            Canceled = new EmailText(
                TextTemplate.Of("{merchant}: solicitud de {amount} cancelada"),
                TextTemplate.Of("{merchant} ha cancelado la solicitud de pago de {amount}. No tiene que pagar nada.")),
        },
    };
}
