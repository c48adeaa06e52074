namespace PayLinks.Tests.Notices;

/// <summary>Addresses that a merchant might want, or be made, to have us post to.</summary>
internal static class EndpointUrls
{
    public static IReadOnlyList<string> Good { get; } =
    [
        "https://shop.example/hook", "https://shop.example", "https://shop.example/hook?key=1%20a",
        "https://shop.example:443/hook", "https://shop.example:8443/hook", "https://a.b.c.shop.example/",
        "https://xn--bcher-kva.example/hook", "https://my_shop.example/hook", "https://8.8.8.8/hook",
        "https://[2606:4700:4700::1111]/hook", "HTTPS://SHOP.EXAMPLE/hook", "https://1shop.example/hook",
        "https://fc00.example/hook", "https://hooks.slack.com/services/T000/B000/x",
    ];

    public static IReadOnlyList<string> Bad { get; } =
    [
        // Not https, or no address at all.
        "", " ", "shop.example/hook", "//shop.example/hook", "http://shop.example/hook", "ftp://shop.example/",
        "file:///etc/passwd", "gopher://127.0.0.1:6379/_INFO", "javascript:alert(1)", "data:text/plain,x",
        "ldap://shop.example/", "dict://127.0.0.1:11211/", "ws://shop.example/", "wss://shop.example/", "https:",
        "https://", "https:///hook", "https:/shop.example/hook", "https:shop.example/hook", "https://?x",
        "https://:443/",
        "about:blank", "unix:/var/run/docker.sock", "https+unix://shop.example/",
        // Ports.
        "https://shop.example:0/", "https://shop.example:22/", "https://shop.example:25/", "https://shop.example:80/",
        "https://shop.example:5432/", "https://shop.example:6379/", "https://shop.example:9200/",
        "https://shop.example:65535/", "https://shop.example:65536/", "https://shop.example:-1/",
        "https://shop.example:8080/", "https://shop.example:abc/",
        // Loopback, in every spelling.
        "https://127.0.0.1/", "https://127.0.0.1:8443/", "https://127.1/", "https://127.0.1/",
        "https://127.255.255.254/",
        "https://2130706433/", "https://0x7f000001/", "https://0x7f.0.0.1/", "https://0x7f.1/", "https://0177.0.0.1/",
        "https://017700000001/", "https://0177.1/", "https://127.0.0.01/", "https://127.000.000.001/",
        "https://127.0.0.1./",
        "https://0/", "https://0.0.0.0/", "https://00000000/", "https://[::1]/", "https://[::]/",
        "https://[0:0:0:0:0:0:0:1]/", "https://[0000:0000:0000:0000:0000:0000:0000:0001]/",
        "https://[::ffff:127.0.0.1]/",
        "https://[::ffff:7f00:1]/", "https://[0:0:0:0:0:ffff:127.0.0.1]/", "https://[::127.0.0.1]/",
        "https://localhost/", "https://localhost./", "https://LOCALHOST/", "https://LocalHost:8443/",
        "https://shop.localhost/", "https://localhost.localdomain/", "https://ip6-localhost/",
        "https://\u24db\u24de\u24d2\u24d0\u24db\u24d7\u24de\u24e2\u24e3/",
        "https://\u2460\u2461\u2466.\u24ea.\u24ea.\u2460/",
        "https://127\u30020\u30020\u30021/", "https://\uff11\uff12\uff17.0.0.1/", "https://127%2e0%2e0%2e1/",
        "https://%31%32%37.0.0.1/", "https://%6c%6f%63%61%6c%68%6f%73%74/",
        // Our own network, and networks that lead nowhere.
        "https://10.0.0.1/", "https://10.255.255.255/", "https://172.16.0.1/", "https://172.31.255.255/",
        "https://192.168.0.1/", "https://192.168.255.255/", "https://167772161/", "https://0xa000001/",
        "https://012.0.0.1/", "https://10.1/", "https://100.64.0.1/", "https://100.127.255.255/",
        "https://169.254.0.1/", "https://169.254.169.254/latest/meta-data/", "https://2852039166/",
        "https://0xa9fea9fe/", "https://[::ffff:169.254.169.254]/", "https://[::ffff:a9fe:a9fe]/",
        "https://[fd00:ec2::254]/", "https://192.0.0.1/", "https://192.0.0.192/", "https://192.0.2.1/",
        "https://198.51.100.1/", "https://203.0.113.1/", "https://198.18.0.1/", "https://198.19.255.255/",
        "https://192.88.99.1/", "https://224.0.0.1/", "https://239.255.255.255/", "https://240.0.0.1/",
        "https://255.255.255.255/", "https://0.1.2.3/", "https://[fc00::1]/", "https://[fdff::1]/",
        "https://[fe80::1]/",
        "https://[fe80::1%25eth0]/", "https://[fe80::1%eth0]/", "https://[fec0::1]/", "https://[ff02::1]/",
        "https://[2001:db8::1]/", "https://[3fff::1]/", "https://[2002:7f00:1::]/", "https://[2002:a00:1::]/",
        "https://[64:ff9b::7f00:1]/", "https://[64:ff9b::10.0.0.1]/", "https://[64:ff9b:1::1]/", "https://[100::1]/",
        "https://[2001::1]/", "https://[2001:20::1]/", "https://[5f00::1]/", "https://[::ffff:10.0.0.1]/",
        "https://[::ffff:192.168.0.1]/", "https://[::ffff:0:127.0.0.1]/", "https://[::1]:8443/",
        // Names that only closed networks know.
        "https://intranet/", "https://router/", "https://db/", "https://printer.local/", "https://db.internal/",
        "https://metadata.google.internal/computeMetadata/v1/", "https://nas.lan/", "https://wiki.corp/",
        "https://box.home/", "https://box.home.arpa/", "https://1.0.0.127.in-addr.arpa/", "https://hidden.onion/",
        "https://shop.private/", "https://app.intranet/",
        // Spelled so that two readers see two hosts.
        "https://shop.example@127.0.0.1/", "https://127.0.0.1@shop.example/", "https://user@shop.example/",
        "https://user:word@shop.example/", "https://@shop.example/", "https://shop.example\\@127.0.0.1/",
        "https://shop.example\\.127.0.0.1/", "https:\\\\127.0.0.1\\", "https://shop.example#@127.0.0.1/",
        "https://shop.example/#x", "https://shop.example /", "https://shop.example\t/",
        "https://shop.example\r\nHost: x/",
        "https://shop.example/\u0000", "https://shop.example/\u202e", "https://sh\u00adop.example/",
        "https://shop\u2024example/", "https://shop.example./", "https://shop..example/", "https://.shop.example/",
        "https://-/", "https://shop.example:443:8443/", "https://[127.0.0.1]/", "https://[::1/", "https://::1/",
        "https://shop.example/\"x", "https://1.2.3.4.5/", "https://1.2.3.256/", "https://8.8.8.8./",
        "https://0x08080808/",
        "https://134744072/", "https://shop.123/",
        "https://" + new string('a', 64) + ".example/", "https://shop.example/" + new string('x', 2048),
    ];
}
