using Dapper;
using PayLinks.Api.Audit;
using PayLinks.Api.Settings;
using PayLinks.Api.SignIn;
using PayLinks.Core;
using PayLinks.Core.Database;

namespace PayLinks.Api.People;

public enum PersonOutcome
{
    Done,

    /// <summary>Nobody of this merchant's.</summary>
    NotFound,

    /// <summary>Nobody changes themselves: a slip could not be taken back.</summary>
    IsOneself,

    /// <summary>Whoever asks has just been disabled, or is no owner any more.</summary>
    NotAllowed,
}

/// <summary>
/// Gives somebody another role, lets them out or in again. Owners do, one at a time, and never to themselves, so that
/// an owner remains; the database keeps that too. The caller commits.
/// </summary>
internal static class ChangePerson
{
    private const string IsOwnerSql =
        """
        select exists (
            select from membership
            where merchant_id = paylinks_merchant() and user_id = @UserId and role = 'owner' and disabled_at is null)
        """;

    private const string RoleSql =
        "update membership set role = @role where merchant_id = paylinks_merchant() and user_id = @userId";

    private const string DisableSql =
        """
        update membership set disabled_at = coalesce(disabled_at, paylinks_now())
        where merchant_id = paylinks_merchant() and user_id = @userId
        """;

    private const string EnableSql =
        "update membership set disabled_at = null where merchant_id = paylinks_merchant() and user_id = @userId";

    // Whoever may not invite any more has not invited.
    private const string WithdrawSql =
        """
        update invitation set withdrawn_at = paylinks_now()
        where merchant_id = paylinks_merchant() and accepted_at is null and withdrawn_at is null
            and (created_by = @createdBy or id = @id)
        returning display_name || ' (' || email || ')'
        """;

    extension(MerchantTransaction transaction)
    {
        public async Task<PersonOutcome> ChangeRoleAsync(Staff owner, Guid userId, StaffRole role)
        {
            var (outcome, person) = await transaction.LockPersonAsync(owner, userId);
            if (person is null || person.Role == role)
            {
                return outcome;
            }

            await transaction.Connection.ExecuteAsync(RoleSql, new { userId, role = role.ToText() });
            await transaction.NoteAsync(
                owner.Actor.Name, AuditActions.PersonChanged, About(person),
                [new AuditChange("role", person.Role.ToText(), role.ToText())]);
            if (role != StaffRole.Owner)
            {
                await transaction.WithdrawAsync(owner, invitedBy: userId);
            }

            return outcome;
        }

        /// <summary>Ends what they may do here with their next request; what they did stays.</summary>
        public async Task<PersonOutcome> DisableAsync(Staff owner, Guid userId)
        {
            var (outcome, person) = await transaction.LockPersonAsync(owner, userId);
            if (person is { DisabledAt: null })
            {
                await transaction.Connection.ExecuteAsync(DisableSql, new { userId });
                await transaction.NoteAsync(owner.Actor.Name, AuditActions.PersonDisabled, About(person));
                await transaction.WithdrawAsync(owner, invitedBy: userId);
            }

            return outcome;
        }

        public async Task<PersonOutcome> EnableAsync(Staff owner, Guid userId)
        {
            var (outcome, person) = await transaction.LockPersonAsync(owner, userId);
            if (person is { DisabledAt: not null })
            {
                await transaction.Connection.ExecuteAsync(EnableSql, new { userId });
                await transaction.NoteAsync(owner.Actor.Name, AuditActions.PersonEnabled, About(person));
            }

            return outcome;
        }

        /// <summary>Takes back what has not been accepted: one invitation, or all of somebody's.</summary>
        /// <returns>False if there was none.</returns>
        public async Task<bool> WithdrawAsync(Staff owner, Guid? id = null, Guid? invitedBy = null)
        {
            var withdrawn = (await transaction.Connection.QueryAsync<string>(WithdrawSql, new
            {
                id,
                createdBy = invitedBy is { } userId ? PublicId.Format(PublicId.User, userId) : null,
            })).AsList();
            foreach (var about in withdrawn)
            {
                await transaction.NoteAsync(owner.Actor.Name, AuditActions.InvitationWithdrawn, about);
            }

            return withdrawn.Count > 0;
        }

        // Two owners who let each other out at once are served one after the other, and the second is none any more.
        private async Task<(PersonOutcome Outcome, Person? Person)> LockPersonAsync(Staff owner, Guid userId)
        {
            await transaction.LockMerchantAsync();
            if (!await transaction.Connection.ExecuteScalarAsync<bool>(IsOwnerSql, new { owner.UserId }))
            {
                return (PersonOutcome.NotAllowed, null);
            }

            return userId == owner.UserId ? (PersonOutcome.IsOneself, null)
                : await transaction.FindPersonAsync(userId) is { } person ? (PersonOutcome.Done, person)
                : (PersonOutcome.NotFound, null);
        }
    }

    private static string About(Person person) => $"{person.Name} ({person.Email})";
}
