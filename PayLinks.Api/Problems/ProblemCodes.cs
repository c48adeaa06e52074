using PayLinks.Api.Refunds;

namespace PayLinks.Api.Problems;

/// <summary>Why a request was refused, as the API spells it; each has a page under <c>/docs/errors/</c>.</summary>
internal static class ProblemCodes
{
    public const string BadRequest = "bad_request";
    public const string InvalidJson = "invalid_json";
    public const string InvalidBody = "invalid_body";
    public const string InvalidQuery = "invalid_query";
    public const string InvalidIdempotencyKey = "invalid_idempotency_key";
    public const string Unauthorized = "unauthorized";
    public const string Forbidden = "forbidden";
    public const string NotFound = "not_found";
    public const string MethodNotAllowed = "method_not_allowed";
    public const string AlreadyPaid = Links.Conflicts.AlreadyPaid;
    public const string LinkCanceled = Links.Conflicts.LinkCanceled;
    public const string LinkExpired = Links.Conflicts.LinkExpired;
    public const string NotPaid = RefundConflicts.NotPaid;
    public const string NothingToRefund = RefundConflicts.NothingToRefund;
    public const string DuplicateRefund = RefundConflicts.DuplicateRefund;
    public const string RefundUnderWay = RefundConflicts.RefundUnderWay;
    public const string PaymentInProgress = Links.Conflicts.PaymentInProgress;
    public const string TooManyEndpoints = Notices.EndpointConflicts.TooMany;
    public const string EndpointDisabled = Notices.EndpointConflicts.Disabled;
    public const string RequestInProgress = "request_in_progress";
    public const string BodyTooLarge = "body_too_large";
    public const string UnsupportedMediaType = "unsupported_media_type";
    public const string InvalidFields = "invalid_fields";
    public const string CardDataNotAllowed = Links.FieldCodes.CardDataNotAllowed;
    public const string OptedOut = Links.FieldCodes.OptedOut;
    public const string IdempotencyKeyReused = "idempotency_key_reused";
    public const string TooManyRequests = "too_many_requests";
    public const string NumberLimit = Links.Limited.Number;
    public const string PrefixLimit = Links.Limited.Prefix;
    public const string DailyLimit = Links.Limited.Day;
    public const string ResendTooSoon = Links.Limited.ResendTooSoon;
    public const string ResendLimit = Links.Limited.Resend;
    public const string InternalError = "internal_error";
    public const string Unavailable = "unavailable";

    private static readonly Dictionary<string, int> Statuses = new(StringComparer.Ordinal)
    {
        [BadRequest] = 400,
        [InvalidJson] = 400,
        [InvalidBody] = 400,
        [InvalidQuery] = 400,
        [InvalidIdempotencyKey] = 400,
        [Unauthorized] = 401,
        [Forbidden] = 403,
        [NotFound] = 404,
        [MethodNotAllowed] = 405,
        [AlreadyPaid] = 409,
        [LinkCanceled] = 409,
        [LinkExpired] = 409,
        [PaymentInProgress] = 409,
        [NotPaid] = 409,
        [NothingToRefund] = 409,
        [DuplicateRefund] = 409,
        [RefundUnderWay] = 409,
        [TooManyEndpoints] = 409,
        [EndpointDisabled] = 409,
        [RequestInProgress] = 409,
        [BodyTooLarge] = 413,
        [UnsupportedMediaType] = 415,
        [InvalidFields] = 422,
        [CardDataNotAllowed] = 422,
        [OptedOut] = 422,
        [IdempotencyKeyReused] = 422,
        [TooManyRequests] = 429,
        [NumberLimit] = 429,
        [PrefixLimit] = 429,
        [DailyLimit] = 429,
        [ResendTooSoon] = 429,
        [ResendLimit] = 429,
        [InternalError] = 500,
        [Unavailable] = 503,
    };

    public static IReadOnlyCollection<string> All => Statuses.Keys;

    public static bool Exists(string code) => Statuses.ContainsKey(code);

    public static int StatusOf(string code) => Statuses[code];

    /// <summary>The code for a status that something beneath the handlers has set.</summary>
    public static string ForStatus(int status) => status switch
    {
        401 => Unauthorized,
        403 => Forbidden,
        404 => NotFound,
        405 => MethodNotAllowed,
        413 => BodyTooLarge,
        415 => UnsupportedMediaType,
        429 => TooManyRequests,
        503 => Unavailable,
        >= 500 => InternalError,
        _ => BadRequest,
    };
}
