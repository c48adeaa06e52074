namespace PayLinks.Api.Desk;

/// <summary>The states of the desk as a supervisor tells them apart.</summary>
public enum TeamStage
{
    Leaving,
    Arrived,
    WithCustomer,
    NeedsHelp,
}

public static class TeamStages
{
    /// <summary>Null once there is nothing left to do.</summary>
    public static TeamStage? Of(DeskState state) => state switch
    {
        DeskState.Ready or DeskState.Queued or DeskState.Sent => TeamStage.Leaving,
        DeskState.Delivered or DeskState.Unopened => TeamStage.Arrived,
        DeskState.Opened or DeskState.Typing or DeskState.Paying or DeskState.BankCheck or DeskState.BankDecides =>
            TeamStage.WithCustomer,
        DeskState.Unsure or DeskState.NotDelivered or DeskState.Refused or DeskState.Declined
            or DeskState.Asked => TeamStage.NeedsHelp,
        DeskState.Paid or DeskState.Expired or DeskState.Canceled => null,
    };
}
