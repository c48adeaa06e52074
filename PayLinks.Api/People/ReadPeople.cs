using Dapper;
using PayLinks.Api.SignIn;
using PayLinks.Core.Database;

namespace PayLinks.Api.People;

/// <summary>Somebody who works for the merchant, or did.</summary>
public sealed record Person(
    Guid UserId, string Name, string Email, StaffRole Role, DateTimeOffset Since, DateTimeOffset? DisabledAt);

/// <summary>Somebody who was invited and has not come yet.</summary>
public sealed record Invited(Guid Id, string Name, string Email, StaffRole Role, DateTimeOffset ExpiresAt, bool IsOver);

internal static class ReadPeople
{
    private const string PeopleSql =
        """
        select m.user_id, m.display_name as name, e.email, m.role, m.created_at as since, m.disabled_at
        from membership m
        join emails_of_team() e on e.user_id = m.user_id
        where m.merchant_id = paylinks_merchant() and (@userId::uuid is null or m.user_id = @userId)
        order by m.disabled_at is not null, lower(m.display_name), m.user_id
        """;

    private const string InvitedSql =
        """
        select id, display_name as name, email, role, expires_at, expires_at <= paylinks_now() as is_over
        from invitation
        where merchant_id = paylinks_merchant() and accepted_at is null and withdrawn_at is null
        order by id desc
        """;

    extension(MerchantTransaction transaction)
    {
        /// <summary>Those who work here first, each group by name.</summary>
        public async Task<IReadOnlyList<Person>> PeopleAsync() =>
            (await transaction.Connection.QueryAsync<Person>(PeopleSql, new { userId = (Guid?)null })).AsList();

        /// <summary>Null for somebody who never worked here.</summary>
        public Task<Person?> FindPersonAsync(Guid userId) =>
            transaction.Connection.QuerySingleOrDefaultAsync<Person>(PeopleSql, new { userId });

        public async Task<IReadOnlyList<Invited>> InvitedAsync() =>
            (await transaction.Connection.QueryAsync<Invited>(InvitedSql)).AsList();
    }
}
