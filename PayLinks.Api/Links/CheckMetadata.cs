using System.Globalization;

namespace PayLinks.Api.Links;

internal static class CheckMetadata
{
    /// <summary>Reads what the merchant's own program wants to find again on the link.</summary>
    public static IReadOnlyDictionary<string, string> Read(
        string pointer, IReadOnlyDictionary<string, string> metadata, LinkLimits limits, List<FieldError> errors)
    {
        if (metadata.Count > limits.MetadataKeysMax)
        {
            errors.Add(new FieldError(
                pointer, FieldCodes.TooMany, limits.MetadataKeysMax.ToString(CultureInfo.InvariantCulture)));
            return metadata;
        }

        foreach (var (key, value) in metadata)
        {
            var keyError = key.Length == 0
                ? FieldCodes.Required
                : CheckText.WhatIsWrong(key, limits.MetadataKeyLengthMax, isProse: false);
            if (keyError is not null)
            {
                // The pointer stays at the object: a bad name is not to be repeated in the answer.
                errors.Add(new FieldError(pointer, keyError, Limit(keyError, limits.MetadataKeyLengthMax)));
            }
            else if (CheckText.WhatIsWrong(value, limits.MetadataValueLengthMax, isProse: false) is { } valueError)
            {
                errors.Add(new FieldError(
                    JsonPointer.Append(pointer, key), valueError, Limit(valueError, limits.MetadataValueLengthMax)));
            }
        }

        return metadata;
    }

    private static string? Limit(string code, int lengthMax) =>
        code == FieldCodes.TooLong ? lengthMax.ToString(CultureInfo.InvariantCulture) : null;
}
