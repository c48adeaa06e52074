namespace PayLinks.Api.Accessibility;

internal static class AccessibilityWordsSpanish
{
    public static readonly AccessibilityWords All = new()
    {
        Title = "Accesibilidad",
        Scope = "Esta declaración vale para las páginas de pago y para aquellas en las que se crean y se siguen los "
            + "enlaces.",
        Standard = "Están hechas para cumplir las WCAG 2.2 en el nivel AA: se usan con el teclado, se leen en 320 "
            + "píxeles, de día y de noche, y casi todo funciona sin JavaScript. Un programa (axe) las comprueba en "
            + "cada cambio.",
        GapsTitle = "Lo que falta",
        Gaps =
        [
            "Los campos de la tarjeta son de Mollie, la entidad de pago: los nombres y errores de al lado son "
                + "nuestros, el resto no.",
            "Las páginas de Mollie, de los bancos y de otros medios de pago no son nuestras, y no las hemos "
                + "comprobado.",
            "Nadie que use a diario un lector de pantalla las ha probado aún para nosotros.",
            "La documentación para programadores no se ha comprobado.",
        ],
        ContactTitle = "Si algo no le funciona",
        Tell = name => $"Dígaselo a {name}:",
        TellOperator = "Dígaselo a quien gestiona este sitio:",
        TellSender = "Dígaselo a quien le envió el enlace o le dio acceso.",
        MadeOn = date => $"Declaración del {date}, basada en pruebas nuestras.",
    };
}
