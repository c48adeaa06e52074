namespace PayLinks.Api.SignIn;

public sealed record SignInWords
{
    public static SignInWords Italian { get; } = new()
    {
        Title = "Accedi",
        Email = "Email",
        Password = "Password",
        Submit = "Accedi",
        ChooseTitle = "Per chi lavori adesso?",
        NoMerchant = "Il tuo accesso non è collegato a nessuna attività. Chiedi al titolare.",
        Wrong = (failures, minutes) =>
            $"Email e password non corrispondono. Dopo {failures} tentativi l’accesso si ferma per {minutes} minuti.",
        TooManyAttempts = minutes => $"Troppi tentativi da questa rete. Riprova tra {minutes} min.",
        CodeTitle = "Codice di accesso",
        Code = "Codice",
        CodeHint = "Le 6 cifre che l’app di autenticazione mostra adesso.",
        RecoveryCode = "Codice di recupero",
        RecoveryCodeHint = "Uno dei 10 codici che hai conservato. Ognuno vale una volta sola.",
        UseRecovery = "Non hai il telefono? Usa un codice di recupero",
        UseApp = "Usa il codice dell’app",
        StartAgain = "Ricomincia con email e password",
        CodeShape = "Scrivi le 6 cifre dell’app, oppure un codice di recupero di 10 caratteri.",
        CodeWrong = (failures, minutes) =>
            "Il codice non vale: è sbagliato, vecchio o già usato. Aspetta il prossimo e scrivilo. "
            + $"Dopo {failures} tentativi l’accesso si ferma per {minutes} minuti.",
        CodeTooLate = "È passato troppo tempo dalla password. Accedi di nuovo.",
        UsePasskey = "Accedi con una passkey",
        PasskeyFailed = "Il dispositivo non ha dato nessuna passkey. Riprova, oppure usa la password.",
        PasskeyRefused = "Questa passkey non vale qui, o è passato troppo tempo. Riprova, oppure usa la password.",
        EndsSoon = "La sessione sta per finire. Quello che hai scritto resta, ma non è ancora salvato.",
        EndsForGood = "La sessione finisce tra meno di due minuti e non si può prolungare. "
            + "Salva adesso, oppure accedi di nuovo in un’altra scheda: quello che hai scritto qui resta.",
        StaySignedIn = "Resta collegato",
    };

    public static SignInWords English { get; } = new()
    {
        Title = "Sign in",
        Email = "Email",
        Password = "Password",
        Submit = "Sign in",
        ChooseTitle = "Who are you working for now?",
        NoMerchant = "Your sign-in is not connected to any business. Ask the owner.",
        Wrong = (failures, minutes) =>
            $"Email and password do not match. After {failures} attempts signing in stops for {minutes} minutes.",
        TooManyAttempts = minutes => $"Too many attempts from this network. Try again in {minutes} min.",
        CodeTitle = "Sign-in code",
        Code = "Code",
        CodeHint = "The 6 digits that your authenticator app shows now.",
        RecoveryCode = "Recovery code",
        RecoveryCodeHint = "One of the 10 codes that you have kept. Each works once.",
        UseRecovery = "Without your phone? Use a recovery code",
        UseApp = "Use the code from the app",
        StartAgain = "Start again with email and password",
        CodeShape = "Type the 6 digits from the app, or a recovery code of 10 characters.",
        CodeWrong = (failures, minutes) =>
            "This code does not work: it is wrong, old or used. Wait for the next one and type it. "
            + $"After {failures} attempts signing in stops for {minutes} minutes.",
        CodeTooLate = "Too much time has passed since your password. Sign in again.",
        UsePasskey = "Sign in with a passkey",
        PasskeyFailed = "Your device gave no passkey. Try again, or use your password.",
        PasskeyRefused =
            "This passkey does not work here, or too much time has passed. Try again, or use your password.",
        EndsSoon = "Your session is about to end. What you have typed stays, but is not saved yet.",
        EndsForGood = "Your session ends in less than two minutes and cannot be prolonged. "
            + "Save now, or sign in again in another tab: what you have typed here stays.",
        StaySignedIn = "Stay signed in",
    };

    public required string Title { get; init; }

    public required string Email { get; init; }

    public required string Password { get; init; }

    public required string Submit { get; init; }

    public required string ChooseTitle { get; init; }

    public required string NoMerchant { get; init; }

    /// <summary>
    /// The same for a wrong password, an unknown address and a locked account; takes the failures allowed and minutes.
    /// </summary>
    public required Func<int, int, string> Wrong { get; init; }

    public required Func<int, string> TooManyAttempts { get; init; }

    public required string CodeTitle { get; init; }

    public required string Code { get; init; }

    public required string CodeHint { get; init; }

    public required string RecoveryCode { get; init; }

    public required string RecoveryCodeHint { get; init; }

    public required string UseRecovery { get; init; }

    public required string UseApp { get; init; }

    public required string StartAgain { get; init; }

    /// <summary>Of what can be no code.</summary>
    public required string CodeShape { get; init; }

    /// <summary>Also when they are locked out; takes the failures allowed and minutes.</summary>
    public required Func<int, int, string> CodeWrong { get; init; }

    public required string CodeTooLate { get; init; }

    public required string UsePasskey { get; init; }

    /// <summary>Somebody has called it off, or the device has none.</summary>
    public required string PasskeyFailed { get; init; }

    public required string PasskeyRefused { get; init; }

    public required string EndsSoon { get; init; }

    /// <summary>No click puts it off.</summary>
    public required string EndsForGood { get; init; }

    public required string StaySignedIn { get; init; }
}
