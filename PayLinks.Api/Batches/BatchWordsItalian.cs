namespace PayLinks.Api.Batches;

public sealed partial record BatchWords
{
    public static BatchWords Italian { get; } = new()
    {
        Title = "Pagamenti da file",
        FromFile = "Da file",
        Means = "Un file CSV, un pagamento per riga. Prima lo controlliamo insieme: finché non confermi non creiamo e "
            + "non inviamo nulla.",
        File = "File CSV",
        FileHint = (rows, megabytes) => $"Al massimo {rows} righe e {megabytes} MB.",
        Check = "Controlla il file",
        Example = "Scarica un file di esempio",
        ExampleFile = "esempio.csv",
        ExampleRows =
        [
            ["49,90", "EUR", "Ordine 1042: trapano", "347 123 4567", "", "1042", "Anna Rossi", "it", "7", ""],
            ["1.234,56", "", "Saldo fattura 77", "", "max@example.com", "77", "Max", "de", "30", "email"],
            ["12", "", "Quota di ottobre", "", "", "Q-10", "", "", "", "nessuno"],
        ],
        Columns = "Le colonne",
        ColumnsMean = "La prima riga dà i nomi alle colonne, in italiano o in inglese, nell’ordine che vuoi. Servono "
            + "solo «Importo» e «Per cosa». Il separatore è la virgola, il punto e virgola o la tabulazione.",
        Heading = column => column switch
        {
            BatchColumn.Amount => "Importo",
            BatchColumn.Currency => "Valuta",
            BatchColumn.Description => "Per cosa",
            BatchColumn.Phone => "Telefono",
            BatchColumn.Email => "Email",
            BatchColumn.Reference => "Riferimento",
            BatchColumn.Name => "Cliente",
            BatchColumn.Language => "Lingua",
            BatchColumn.Expires => "Scadenza",
            BatchColumn.Send => "Invio",
        },
        ColumnMeans = column => column switch
        {
            BatchColumn.Amount => "Come nel modulo: 49,90 · 49.90 · 1.234,56 · EUR 49,90.",
            BatchColumn.Currency => "EUR, se diversa dalla tua.",
            BatchColumn.Description => "Il cliente lo legge.",
            BatchColumn.Phone => "Un cellulare, con o senza prefisso.",
            BatchColumn.Email => "Un solo indirizzo.",
            BatchColumn.Reference => "Numero d’ordine o di pratica.",
            BatchColumn.Name => "Il nome del cliente.",
            BatchColumn.Language => "it, en, de, fr, es. Vuota: la tua.",
            BatchColumn.Expires => "Giorni (7) o data (31/12/2030, fino a sera). Vuota: come al solito.",
            BatchColumn.Send => "sms, email, entrambi o nessuno. Vuota: ai recapiti che ci sono.",
        },
        Earlier = "File caricati",
        State = state => state switch
        {
            BatchState.Checked => "Da confermare",
            BatchState.Running => "In corso",
            BatchState.Finished => "Finito",
            BatchState.Canceled => "Fermato",
            BatchState.Forgotten => "Non confermato",
        },
        Flaw = (flaw, what) => flaw switch
        {
            FileFlaw.NoFile => "Scegli un file CSV.",
            FileFlaw.TooLarge => $"Il file è troppo grande: al massimo {what} MB. Dividilo in più file.",
            FileFlaw.Workbook => "Questo è un file di Excel: salvalo come «CSV UTF-8» e carica quello.",
            FileFlaw.Unreadable => "Il testo del file non si legge: salvalo come «CSV UTF-8».",
            FileFlaw.MixedEncodings => "Nel file sono mescolate due codifiche, e le lettere accentate andrebbero "
                + "perse: salvalo come «CSV UTF-8».",
            FileFlaw.MissingColumns => $"La prima riga deve dare i nomi alle colonne. Manca: {what}.",
            FileFlaw.RepeatedColumn => $"Nella prima riga c’è due volte: {what}.",
            FileFlaw.NoRows => "Sotto la riga dei nomi non c’è nessun pagamento.",
            FileFlaw.Quotes => $"Riga {what}: una virgoletta non si chiude, e le righe seguenti non si distinguono. "
                + "Un testo che contiene \" va tra virgolette, con \" scritto due volte.",
            FileFlaw.TooManyRows => $"Il file ha più di {what} righe: dividilo in più file.",
        },
        TooManyCells = "La riga ha più celle dei nomi di colonna. Un importo con la virgola va tra virgolette, oppure "
            + "separa le celle con il punto e virgola.",
        Quotes = "Le virgolette non tornano: dove una cella comincia con «\"», deve finire con «\"».",
        AddressNeeded = "Scrivi un cellulare o una email, oppure «nessuno» nella colonna Invio.",
        NotAccepted = "Non è stato possibile creare questo link: controlla che la riga non abbia caratteri insoliti.",
        ExpiresWrong = "Scrivi un numero di giorni o una data, per esempio 7 o 31/12/2030.",
        SendWrong = "Scrivi sms, email, entrambi o nessuno.",
        Rows = "Righe",
        Good = "Buone",
        Wrong = "Da correggere",
        Total = "Totale",
        Texts = (texts, segments) => texts == segments ? $"{texts} SMS" : $"{texts} SMS al prezzo di {segments}",
        Emails = count => count == 1 ? "1 email" : $"{count} email",
        Messages = "Da inviare",
        NoMessages = "Niente",
        Encoding = "Codifica",
        Unused = names => $"Queste colonne non servono e non le usiamo: {names}.",
        Repeated = "Riferimenti ripetuti nel file",
        RepeatedIn = (reference, count, lines) => $"{reference}: {count} volte (righe {lines})",
        ConfirmedBefore = when => $"Questo stesso file è già stato confermato il {when}: i clienti riceverebbero un "
            + "secondo link.",
        OverBudget = segments => $"Gli SMS sono più dei {segments} che puoi inviare in un giorno: il resto parte nei "
            + "giorni seguenti, se il link vale ancora.",
        Confirm = count => $"Crea {count} link",
        ConfirmAndSend = count => $"Crea e invia {count} link",
        OthersStay = "Le righe da correggere restano fuori.",
        Progress = (tried, all) => $"{tried} di {all}",
        Made = "Creati",
        Refused = "Non creati",
        Cancel = "Ferma qui",
        CancelMeans = "I link già creati restano e i messaggi partono.",
        LeaveMeans = "Puoi lasciare questa pagina: il lavoro continua.",
        Results = "Scarica i risultati",
        Rest = "Scarica solo le righe senza link",
        RestMeans = "Correggile in quel file e caricalo di nuovo: gli altri pagamenti non si ripetono.",
        Problems = "Che cosa correggere",
        FirstProblems = count => $"Le prime {count} righe; tutte sono nei risultati.",
        Kept = "Le righe che non diventano link restano 30 giorni (7 se non confermi), poi cancelliamo quello che "
            + "dicono.",
        Cleared = "Quello che dicevano le righe senza link è stato cancellato.",
        ResultsFile = "risultati.csv",
        Line = "Riga",
        Column = "Colonna",
        Status = "Stato",
        Problem = "Problema",
        Address = "Link",
        RowMade = "Creato",
        RowWrong = "Da correggere",
        RowRefused = "Non creato",
        RowWaits = "In attesa",
        RowLeft = "Fermato prima",
    };
}
