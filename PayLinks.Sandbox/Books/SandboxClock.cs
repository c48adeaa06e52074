namespace PayLinks.Sandbox.Books;

/// <summary>The wall clock plus what a test has moved it by. It only ever moves forward.</summary>
internal sealed class SandboxClock(TimeProvider wall)
{
    private long _offsetTicks;

    public DateTimeOffset Now => Wall + Offset;

    /// <summary>
    /// The real time: signatures are made with it, because their readers compare it with their own clock.
    /// </summary>
    public DateTimeOffset Wall => wall.GetUtcNow();

    public TimeSpan Offset => TimeSpan.FromTicks(Interlocked.Read(ref _offsetTicks));

    /// <summary>Raised after the clock was moved, so that whatever waits looks again.</summary>
    public event EventHandler? Moved;

    public void Advance(TimeSpan by)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        Interlocked.Add(ref _offsetTicks, by.Ticks);
        Moved?.Invoke(this, EventArgs.Empty);
    }

    /// <summary>Puts the clock where the books say it stood.</summary>
    public void Restore(TimeSpan offset) => Interlocked.Exchange(ref _offsetTicks, offset.Ticks);
}
