using System.Reflection;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Hosting;
using PayLinks.Core.Database;
using PayLinks.Tests.Infrastructure;

namespace PayLinks.Tests.House;

/// <summary>Who may know whom, and what our types may be called.</summary>
public sealed class ArchitectureTests
{
    private static readonly Assembly Core = typeof(Migrator).Assembly;
    private static readonly Assembly Api = typeof(PayLinks.Api.Program).Assembly;
    private static readonly Assembly Worker = typeof(PayLinks.Worker.Program).Assembly;
    private static readonly Assembly Sandbox = typeof(PayLinks.Sandbox.Program).Assembly;
    private static readonly Assembly[] Ours = [Core, Api, Worker, Sandbox];

    // Words that say nothing about what a type does; and the two names of layers that we do not have.
    private static readonly string[] EmptyNames =
        ["Service", "Manager", "Helper", "Helpers", "Util", "Utils", "Repository", "Dto"];

    [Test]
    public void Core_knows_no_host_and_no_web_server() => Assert.That(
        References(Core), Has.None.StartsWith("Microsoft.AspNetCore").And.None.StartsWith("PayLinks."));

    [Test]
    public void Api_and_worker_know_neither_each_other_nor_the_sandbox()
    {
        Assert.Multiple(() =>
        {
            Assert.That(References(Api).Where(IsOurs), Is.EqualTo(new[] { "PayLinks.Core" }));
            Assert.That(References(Worker).Where(IsOurs), Is.SubsetOf(new[] { "PayLinks.Core" }));
            Assert.That(References(Sandbox).Where(IsOurs), Is.Empty, "the sandbox shares no code with what it tests");
        });
    }

    [Test]
    public void Only_the_tests_reference_the_sandbox()
    {
        var who = Directory.EnumerateFiles(SourceTree.Root, "*.csproj", SearchOption.AllDirectories)
            .Where(project => File.ReadAllText(project).Contains("PayLinks.Sandbox.csproj", StringComparison.Ordinal))
            .Select(Path.GetFileName);

        Assert.That(who, Is.EqualTo(new[] { "PayLinks.Tests.csproj" }));
    }

    [Test]
    public void What_runs_in_the_background_is_sealed() => Assert.That(
        Ours.SelectMany(assembly => assembly.GetTypes())
            .Where(type => type is { IsClass: true, IsAbstract: false, IsSealed: false })
            .Where(type => type.IsAssignableTo(typeof(IHostedService))),
        Is.Empty);

    [Test]
    public void A_class_is_sealed_unless_others_derive_from_it()
    {
        var types = Ours.SelectMany(assembly => assembly.GetTypes()).ToList();
        var bases = types.Select(type => type.BaseType).OfType<Type>()
            .Select(type => type.IsGenericType ? type.GetGenericTypeDefinition() : type).ToHashSet();
        var open = types
            .Where(type => type is { IsClass: true, IsSealed: false, IsAbstract: false } && !bases.Contains(type))
            .Where(type => !type.IsDefined(typeof(CompilerGeneratedAttribute)) && IsWrittenByUs(type));

        Assert.That(open, Is.Empty);
    }

    [Test]
    public void Money_has_no_way_into_a_floating_point_number()
    {
        var members = new[] { Core, Api, Worker }.SelectMany(assembly => assembly.GetTypes()).Where(IsWrittenByUs)
            .SelectMany(type => type.GetMembers(
                BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static
                | BindingFlags.DeclaredOnly));

        Assert.That(members.Where(UsesFloatingPoint).Select(member => $"{member.DeclaringType}.{member.Name}"),
            Is.Empty);
    }

    [Test]
    public void A_name_says_what_a_type_does()
    {
        var empty = Ours.SelectMany(assembly => assembly.GetTypes()).Where(IsWrittenByUs)
            .Where(type => EmptyNames.Any(word => type.Name.EndsWith(word, StringComparison.Ordinal)));

        Assert.That(empty, Is.Empty);
    }

    [Test]
    public void Core_stays_small()
    {
        var files = Directory.EnumerateFiles(SourceTree.PathOf("PayLinks.Core"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Split(Path.DirectorySeparatorChar).Contains("obj"));

        Assert.That(files.Count(), Is.LessThanOrEqualTo(71));
    }

    private static IEnumerable<string> References(Assembly assembly) =>
        assembly.GetReferencedAssemblies().Select(name => name.Name!);

    private static bool IsOurs(string name) => name.StartsWith("PayLinks.", StringComparison.Ordinal);

    // Components, their imports and slices are compiled from markup; generated types have names that C# cannot write.
    private static bool IsWrittenByUs(Type type) =>
        type.Namespace?.StartsWith("PayLinks.", StringComparison.Ordinal) == true
        && !type.FullName!.Contains('<', StringComparison.Ordinal)
        && type.Name != "_Imports"
        && !type.IsAssignableTo(typeof(IComponent))
        && !type.IsAssignableTo(typeof(RazorSlices.RazorSlice));

    private static bool UsesFloatingPoint(MemberInfo member) => member switch
    {
        FieldInfo field => IsFloat(field.FieldType),
        MethodBase method => method.GetParameters().Any(parameter => IsFloat(parameter.ParameterType))
            || (method is MethodInfo { ReturnType: var type } && IsFloat(type))
            || method.GetMethodBody()?.LocalVariables.Any(local => IsFloat(local.LocalType)) == true,
        _ => false,
    };

    private static bool IsFloat(Type type) =>
        (Nullable.GetUnderlyingType(type) ?? type) is var plain
            && (plain == typeof(double) || plain == typeof(float) || plain == typeof(Half));
}
