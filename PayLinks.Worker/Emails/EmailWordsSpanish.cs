using System.Globalization;

namespace PayLinks.Worker.Emails;

internal static class EmailWordsSpanish
{
    public static readonly EmailWords All = new()
    {
        Language = "es",
        Culture = CultureInfo.GetCultureInfo("es-ES"),
        TestMode = "MODO DE PRUEBA: no se mueve dinero real.",
        Greeting = name => name.Length == 0 ? "Buenos días," : $"Buenos días, {name}:",
        PayButton = amount => $"Ir al pago de {amount}",
        OrCopy = "O copie esta dirección en su navegador:",
        NotExpected = "¿No esperaba esta solicitud? No pague y contacte con el remitente por un medio que ya conozca. "
            + "Nadie le pedirá los datos de su tarjeta por correo electrónico ni por teléfono.",
        AlreadyPaid = "¿Ya ha pagado? Entonces no tiene que hacer nada más.",
        ShowReceipt = "Ver el recibo",
        ShowRequest = "Ver la solicitud",
        NotAnInvoice = "Esto confirma su pago. No es una factura.",
        RefundTakes = "El dinero vuelve a la tarjeta o cuenta con la que pagó, normalmente en pocos días laborables.",
        Merchant = "Beneficiario",
        VatNumber = "NIF-IVA",
        Amount = "Importe",
        Purpose = "Concepto",
        Reference = "Referencia",
        Reason = "Motivo",
        Expires = "Caduca",
        PaidAt = "Pagado el",
        PaidBy = "Pagado con",
        Questions = phone => $"¿Preguntas? {phone}",
        StopWriting = "No me escriban más",
    };
}
