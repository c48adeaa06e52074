using Npgsql;
using PayLinks.Api.Console;
using PayLinks.Api.Events;
using PayLinks.Api.Links;
using PayLinks.Api.SignIn;
using PayLinks.Core.Database;

namespace PayLinks.Api.Desk;

/// <param name="Agents">As links record them, and their names.</param>
/// <param name="Names">Everybody's names.</param>
/// <param name="Live">From where on the live screen follows what happens.</param>
public sealed record TeamModel(
    string Agent, TeamStage? Stage, IReadOnlyList<(string Maker, string Name)> Agents, IReadOnlyList<TeamCard> Cards,
    IReadOnlyDictionary<string, string> Names, TeamTimes Times, IReadOnlyList<Undelivered> Undelivered, FeedPlace Live,
    DateTimeOffset Now, string? Refused);

/// <summary>What all agents are at, for owners and managers.</summary>
internal static class ShowTeam
{
    /// <param name="agent">Only this one's links.</param>
    /// <param name="stage">Only what stands there.</param>
    public static async Task<IResult> HandleAsync(
        string? agent, string? stage, string? refused, ConsolePage page, Staff staff, NpgsqlDataSource database,
        ReadTeam read, CancellationToken cancellationToken)
    {
        TeamStage? wanted = Enum.TryParse<TeamStage>(stage, ignoreCase: true, out var known) ? known : null;
        await using var transaction = await database.BeginAsync(staff.MerchantId, cancellationToken);
        var live = await transaction.FeedPlaceAsync();
        var agents = await ReadTeam.AgentsAsync(transaction);
        var makers = agents.Select(one => one.Maker).ToArray();
        var names = await transaction.StaffNamesAsync();
        var cards = await read.OpenAsync(
            transaction, staff.Actor, makers.Contains(agent, StringComparer.Ordinal) ? [agent!] : makers);
        return page.Render<TeamPage>(new TeamModel(
            agent ?? "",
            wanted,
            agents,
            [.. cards.Where(one => wanted is null || TeamStages.Of(one.Card.State) == wanted)],
            names,
            await ReadTeam.TimesAsync(transaction, staff.Mode, makers, [.. names.Keys]),
            await ReadTeam.UndeliveredAsync(transaction, staff.Mode, makers, [.. names.Keys]),
            live,
            (await MerchantFacts.ReadAsync(transaction)).Now,
            ShowLinkPage.Refused(refused, page.Words)));
    }
}
