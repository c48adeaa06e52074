using Microsoft.Playwright;

namespace PayLinks.Tests.Desk;

/// <summary>A keyboard that counts what is pressed; a key with its modifiers is one.</summary>
internal sealed class CountedKeys(IPage page)
{
    public int Count { get; private set; }

    public async Task TypeAsync(string text)
    {
        Count += text.Length;
        await page.Keyboard.TypeAsync(text);
    }

    public async Task PressAsync(string key)
    {
        Count++;
        await page.Keyboard.PressAsync(key);
    }
}
