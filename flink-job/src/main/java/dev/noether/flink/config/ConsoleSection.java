package dev.noether.flink.config;

import java.net.URI;
import java.time.Duration;
import java.util.List;

/** Options of the section {@code console}: the page that shows what a detector finds. */
public final class ConsoleSection {
    private static final OptionSection SECTION = new OptionSection("console");

    private static final long MEBIBYTE = 1L << 20;

    public static final Option<String> BIND = SECTION.option(
            "bind",
            OptionType.host(),
            "127.0.0.1",
            "",
            "Address of this machine that `./noether console` listens on.",
            "`0.0.0.0` for all addresses, in a container or behind a proxy. Whoever reaches the port sees everything.",
            config -> config.console().bind());

    public static final Option<List<String>> HOSTS = SECTION.option(
            "hosts",
            OptionType.hostNames(),
            List.of(),
            "",
            "Names under which browsers reach the console, besides `localhost`, addresses and `console.bind`.",
            "The name in the address line: that of a proxy, or of this machine. Other names are refused, because any"
                    + " site can make its name point here.",
            config -> config.console().access().hosts());

    public static final Option<Integer> PORT = SECTION.option(
            "port",
            OptionType.integer(0, 65_535),
            8_088,
            "",
            "Port of the console; 0 for a free one.",
            "One console per port: give each detector of a machine its own.",
            config -> config.console().port());

    public static final Option<URI> DIRECTORY = SECTION.directory(
            "directory",
            "console",
            "Directory of the console's store, a path on this machine.",
            "It may be lost: the store is made again from the topics, as far as they reach back.",
            config -> config.console().store().directory());

    public static final Option<Duration> RETENTION = SECTION.option(
            "retention",
            OptionType.duration(Duration.ofHours(1), Duration.ofDays(3_650)),
            Duration.ofDays(30),
            "duration",
            "Time for which the store keeps scores and incidents that are over, in event time.",
            "As far back as people look.",
            config -> config.console().store().retention());

    public static final Option<Long> STORE_BYTES = SECTION.option(
            "storeBytes",
            OptionType.longInteger(16 * MEBIBYTE, 1L << 50),
            1_024 * MEBIBYTE,
            "bytes",
            "Size of the store above which it removes its oldest scores, then its oldest incidents.",
            "About 1 GiB for each million incidents, and as much for scores.",
            config -> config.console().store().storeBytes());

    public static final Option<String> TOKEN_FILE = SECTION.option(
            "tokenFile",
            OptionType.file(),
            "",
            "",
            "File with the token that a person needs to judge incidents on the page; without it the page only shows.",
            "At least 16 random characters, readable for the console alone. Relative to the working directory.",
            config -> config.console().access().tokenFile());

    public static final Option<String> KEY_STORE_FILE = SECTION.option(
            "keyStoreFile",
            OptionType.file(),
            "",
            "",
            "PKCS #12 file with the certificate and the key for HTTPS; without it the console speaks HTTP.",
            "Needed if the console listens on other addresses than loopback, unless a proxy does it.",
            config -> config.console().access().keyStoreFile());

    public static final Option<String> KEY_STORE_PASSWORD_FILE = SECTION.option(
            "keyStorePasswordFile",
            OptionType.file(),
            "",
            "",
            "File with the password of `console.keyStoreFile`.",
            "Readable for the console alone.",
            config -> config.console().access().keyStorePasswordFile());

    public static final Option<String> FLINK = SECTION.option(
            "flink",
            OptionType.address(),
            "",
            "",
            "Address of Flink's REST endpoint, from which the console reads the state of the scoring job.",
            "`http://HOST:8081` of the job manager; empty if the job runs in `./noether run`.",
            config -> config.console().flink());

    /** Every option of the section, in the order of the constants. */
    static final List<Option<?>> ALL = SECTION.options();

    private ConsoleSection() {}
}
