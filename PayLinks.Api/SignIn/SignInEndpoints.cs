using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using PayLinks.Api.Console;
using PayLinks.Core.Hosting;

namespace PayLinks.Api.SignIn;

/// <summary>Who may do what in the console; a page names one of these.</summary>
internal static class StaffPolicies
{
    /// <summary>Anybody who is signed in at a merchant.</summary>
    public const string Read = "staff-read";

    /// <summary>Anybody but viewers.</summary>
    public const string Write = "staff-write";

    /// <summary>Owners and managers.</summary>
    public const string Refund = "staff-refund";

    /// <summary>Owners and managers, for settings.</summary>
    public const string Manage = "staff-manage";

    /// <summary>Everybody but agents, for takings and exports.</summary>
    public const string Takings = "staff-takings";

    /// <summary>Owners alone.</summary>
    public const string Own = "staff-own";
}

internal static class SignInEndpoints
{
    public static IServiceCollection AddSignIn(this IServiceCollection services)
    {
        services.AddOptions<SignInOptions>().BindConfiguration("SignIn").ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton(provider => provider.GetRequiredService<IOptions<SignInOptions>>().Value);
        services.AddSingleton<Sessions>();
        services.AddSingleton<AttemptLimiter>();
        services.AddSingleton<SealedForAWhile>();
        services.AddSingleton<HalfSignedIn>();
        services.AddSingleton<Authenticators>();
        services.AddSingleton<Passkeys>();
        services.AddSingleton<LetIn>();
        services.AddScoped<Attempts>();

        services.AddIdentityCore<StaffUser>(identity =>
            {
                identity.User.RequireUniqueEmail = true;
                identity.User.AllowedUserNameCharacters = "";
                identity.Password.RequiredLength = StaffPassword.MinLength;
                identity.Password.RequireDigit = false;
                identity.Password.RequireLowercase = false;
                identity.Password.RequireUppercase = false;
                identity.Password.RequireNonAlphanumeric = false;
            })
            .AddUserStore<StaffStore>()
            .AddPasswordValidator<StaffPassword>();
        services.AddScoped<IPasskeyHandler<StaffUser>, PasskeyHandler<StaffUser>>();
        services.AddOptions<IdentityPasskeyOptions>().Configure<PayLinksOptions>(PasskeyOrigin.Configure);

        services.AddAuthentication(StaffCookie.Scheme).AddCookie(StaffCookie.Scheme, StaffCookie.Configure);
        services.AddAuthorizationBuilder()
            .AddPolicy(StaffPolicies.Read, Require(_ => true))
            .AddPolicy(StaffPolicies.Write, Require(staff => staff.MayWrite))
            .AddPolicy(StaffPolicies.Refund, Require(staff => staff.MayRefund))
            .AddPolicy(StaffPolicies.Manage, Require(staff => staff.MayManage))
            .AddPolicy(StaffPolicies.Takings, Require(staff => staff.MaySeeTakings))
            .AddPolicy(StaffPolicies.Own, Require(staff => staff.IsOwner));

        services.AddDataProtection().SetApplicationName("PayLinks");
        services.AddSingleton<SealedKeyRing>();
        services.AddOptions<KeyManagementOptions>()
            .Configure<SealedKeyRing>((keys, ring) => keys.XmlRepository = ring);
        // It warns that keys are kept in plain text, because it does not know that the ring seals them.
        services.AddLogging(logging => logging.AddFilter(
            "Microsoft.AspNetCore.DataProtection.KeyManagement.XmlKeyManager", LogLevel.Error));
        return services;
    }

    public static IEndpointRouteBuilder MapSignIn(this IEndpointRouteBuilder routes)
    {
        var pages = routes.MapConsolePages();
        pages.MapGet("/", ShowSignIn.Handle);
        pages.MapPost("/", StartSession.HandleAsync);
        pages.MapGet(AskForCode.Path, AskForCode.Show);
        pages.MapPost(AskForCode.Path, AskForCode.HandleAsync);
        pages.MapGet(PasskeySignIn.Path, PasskeySignIn.AskAsync);
        pages.MapPost(PasskeySignIn.Path, PasskeySignIn.HandleAsync);
        pages.MapGet(WatchSession.Path, WatchSession.HandleAsync).WithMetadata(new OnlyWatches());
        pages.MapPost(WatchSession.Path, WatchSession.HandleAsync);
        pages.MapPost("/sign-out", EndSession.HandleAsync);
        pages.MapGet("/merchants", ChooseMerchant.ShowAsync);
        pages.MapPost("/merchants", ChooseMerchant.HandleAsync);
        return routes;
    }

    private static Action<AuthorizationPolicyBuilder> Require(Func<Staff, bool> isAllowed) => policy => policy
        .AddAuthenticationSchemes(StaffCookie.Scheme)
        .RequireAuthenticatedUser()
        .RequireAssertion(check =>
            check.Resource is HttpContext context && Staff.Of(context) is { } staff && isAllowed(staff));
}
