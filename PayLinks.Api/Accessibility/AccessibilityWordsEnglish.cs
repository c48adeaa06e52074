namespace PayLinks.Api.Accessibility;

internal static class AccessibilityWordsEnglish
{
    public static readonly AccessibilityWords All = new()
    {
        Title = "Accessibility",
        Scope = "This statement covers the payment pages, and the pages on which links are made and followed.",
        Standard = "They are made to meet WCAG 2.2 at level AA: they work with a keyboard, can be read on 320 pixels, "
            + "by day and by night, and nearly everything works without JavaScript. A program (axe) checks them at "
            + "each change.",
        GapsTitle = "What is missing",
        Gaps =
        [
            "The card fields are Mollie’s, the payment institution: the names and errors beside them are ours, the "
                + "rest is not.",
            "The pages of Mollie, of banks and of other ways to pay are not ours, and we have not checked them.",
            "Nobody who uses a screen reader every day has tried these pages for us yet.",
            "The documentation for programmers has not been checked.",
        ],
        ContactTitle = "If something does not work for you",
        Tell = name => $"Tell {name}:",
        TellOperator = "Tell whoever runs this site:",
        TellSender = "Tell whoever sent you the link or gave you access.",
        MadeOn = date => $"Statement of {date}, based on our own tests.",
    };
}
