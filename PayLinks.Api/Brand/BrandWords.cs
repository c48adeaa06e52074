namespace PayLinks.Api.Brand;

/// <summary>The page where an owner says how the customer's page looks.</summary>
public sealed record BrandWords
{
    public static BrandWords Italian { get; } = new()
    {
        Title = "Aspetto",
        Means = "Come il cliente riconosce che la pagina di pagamento è tua.",
        Logo = "Logo",
        LogoHint = "Un PNG di al massimo 8 KB e 2000 pixel per lato. Al posto del logo c’è l’iniziale del tuo nome.",
        LogoNow = "Il logo di adesso",
        LogoWrong = "Scegli un’immagine PNG di al massimo 8 KB, da 16 a 2000 pixel per lato.",
        RemoveLogo = "Togli il logo",
        Color = "Colore dei pulsanti",
        ColorHint = "Sei cifre esadecimali, come #0b6e4f. Vuoto: il nostro verde.",
        ColorWrong = "Scrivi un colore come #0b6e4f, o lascia vuoto.",
        Sample = "Così appare il pulsante",
        SampleButton = "Paga 49,90 €",
        Contrast = ratio => $"Il testo del pulsante ha un contrasto di {ratio} a 1. I link usano una tinta più scura o "
            + "più chiara, se serve per leggerli.",
        Address = "Indirizzo, in fondo alla pagina",
        Phone = "Telefono per chi ha dubbi",
        PhoneHint = "Il cliente lo chiama se non riconosce una richiesta. Vuoto: vede la tua email.",
        PrivacyUrl = "Informativa sulla privacy",
        PrivacyUrlHint = "Un indirizzo https: il link sta in fondo alla pagina. Vuoto: nessun link.",
        DeskCode = "Proponi allo sportello un codice di quattro cifre, che l’operatore legge e la pagina mostra",
        Save = "Salva",
        Saved = "Salvato. Le pagine dei tuoi link sono già così.",
    };

    public static BrandWords English { get; } = new()
    {
        Title = "Brand",
        Means = "How customers know that the payment page is yours.",
        Logo = "Logo",
        LogoHint = "A PNG of at most 8 KB and 2000 pixels a side. Without a logo there is the initial of your name.",
        LogoNow = "The present logo",
        LogoWrong = "Choose a PNG picture of at most 8 KB, with 16 to 2000 pixels a side.",
        RemoveLogo = "Remove the logo",
        Color = "Colour of the buttons",
        ColorHint = "Six hexadecimal digits, like #0b6e4f. Empty: our green.",
        ColorWrong = "Enter a colour like #0b6e4f, or leave it empty.",
        Sample = "This is how the button looks",
        SampleButton = "Pay €49.90",
        Contrast = ratio => $"The button’s text has a contrast of {ratio} to 1. Links take a darker or lighter shade "
            + "where they need one to be read.",
        Address = "Address, at the foot of the page",
        Phone = "Phone for questions",
        PhoneHint = "Customers call it when they do not recognise a request. Empty: they see your email address.",
        PrivacyUrl = "Privacy notice",
        PrivacyUrlHint = "An https address: the link stands at the foot of the page. Empty: no link.",
        DeskCode = "At the desk, propose a four-digit code that the agent reads out and the page shows",
        Save = "Save",
        Saved = "Saved. The pages of your links look like this already.",
    };

    public required string Title { get; init; }
    public required string Means { get; init; }
    public required string Logo { get; init; }
    public required string LogoHint { get; init; }
    public required string LogoNow { get; init; }
    public required string LogoWrong { get; init; }
    public required string RemoveLogo { get; init; }
    public required string Color { get; init; }
    public required string ColorHint { get; init; }
    public required string ColorWrong { get; init; }
    public required string Sample { get; init; }
    public required string SampleButton { get; init; }

    /// <summary>Takes the contrast as a number.</summary>
    public required Func<string, string> Contrast { get; init; }
    public required string Address { get; init; }
    public required string Phone { get; init; }
    public required string PhoneHint { get; init; }
    public required string PrivacyUrl { get; init; }
    public required string PrivacyUrlHint { get; init; }
    public required string DeskCode { get; init; }
    public required string Save { get; init; }
    public required string Saved { get; init; }
}
