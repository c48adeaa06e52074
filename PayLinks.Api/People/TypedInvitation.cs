using PayLinks.Api.Console;
using PayLinks.Api.Links;
using PayLinks.Api.SignIn;
using PayLinks.Core.Database;

namespace PayLinks.Api.People;

/// <summary>What stands in the form that invites, exactly as typed.</summary>
public sealed record TypedInvitation(string Name, string Email, string Role)
{
    private const int NameLengthMax = 100;

    public static TypedInvitation Empty { get; } = new("", "", StaffRole.Agent.ToText());

    public static TypedInvitation Of(IFormCollection form) =>
        new(form["name"].ToString(), form["email"].ToString(), form["role"].ToString());

    /// <returns>The invitation, or null and what is to be mended.</returns>
    public (NewInvitation? Invitation, IReadOnlyList<FormProblem> Problems) Read(ConsoleWords words)
    {
        var errors = new List<FieldError>();
        var name = CheckText.Read("name", Name, NameLengthMax, isProse: true, errors);
        var email = CheckEmail.Read("email", Email, errors);
        var problems = LinkProblems.Of(errors, words, pointer => pointer).ToList();
        Need(name, "name", words.People.NameNeeded);
        Need(email, "email", words.People.EmailNeeded);
        if (!StatusText.TryRead<StaffRole>(Role, out var role))
        {
            problems.Add(new FormProblem("role", words.People.RoleNeeded));
        }

        return problems.Count > 0
            ? (null, problems)
            : (new NewInvitation(name!, email!.ToLowerInvariant(), role), problems);

        void Need(string? text, string field, string otherwise)
        {
            if (text is null && problems.TrueForAll(problem => problem.Field != field))
            {
                problems.Add(new FormProblem(field, otherwise));
            }
        }
    }
}
