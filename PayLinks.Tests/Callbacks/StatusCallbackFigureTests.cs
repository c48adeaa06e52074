using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Dapper;
using PayLinks.Core.Database;
using PayLinks.Core.Messages;
using PayLinks.Tests.Infrastructure;
using PayLinks.Tests.Sending;
using PayLinks.Tests.Torture;
using PayLinks.Worker.Callbacks;

namespace PayLinks.Tests.Callbacks;

/// <summary>
/// What providers may tell of many messages, each told up to three times and all of it mixed up: a thousand histories
/// each time, as many as <c>PAYLINKS_STATUS_CALLBACKS</c> says by hand.
/// </summary>
[NonParallelizable]
public sealed class StatusCallbackFigureTests : IDisposable
{
    private static readonly string[] Refusals = ["30003", "30005", "30006", "30007", "30008", "30001", "39999"];
    private static readonly string[] Bounces = ["5.1.1", "5.2.2", "4.4.1", "5.7.1"];

    private readonly HttpClient _http = new();
    private readonly ECDsa _eventKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private Bench _bench = null!;

    [SetUp]
    public async Task StartAsync() => _bench = await Bench.StartAsync(
        Hosts.ApiAndSandbox,
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["SendGrid:EventPublicKey"] = Convert.ToBase64String(_eventKey.ExportSubjectPublicKeyInfo()),
        });

    [TearDown]
    public async Task StopAsync() => await _bench.DisposeAsync();

    [Test]
    public async Task Callbacks_doubled_and_shuffled_lead_each_message_where_its_provider_has_it()
    {
        var chance = new Random(Counts.Of("SEED", usually: 1));
        var histories = Enumerable.Range(0, Counts.Of("STATUS_CALLBACKS", usually: 1000))
            .Select(_ => Invent(chance)).ToList();
        await WriteDownAsync(histories);

        var told = histories.SelectMany(history => history.Words.SelectMany(word =>
            Enumerable.Repeat((history, word), chance.Next(1, 4)))).ToArray();
        chance.Shuffle(told);
        var texts = told.Where(one => one.history.IsSms);
        var emails = told.Where(one => !one.history.IsSms).Chunk(7);
        Func<Task>[] posts =
        [
            .. texts.Select(one => (Func<Task>)(() => PostAsync(one.history, one.word))),
            .. emails.Select(batch => (Func<Task>)(() => PostAsync(batch))),
        ];
        chance.Shuffle(posts);

        // Half of it piles up first; the rest is applied while more comes in, as by a worker.
        await PostAsync(posts[..(posts.Length / 2)]);
        var pile = await _bench.Database.ReadAsync<int>("select count(*)::int from callback where handled_at is null");
        var began = TimeProvider.System.GetTimestamp();
        await ApplyAsync();
        var took = TimeProvider.System.GetElapsedTime(began);

        var posting = PostAsync(posts[(posts.Length / 2)..]);
        while (!posting.IsCompleted)
        {
            await _bench.RunAsync<ApplyCallbacks>();
        }

        await posting;
        await ApplyAsync();

        await TestContext.Out.WriteLineAsync(
            $"{histories.Count} histories in {told.Length} callbacks; {pile} that had piled up were applied in "
            + $"{took.TotalSeconds:F1} s, {pile / took.TotalSeconds:F0} a second");
        await AssertEndsAsync(histories);
    }

    public void Dispose()
    {
        _http.Dispose();
        _eventKey.Dispose();
    }

    private async Task AssertEndsAsync(List<History> histories)
    {
        var ends = (await _bench.Database.QueryAsync<End>(
            """
            select m.id, m.status, e.moves, coalesce(r.retries, 0) as retries
            from message m
            left join (
                select message_id, string_agg(message_from || '>' || message_to, ' ' order by sequence) as moves
                from event group by message_id) e on e.message_id = m.id
            left join (select retry_of, count(*) as retries from message group by retry_of) r on r.retry_of = m.id
            where m.retry_of is null
            """)).ToDictionary(end => end.Id);
        var wrong = histories.Where(history => ends[history.Message] != history.End)
            .Select(history => $"{string.Join(' ', history.Words)} from {history.Began}: {ends[history.Message]}");
        Assert.That(wrong, Is.Empty);
    }

    // Any beginning that a lost answer or a quick provider leaves, and any legal history; some have no end yet.
    private static History Invent(Random chance)
    {
        var isSms = chance.Next(2) == 0;
        var began = chance.Next(3) switch
        {
            0 => MessageStatus.Sending,
            1 => MessageStatus.Unknown,
            _ => MessageStatus.Accepted,
        };
        string[] way = isSms
            ? [.. new[] { "accepted", "queued", "sending", "sent" }.Where(_ => chance.Next(3) > 0)]
            : ["processed", .. Enumerable.Repeat("deferred", chance.Next(3))];
        var word = (isSms, chance.Next(5)) switch
        {
            (_, 0) => way.Length > 0 ? null : "sent",
            (_, 1 or 2) => "delivered",
            (true, 3) => $"undelivered {Refusals[chance.Next(Refusals.Length)]}",
            (true, _) => $"failed {Refusals[chance.Next(Refusals.Length)]}",
            (false, 3) => $"bounce {Bounces[chance.Next(Bounces.Length)]}",
            _ => "dropped",
        };
        string[] words = word is null ? way : word == "dropped" ? [word] : [.. way, word];
        return new History(
            Guid.CreateVersion7(), Guid.CreateVersion7(), QueueMessage.NewCallbackKey("p"), isSms, began, words);
    }

    private async Task WriteDownAsync(List<History> histories)
    {
        await using var transaction = await _bench.Database.App.BeginAsync(_bench.MerchantId);
        await transaction.Connection.ExecuteAsync(
            """
            insert into link (merchant_id, id, mode, token_hash, token_cipher, amount_minor, currency, description,
                locale, created_at, created_by, expires_at, expiry_due_at)
            select @MerchantId, l.id, 'test', l.token, l.token, 4990, 'EUR', 'Ordine', 'it-IT', paylinks_now(), 'key_1',
                paylinks_now() + interval '3 days', paylinks_now() + interval '3 days'
            from unnest(@Links, @Tokens) l (id, token)
            """,
            new
            {
                _bench.MerchantId,
                Links = histories.Select(history => history.Link).ToArray(),
                Tokens = histories.Select(history => RandomNumberGenerator.GetBytes(32)).ToArray(),
            });
        await transaction.Connection.ExecuteAsync(
            """
            insert into message (merchant_id, id, link_id, mode, channel, purpose, recipient, locale, lane, status,
                callback_key_hash, callback_key_cipher, provider_id, due_at, attempt, lease_until, lease_started_at,
                created_at, accepted_at)
            select @MerchantId, m.id, m.link_id, 'test', m.channel, 'link', 'somebody', 'it-IT', 1, m.status,
                m.key, m.key, case when m.status = 'accepted' then 'id' || m.id end, paylinks_now(), 1,
                case when m.status = 'sending' then paylinks_now() + interval '1 hour' end, paylinks_now(),
                paylinks_now(), case when m.status = 'accepted' then paylinks_now() end
            from unnest(@Ids, @Links, @Channels, @Statuses, @Keys) m (id, link_id, channel, status, key)
            """,
            new
            {
                _bench.MerchantId,
                Ids = histories.Select(history => history.Message).ToArray(),
                Links = histories.Select(history => history.Link).ToArray(),
                Channels = histories.Select(history => history.IsSms ? "sms" : "email").ToArray(),
                Statuses = histories.Select(history => history.Began.ToText()).ToArray(),
                Keys = histories.Select(history => _bench.Vault.Hash(history.Key)).ToArray(),
            });
        await transaction.CommitAsync();
    }

    private async Task ApplyAsync()
    {
        while (await _bench.RunAsync<ApplyCallbacks>())
        {
        }
    }

    private static Task PostAsync(Func<Task>[] posts) => Parallel.ForEachAsync(
        posts, new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (post, _) => await post());

    private async Task PostAsync(History history, string word)
    {
        var path = $"/callbacks/twilio/status/{history.Key}";
        var fields = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["MessageSid"] = $"id{history.Message}",
            ["MessageStatus"] = word.Split(' ')[0],
        };
        if (word.Split(' ') is [_, var code])
        {
            fields["ErrorCode"] = code;
        }

        var signed = _bench.ApiUrl + path + string.Concat(fields.Select(field => field.Key + field.Value));
        using var request = new HttpRequestMessage(HttpMethod.Post, _bench.ApiUrl + path);
        request.Content = new FormUrlEncodedContent(fields);
#pragma warning disable CA5350 // Twilio's protocol prescribes SHA-1 here.
        request.Headers.Add("X-Twilio-Signature", Convert.ToBase64String(HMACSHA1.HashData(
            Encoding.UTF8.GetBytes(TestSystem.TwilioToken), Encoding.UTF8.GetBytes(signed))));
#pragma warning restore CA5350
        using var response = await _http.SendAsync(request);
        Assert.That((int)response.StatusCode, Is.EqualTo(204));
    }

    private async Task PostAsync((History History, string Word)[] batch)
    {
        var body = JsonSerializer.Serialize(batch.Select(one => new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["event"] = one.Word.Split(' ')[0],
            ["message"] = one.History.Key,
            ["status"] = one.Word.Split(' ') is [_, var status] ? status : "",
            ["type"] = "bounce",
            ["reason"] = "Bounced Address",
            ["sg_message_id"] = $"id{one.History.Message}.filter1",
        })) + "\r\n";
        var timestamp = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        using var request = new HttpRequestMessage(HttpMethod.Post, _bench.ApiUrl + "/callbacks/sendgrid/events");
        request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        request.Headers.Add("X-Twilio-Email-Event-Webhook-Timestamp", timestamp);
        request.Headers.Add("X-Twilio-Email-Event-Webhook-Signature", Convert.ToBase64String(_eventKey.SignData(
            Encoding.UTF8.GetBytes(timestamp + body), HashAlgorithmName.SHA256,
            DSASignatureFormat.Rfc3279DerSequence)));
        using var response = await _http.SendAsync(request);
        Assert.That((int)response.StatusCode, Is.EqualTo(200));
    }

    private sealed record End(Guid Id, string Status, string? Moves, long Retries);

    private sealed record History(
        Guid Link, Guid Message, string Key, bool IsSms, MessageStatus Began, IReadOnlyList<string> Words)
    {
        /// <summary>Where the message must be in the end, by which moves, and whether it goes out again.</summary>
        public End End
        {
            get
            {
                var last = Words[^1].Split(' ');
                var status = last[0] switch
                {
                    "delivered" => "delivered",
                    "undelivered" or "bounce" => "undelivered",
                    "failed" or "dropped" => "failed",
                    _ => "accepted",
                };
                string?[] moves =
                [
                    Began == MessageStatus.Accepted ? null : $"{Began.ToText()}>accepted",
                    status == "accepted" ? null : $"accepted>{status}",
                ];
                var path = string.Join(' ', moves.OfType<string>());
                return new End(
                    Message, status, path.Length > 0 ? path : null,
                    last is [_, "30001" or "30008" or "4.4.1"] ? 1 : 0);
            }
        }
    }
}
