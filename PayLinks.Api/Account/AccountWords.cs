using PayLinks.Api.SignIn;

namespace PayLinks.Api.Account;

/// <summary>The pages of a person's own account.</summary>
public sealed record AccountWords
{
    public static AccountWords Italian { get; } = new()
    {
        Title = "Account",
        Means = email => $"Come accedi con {email}, e dove sei collegato adesso.",
        YourPassword = "La tua password",
        Passkeys = "Passkey",
        PasskeysMean = "Accedi con l’impronta, il viso o il PIN del dispositivo, senza password né codice.",
        Added = when => $"Aggiunta il {when}.",
        LastUsed = when => $"Usata l’ultima volta il {when}.",
        NeverUsed = "Mai usata.",
        Remove = "Rimuovi",
        RemoveNamed = name => $"Rimuovi {name}",
        PasskeyName = "Nome della nuova passkey",
        PasskeyNameHint = "Per riconoscerla, per esempio «iPhone di Anna».",
        AddPasskey = "Aggiungi una passkey",
        PasskeyNameShape = max => $"Scrivi un nome per la passkey, di {max} caratteri al massimo.",
        TooManyPasskeys = max => $"Hai già {max} passkey: prima rimuovine una.",
        PasskeyMissing = "Qui non si può fare una passkey: serve JavaScript, in un browser aggiornato.",
        PasskeyAsks = "Il dispositivo chiede l’impronta, il viso o il PIN. La chiave resta lì: a noi arriva "
            + "solo la sua metà pubblica.",
        MakePasskey = "Crea la passkey",
        PasskeyFailed = "Il dispositivo non ha creato la passkey. Riprova; forse ne ha già una per questo accesso.",
        PasskeyNotMade =
            "La passkey non è stata aggiunta: è passato troppo tempo, o il dispositivo ha risposto male. Riprova.",
        PasskeyAdded = "Passkey aggiunta. Puoi usarla dal prossimo accesso.",
        PasskeyRemoved = "Passkey rimossa: non vale più. Cancellala anche dal dispositivo.",
        Authenticator = "Codice da un’app",
        AuthenticatorMeans =
            "Dopo la password ti chiediamo anche un codice di un’app, che cambia ogni mezzo minuto.",
        On = "Attivo",
        OnSince = when => $"Dal {when}.",
        CodesLeft = left => $"Codici di recupero rimasti: {left}.",
        TurnOn = "Attiva",
        Change = "Modifica",
        TurnOnTitle = "Attiva il codice da un’app",
        TurnOnMeans =
            "Poi ti mostriamo dieci codici di recupero, e usciamo dagli altri dispositivi in cui sei collegato.",
        Scan = "Inquadra questo codice con l’app di autenticazione.",
        QrMeans = "Codice QR con la chiave per l’app di autenticazione",
        OrType = "Oppure scrivi nell’app questa chiave:",
        OpenApp = "L’app è su questo telefono? Aprila",
        FirstCodeHint = "Le 6 cifre che l’app mostra adesso.",
        CodeShape = "Scrivi le 6 cifre che l’app mostra adesso.",
        CodeWrong = "Il codice non corrisponde. Controlla che l’ora del telefono sia automatica, e scrivi "
            + "il codice che l’app mostra adesso.",
        SecretTooOld = "È passato troppo tempo: la chiave qui sotto è nuova. Inquadrala, e scrivi il suo codice.",
        RecoveryTitle = "Codici di recupero",
        RecoveryCodes = "I tuoi codici",
        TurnedOnNow = "Fatto. Dal prossimo accesso ti chiediamo anche il codice dell’app.",
        RecoveryMeans =
            "Senza il telefono accedi con uno di questi. Ognuno vale una volta sola; quelli di prima non valgono più.",
        RecoveryOnce = "Li mostriamo solo adesso: conservali dove non è il telefono.",
        Kept = "Li ho conservati",
        ChangeMeans = "Serve per cambiare i codici di recupero e per disattivare.",
        NewCodes = "Nuovi codici di recupero",
        TurnOff = "Disattiva",
        TurnedOff = "Disattivato: per accedere basta la password.",
        Password = "Password",
        OldPassword = "Password attuale",
        NewPassword = "Nuova password",
        NewAgain = "Nuova password, di nuovo",
        ChangePassword = "Cambia password",
        ChangePasswordMeans = "Gli altri dispositivi in cui sei collegato escono.",
        PasswordsDiffer = "Le due nuove password non sono uguali.",
        PasswordChanged = "Password cambiata. Sei collegato solo qui.",
        Sessions = "Dove sei collegato",
        UnknownDevice = "Dispositivo sconosciuto",
        ThisOne = "questo",
        Started = when => $"Dal {when}.",
        LastSeen = when => $"Ultima attività il {when}.",
        End = "Esci",
        EndNamed = (device, when) => $"Esci da {device}, dal {when}",
        EndOthers = "Esci da tutti gli altri",
        Ended = "Fatto: lì bisogna accedere di nuovo.",
        PasswordShape = $"Da {StaffPassword.MinLength} a {StaffPassword.MaxLength} caratteri, di qualunque tipo.",
        WrongPassword = (failures, minutes) =>
            $"La password non è questa. Dopo {failures} tentativi la verifica si ferma per {minutes} minuti.",
    };

    public static AccountWords English { get; } = new()
    {
        Title = "Account",
        Means = email => $"How you sign in as {email}, and where you are signed in now.",
        YourPassword = "Your password",
        Passkeys = "Passkeys",
        PasskeysMean = "Sign in with the fingerprint, face or PIN of your device, without password or code.",
        Added = when => $"Added {when}.",
        LastUsed = when => $"Last used {when}.",
        NeverUsed = "Never used.",
        Remove = "Remove",
        RemoveNamed = name => $"Remove {name}",
        PasskeyName = "Name of the new passkey",
        PasskeyNameHint = "To recognise it, for example “Anna’s iPhone”.",
        AddPasskey = "Add a passkey",
        PasskeyNameShape = max => $"Type a name for the passkey, of {max} characters at most.",
        TooManyPasskeys = max => $"You have {max} passkeys already: remove one first.",
        PasskeyMissing = "No passkey can be made here: it takes JavaScript, in a recent browser.",
        PasskeyAsks =
            "Your device asks for fingerprint, face or PIN. The key stays there: we get its public half only.",
        MakePasskey = "Make the passkey",
        PasskeyFailed = "Your device made no passkey. Try again; perhaps it has one for this account already.",
        PasskeyNotMade =
            "The passkey was not added: too much time has passed, or the device answered wrongly. Try again.",
        PasskeyAdded = "Passkey added. You can use it the next time you sign in.",
        PasskeyRemoved = "Passkey removed: it no longer works. Delete it from your device too.",
        Authenticator = "Code from an app",
        AuthenticatorMeans =
            "After your password we also ask for a code that changes every half minute, from an authenticator app.",
        On = "On",
        OnSince = when => $"Since {when}.",
        CodesLeft = left => $"Recovery codes left: {left}.",
        TurnOn = "Turn on",
        Change = "Change",
        TurnOnTitle = "Turn on codes from an app",
        TurnOnMeans = "Then we show you ten recovery codes, and sign you out on your other devices.",
        Scan = "Scan this code with your authenticator app.",
        QrMeans = "QR code with the key for your authenticator app",
        OrType = "Or type this key into the app:",
        OpenApp = "Is the app on this phone? Open it",
        FirstCodeHint = "The 6 digits that the app shows now.",
        CodeShape = "Type the 6 digits that the app shows now.",
        CodeWrong = "This code does not match. Check that your phone sets its clock by itself, and type "
            + "the code that the app shows now.",
        SecretTooOld = "Too much time has passed: the key below is a new one. Scan it, and type its code.",
        RecoveryTitle = "Recovery codes",
        RecoveryCodes = "Your codes",
        TurnedOnNow = "Done. From the next time you sign in we also ask for a code from the app.",
        RecoveryMeans =
            "Without your phone you sign in with one of these. Each works once; any you had before no longer do.",
        RecoveryOnce = "We show them only now: keep them where your phone is not.",
        Kept = "I have kept them",
        ChangeMeans = "It is needed to change the recovery codes and to turn this off.",
        NewCodes = "New recovery codes",
        TurnOff = "Turn off",
        TurnedOff = "Turned off: the password alone signs you in.",
        Password = "Password",
        OldPassword = "Current password",
        NewPassword = "New password",
        NewAgain = "New password, again",
        ChangePassword = "Change password",
        ChangePasswordMeans = "Your other devices are signed out.",
        PasswordsDiffer = "The two new passwords are not the same.",
        PasswordChanged = "Password changed. You are signed in here alone.",
        Sessions = "Where you are signed in",
        UnknownDevice = "Unknown device",
        ThisOne = "this one",
        Started = when => $"Since {when}.",
        LastSeen = when => $"Last active {when}.",
        End = "Sign out",
        EndNamed = (device, when) => $"Sign out {device}, since {when}",
        EndOthers = "Sign out all others",
        Ended = "Done: there it takes a new sign-in.",
        PasswordShape = $"{StaffPassword.MinLength} to {StaffPassword.MaxLength} characters, of any kind.",
        WrongPassword = (failures, minutes) =>
            $"This is not your password. After {failures} attempts checking stops for {minutes} minutes.",
    };

    public required string Title { get; init; }
    public required Func<string, string> Means { get; init; }
    public required string YourPassword { get; init; }
    public required string Passkeys { get; init; }
    public required string PasskeysMean { get; init; }
    public required Func<string, string> Added { get; init; }
    public required Func<string, string> LastUsed { get; init; }
    public required string NeverUsed { get; init; }
    public required string Remove { get; init; }
    public required Func<string, string> RemoveNamed { get; init; }
    public required string PasskeyName { get; init; }
    public required string PasskeyNameHint { get; init; }
    public required string AddPasskey { get; init; }
    public required Func<int, string> PasskeyNameShape { get; init; }
    public required Func<int, string> TooManyPasskeys { get; init; }
    public required string PasskeyMissing { get; init; }
    public required string PasskeyAsks { get; init; }
    public required string MakePasskey { get; init; }
    public required string PasskeyFailed { get; init; }
    public required string PasskeyNotMade { get; init; }
    public required string PasskeyAdded { get; init; }
    public required string PasskeyRemoved { get; init; }
    public required string Authenticator { get; init; }
    public required string AuthenticatorMeans { get; init; }
    public required string On { get; init; }
    public required Func<string, string> OnSince { get; init; }
    public required Func<int, string> CodesLeft { get; init; }
    public required string TurnOn { get; init; }
    public required string Change { get; init; }
    public required string TurnOnTitle { get; init; }
    public required string TurnOnMeans { get; init; }
    public required string Scan { get; init; }
    public required string QrMeans { get; init; }
    public required string OrType { get; init; }
    public required string OpenApp { get; init; }
    public required string FirstCodeHint { get; init; }
    public required string CodeShape { get; init; }
    public required string CodeWrong { get; init; }
    public required string SecretTooOld { get; init; }
    public required string RecoveryTitle { get; init; }
    public required string RecoveryCodes { get; init; }
    public required string TurnedOnNow { get; init; }
    public required string RecoveryMeans { get; init; }
    public required string RecoveryOnce { get; init; }
    public required string Kept { get; init; }
    public required string ChangeMeans { get; init; }
    public required string NewCodes { get; init; }
    public required string TurnOff { get; init; }
    public required string TurnedOff { get; init; }
    public required string Password { get; init; }
    public required string OldPassword { get; init; }
    public required string NewPassword { get; init; }
    public required string NewAgain { get; init; }
    public required string ChangePassword { get; init; }
    public required string ChangePasswordMeans { get; init; }
    public required string PasswordsDiffer { get; init; }
    public required string PasswordChanged { get; init; }
    public required string Sessions { get; init; }
    public required string UnknownDevice { get; init; }
    public required string ThisOne { get; init; }
    public required Func<string, string> Started { get; init; }
    public required Func<string, string> LastSeen { get; init; }
    public required string End { get; init; }
    public required Func<string, string, string> EndNamed { get; init; }
    public required string EndOthers { get; init; }
    public required string Ended { get; init; }
    public required string PasswordShape { get; init; }

    /// <summary>Also when they are locked out; takes the failures allowed and minutes.</summary>
    public required Func<int, int, string> WrongPassword { get; init; }
}
