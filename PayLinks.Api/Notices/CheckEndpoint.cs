using System.Globalization;
using PayLinks.Api.Links;
using PayLinks.Core.Events;
using PayLinks.Core.Notices;

namespace PayLinks.Api.Notices;

/// <summary>What was typed or posted about an endpoint, before it is checked; null: leave it as it is.</summary>
/// <param name="Events">The types it is to be told of; none means all.</param>
public sealed record EndpointDraft(string? Url, IReadOnlyList<string>? Events, bool? Disabled = null);

/// <summary>The one validator for API and console.</summary>
public sealed class CheckEndpoint(NoticeAddresses addresses)
{
    public IReadOnlyList<FieldError> Errors(EndpointDraft draft, bool isNew)
    {
        var errors = new List<FieldError>();
        if (isNew && string.IsNullOrEmpty(draft.Url))
        {
            errors.Add(new FieldError("/url", FieldCodes.Required));
        }
        else if (draft.Url is not null && CardNumber.IsIn(draft.Url, isProse: false))
        {
            errors.Add(new FieldError("/url", FieldCodes.CardDataNotAllowed));
        }
        else if (draft.Url is not null && !addresses.Allows(draft.Url))
        {
            errors.Add(new FieldError("/url", FieldCodes.EndpointUrlInvalid));
        }

        var types = draft.Events ?? [];
        for (var i = 0; i < types.Count; i++)
        {
            var code = !EventTypes.All.Contains(types[i], StringComparer.Ordinal) ? FieldCodes.ValueUnknown
                : types.Take(i).Contains(types[i], StringComparer.Ordinal) ? FieldCodes.DuplicateValue
                : null;
            if (code is not null)
            {
                errors.Add(new FieldError(string.Create(CultureInfo.InvariantCulture, $"/events/{i}"), code));
            }
        }

        return errors;
    }
}
