namespace PayLinks.Api;

public static class Program
{
    /// <summary>Builds the host without starting it; tests start it on a port of their own.</summary>
    public static WebApplication Build(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        return builder.Build();
    }

    public static Task Main(string[] args) => Build(args).RunAsync();
}
