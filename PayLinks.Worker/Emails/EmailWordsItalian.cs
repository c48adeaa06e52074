using System.Globalization;

namespace PayLinks.Worker.Emails;

internal static class EmailWordsItalian
{
    public static readonly EmailWords All = new()
    {
        Language = "it",
        Culture = CultureInfo.GetCultureInfo("it-IT"),
        TestMode = "MODALITÀ TEST: non si muove denaro vero.",
        Greeting = name => name.Length == 0 ? "Buongiorno," : $"Buongiorno {name},",
        PayButton = amount => $"Vai al pagamento di {amount}",
        OrCopy = "Oppure copia questo indirizzo nel browser:",
        NotExpected = "Non aspettavi questa richiesta? Non pagare e contatta il mittente a un recapito che già "
            + "conosci. Nessuno ti chiederà i dati della carta per email o per telefono.",
        AlreadyPaid = "Hai già pagato? Allora non devi fare altro.",
        ShowReceipt = "Mostra la ricevuta",
        ShowRequest = "Mostra la richiesta",
        NotAnInvoice = "Questa è la conferma del pagamento. Non è una fattura.",
        RefundTakes = "L’accredito torna sulla carta o sul conto con cui hai pagato, di solito entro pochi giorni "
            + "lavorativi.",
        Merchant = "A favore di",
        VatNumber = "Partita IVA",
        Amount = "Importo",
        Purpose = "Per",
        Reference = "Riferimento",
        Reason = "Motivo",
        Expires = "Scade",
        PaidAt = "Pagato il",
        PaidBy = "Pagato con",
        Questions = phone => $"Domande? {phone}",
        StopWriting = "Non scrivermi più",
    };
}
