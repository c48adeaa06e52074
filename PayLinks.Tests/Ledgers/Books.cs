namespace PayLinks.Tests.Ledgers;

/// <summary>
/// Two ledgers that agree, to be doctored: they hold one link, its payment, its refund, its dispute, its messages, and
/// the notices of its events.
/// </summary>
internal sealed record Books(OurBooks Ours, TheirBooks Theirs)
{
    public Books Link(Func<OurLink, OurLink> doctor) =>
        this with { Ours = Ours with { Links = [doctor(Ours.Links[0])] } };

    public Books Payment(Func<OurPayment, OurPayment> doctor) =>
        this with { Ours = Ours with { Payments = [doctor(Ours.Payments[0])] } };

    /// <summary>Adds a doctored copy.</summary>
    public Books Payments(Func<OurPayment, OurPayment> doctor) =>
        this with { Ours = Ours with { Payments = [.. Ours.Payments, doctor(Ours.Payments[0])] } };

    public Books Refund(Func<OurRefund, OurRefund> doctor) =>
        this with { Ours = Ours with { Refunds = [doctor(Ours.Refunds[0])] } };

    public Books Dispute(Func<OurDispute, OurDispute> doctor) =>
        this with { Ours = Ours with { Disputes = [doctor(Ours.Disputes[0])] } };

    /// <summary>The message that carries the link.</summary>
    public Books Message(Func<OurMessage, OurMessage> doctor) => this with
    {
        Ours = Ours with
        {
            Messages = [.. Ours.Messages.Select(message => message.Purpose == "link" ? doctor(message) : message)],
        },
    };

    /// <summary>Adds a doctored copy.</summary>
    public Books Messages(Func<OurMessage, OurMessage> doctor) => this with
    {
        Ours = Ours with
        {
            Messages = [.. Ours.Messages, doctor(Ours.Messages.Single(message => message.Purpose == "link"))],
        },
    };

    public Books Events(Func<OurEvent, OurEvent> doctor) =>
        this with { Ours = Ours with { Events = [.. Ours.Events.Select(doctor)] } };

    public Books TheirPayment(Func<TheirPayment, TheirPayment> doctor) =>
        this with { Theirs = Theirs with { Payments = [doctor(Theirs.Payments[0])] } };

    public Books TheirRefund(Func<TheirRefund, TheirRefund> doctor) =>
        this with { Theirs = Theirs with { Refunds = [doctor(Theirs.Refunds[0])] } };

    public Books Chargeback(Func<TheirChargeback, TheirChargeback> doctor) =>
        this with { Theirs = Theirs with { Chargebacks = [doctor(Theirs.Chargebacks[0])] } };

    public Books Notices(Func<OurNotice, OurNotice> doctor) =>
        this with { Ours = Ours with { Notices = [.. Ours.Notices.Select(doctor)] } };

    /// <summary>The link is paid a second time, and by rule the money goes back or stays.</summary>
    public Books PaidAgain(bool refunded)
    {
        var payment = Ours.Payments[0] with { Id = Guid.CreateVersion7(), MollieId = "tr_again", Surplus = true };
        var refund = Ours.Refunds[0] with
        {
            Id = Guid.CreateVersion7(),
            PaymentId = payment.Id,
            Cause = "surplus",
            AmountMinor = payment.AmountMinor,
            MollieId = "re_again",
        };
        return new Books(
            Ours with
            {
                Payments = [.. Ours.Payments, payment],
                Refunds = refunded ? [.. Ours.Refunds, refund] : Ours.Refunds,
            },
            Theirs with
            {
                Payments = [.. Theirs.Payments, Theirs.Payments[0] with { Id = "tr_again" }],
                Refunds = refunded
                    ? [.. Theirs.Refunds, Theirs.Refunds[0] with
                    {
                        Id = "re_again",
                        PaymentId = "tr_again",
                        Amount = Theirs.Payments[0].Amount,
                    }]
                    : Theirs.Refunds,
            });
    }
}
