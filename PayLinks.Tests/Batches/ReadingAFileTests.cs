using System.Text;
using PayLinks.Api.Batches;

namespace PayLinks.Tests.Batches;

/// <summary>Whatever program has saved a file, its cells are read, or it is said why not.</summary>
public sealed class ReadingAFileTests
{
    private const string Good = "Importo;Per cosa\n49,90;Caffè\n";

    private static readonly Encoding Windows1252 = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;

    private static IEnumerable<TestCaseData> Encodings =>
    [
        new(Encoding.UTF8.GetBytes(Good), "UTF-8"),
        new((byte[])[.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(Good)], "UTF-8"),
        new((byte[])[.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(Good)], "UTF-16"),
        new((byte[])[.. Encoding.BigEndianUnicode.Preamble, .. Encoding.BigEndianUnicode.GetBytes(Good)], "UTF-16"),
        new(Windows1252.GetBytes(Good), "Windows-1252"),
        new(Windows1252.GetBytes("Importo;Per cosa\n49,90;Caffè\n1;PERCHÈ “NO”\n"), "Windows-1252"),
    ];

    private static IEnumerable<TestCaseData> Flawed =>
    [
        new("PK\u0003\u0004 and so on"u8.ToArray(), FileFlaw.Workbook),
        new(Encoding.Unicode.GetBytes(Good), FileFlaw.Unreadable),
        new((byte[])[.. Encoding.Unicode.Preamble, 0x00, 0xd8], FileFlaw.Unreadable),
        new((byte[])[.. Encoding.UTF8.GetBytes(Good), .. Windows1252.GetBytes("1;Tè\n")], FileFlaw.MixedEncodings),
        new("49,90;Trapano;347 123 4567\n"u8.ToArray(), FileFlaw.MissingColumns),
        new("Importo,Telefono\n1,2\n"u8.ToArray(), FileFlaw.MissingColumns),
        new("Importo,Amount,Per cosa\n1,2,x\n"u8.ToArray(), FileFlaw.RepeatedColumn),
        new("Importo,Per cosa\n\n,\n"u8.ToArray(), FileFlaw.NoRows),
        new("\r\n"u8.ToArray(), FileFlaw.NoRows),
        new("Importo,Per cosa\n1,a\n2,b\n3,c\n4,d\n"u8.ToArray(), FileFlaw.TooManyRows),
    ];

    [TestCaseSource(nameof(Encodings))]
    public void A_file_is_read_in_the_encoding_it_was_saved_in(byte[] file, string encoding)
    {
        var (read, _) = ReadBatchFile.Read(file, rowsMax: 3);

        Assert.That(read!.Encoding, Is.EqualTo(encoding));
        Assert.That(read.Rows[0][BatchColumn.Description], Is.EqualTo("Caffè"));
        Assert.That(read.Rows[0][BatchColumn.Amount], Is.EqualTo("49,90"));
    }

    [TestCaseSource(nameof(Flawed))]
    public void A_file_of_no_use_is_refused_as_a_whole(byte[] file, FileFlaw flaw) =>
        Assert.That(ReadBatchFile.Read(file, rowsMax: 3).Flawed?.Flaw, Is.EqualTo(flaw));

    [TestCase("Amount,What for\r\n49.90,Drill\r\n", "49.90", "Drill")]
    [TestCase("per cosa\timporto\nTrapano\t49,90\n", "49,90", "Trapano")]
    [TestCase("\n IMPORTO ; \"Causale\" \n\"49,90\";\"Trapano; punte\"", "49,90", "Trapano; punte")]
    [TestCase("Importo,Per cosa\r1,Trapano\r", "1", "Trapano")]
    [TestCase("Importo,Per cosa\n1,\"Il \"\"gigante\"\"\"\n", "1", "Il \"gigante\"")]
    [TestCase("Importo,Per cosa\n1,Nastro 3\"x5\" rosso\n", "1", "Nastro 3\"x5\" rosso")]
    [TestCase("Importo,Per cosa\n1,\"Trapano 10\"\" nuovo\"\n", "1", "Trapano 10\" nuovo")]
    [TestCase("Importo,Per cosa\n1,\"due\nrighe\"\n", "1", "due\nrighe")]
    [TestCase("Importo,Per cosa\n1,'=SUM(A1)\n", "1", "=SUM(A1)")]
    [TestCase("Importo,Per cosa\n1,'ndrangheta\n", "1", "'ndrangheta")]
    [TestCase("Importo,Per cosa,Altro\n1,Trapano\n", "1", "Trapano")]
    [TestCase("Importo,Per cosa\n1,Trapano,,\n", "1", "Trapano")]
    public void Separators_quotes_and_line_ends_of_every_kind_are_understood(string file, string amount, string what)
    {
        var (read, _) = ReadBatchFile.Read(Encoding.UTF8.GetBytes(file), rowsMax: 3);
        var row = read!.Rows.Single();

        Assert.That((row[BatchColumn.Amount], row[BatchColumn.Description]), Is.EqualTo((amount, what)));
        Assert.That(row.Flaw, Is.Null);
    }

    [TestCase("1,49,90,Trapano\n2,b", 2, RowCodes.TooManyCells)]
    [TestCase("1,A 10\",B 5\"\n2,b", 2, RowCodes.Quotes)]
    [TestCase("1,a\n2,\"b\" c\n", 3, RowCodes.Quotes)]
    public void A_row_whose_cells_cannot_be_told_apart_says_so_and_where(string rows, int line, string code)
    {
        var (read, _) = ReadBatchFile.Read(Encoding.UTF8.GetBytes("Importo,Per cosa\n" + rows), rowsMax: 3);

        var flawed = read!.Rows.Single(row => row.Flaw is not null);
        Assert.That((flawed.Line, flawed.Flaw), Is.EqualTo((line, code)));
    }

    [TestCase("1,a\n2,\"Trapano\n3,Chiodi\n4,Viti\n", 3)]
    [TestCase("1,Trapano 10\" x\n2,Viti 5\" y\n3,c", 2)]
    public void A_quotation_mark_that_swallows_rows_is_named_before_anything_is_lost(string rows, int line)
    {
        var (_, flawed) = ReadBatchFile.Read(Encoding.UTF8.GetBytes("Importo,Per cosa\n" + rows), rowsMax: 9);

        Assert.That(flawed?.Flaw, Is.EqualTo(FileFlaw.Quotes));
        Assert.That(flawed?.Line, Is.EqualTo(line));
    }

    [Test]
    public void Headings_that_mean_nothing_here_are_named_and_their_cells_are_not_kept()
    {
        var (read, _) = ReadBatchFile.Read(
            "Importo;Note;Per cosa;4543 4740 0224 9996\n1;segreto;a;b\n"u8, rowsMax: 3);

        Assert.That(read!.Unused, Is.EqualTo(new[] { "Note" }));
        Assert.That(read.Rows[0].ToJson(), Does.Not.Contain("segreto"));
    }
}
