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
}
