package dev.noether.flink.config;

import dev.noether.model.alarm.AlarmBudget;
import dev.noether.model.schedule.ScheduleOptions;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The type of an option: reads a value from YAML, checks it, and writes it back. Immutable.
 *
 * @param <T> Java type of the value
 */
public final class OptionType<T> {
    private static final int LONGEST_SHOWN = 80;
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");
    private static final Pattern TOPIC = Pattern.compile("(?!\\.{1,2}$)[a-zA-Z0-9._-]{1,249}");
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._:-]{1,253}");
    private static final Pattern HOST_NAME = Pattern.compile("[A-Za-z0-9._-]{1,253}");
    private static final Pattern SERVER = Pattern.compile("[^\\s:,]+:(\\d{1,5})");
    private static final int LAST_PORT = 65_535;

    private final String expectation;
    private final Function<Object, @Nullable T> reader;
    private final Predicate<T> valid;
    private final Function<T, Object> writer;
    private final Function<T, List<String>> parts;
    private final boolean isSecret;

    /**
     * Makes a type whose values have no parts with problems of their own.
     *
     * @param expectation description of the allowed values, for messages
     * @param reader reads parsed YAML; null if it has another type
     * @param valid whether a value is in its range
     * @param writer makes what YAML takes
     */
    OptionType(
            String expectation, Function<Object, @Nullable T> reader, Predicate<T> valid, Function<T, Object> writer) {
        this(expectation, reader, valid, writer, value -> List.of());
    }

    private OptionType(
            String expectation,
            Function<Object, @Nullable T> reader,
            Predicate<T> valid,
            Function<T, Object> writer,
            Function<T, List<String>> parts) {
        this(expectation, reader, valid, writer, parts, false);
    }

    private OptionType(
            String expectation,
            Function<Object, @Nullable T> reader,
            Predicate<T> valid,
            Function<T, Object> writer,
            Function<T, List<String>> parts,
            boolean isSecret) {
        this.expectation = expectation;
        this.reader = reader;
        this.valid = valid;
        this.writer = writer;
        this.parts = parts;
        this.isSecret = isSecret;
    }

    /** Description of the allowed values, such as "an integer from 1 to 1000". */
    public String expectation() {
        return expectation;
    }

    /** Whether a wrong value may be a secret, which no message shows. */
    boolean isSecret() {
        return isSecret;
    }

    /** Reads a value of parsed YAML; null if it has another type. Does not check its range. */
    @Nullable
    T read(Object yaml) {
        return reader.apply(yaml);
    }

    /** Whether a value of the type is in its range. */
    boolean isValid(T value) {
        return valid.test(value);
    }

    /** Returns the problems of the parts of a value that is not in its range; empty if it has no parts. */
    List<String> partProblems(T value) {
        return parts.apply(value);
    }

    /** Returns the value as YAML takes it. */
    Object write(T value) {
        return writer.apply(value);
    }

    /** Returns a short text of a value for a message, without nested structures. */
    static String displayText(@Nullable Object value) {
        if (value == null) {
            return "nothing";
        }
        if (value instanceof Map) {
            return "a mapping";
        }
        if (value instanceof List<?> list
                && list.stream().anyMatch(item -> item instanceof List || item instanceof Map)) {
            return "a nested list";
        }
        String text = String.valueOf(value);
        return text.length() <= LONGEST_SHOWN ? text : text.substring(0, LONGEST_SHOWN) + "…";
    }

    static OptionType<String> name() {
        return text(
                "a name of at most 63 lower-case letters, digits and hyphens, such as fleet-eu",
                NAME.asMatchPredicate());
    }

    static OptionType<String> topic() {
        return text(
                "a topic name: at most 249 letters, digits, dots, underscores and hyphens", TOPIC.asMatchPredicate());
    }

    static OptionType<String> servers() {
        return text("host:port, or several with commas between", OptionType::isServers);
    }

    static OptionType<Boolean> flag() {
        return new OptionType<>(
                "true or false", yaml -> yaml instanceof Boolean value ? value : null, value -> true, value -> value);
    }

    static OptionType<Integer> integer(int least, int most) {
        return new OptionType<>(
                "an integer from " + least + " to " + most,
                yaml -> yaml instanceof Integer value ? value : null,
                value -> value >= least && value <= most,
                value -> value);
    }

    static OptionType<Long> longInteger() {
        return new OptionType<>(
                "an integer of at most 64 bits",
                yaml -> yaml instanceof Long || yaml instanceof Integer ? ((Number) yaml).longValue() : null,
                value -> true,
                value -> value);
    }

    /** A 64-bit integer in a range, both ends included. */
    static OptionType<Long> longInteger(long least, long most) {
        return new OptionType<>(
                "an integer from " + least + " to " + most,
                yaml -> yaml instanceof Long || yaml instanceof Integer ? ((Number) yaml).longValue() : null,
                value -> value >= least && value <= most,
                value -> value);
    }

    /** The name or the address of a machine. */
    static OptionType<String> host() {
        return text("the name or the address of a machine, such as 127.0.0.1", HOST.asMatchPredicate());
    }

    /** A number that meets a condition. The condition must be false for NaN. */
    static OptionType<Double> number(String range, Predicate<Double> valid) {
        return new OptionType<>(
                "a number " + range,
                yaml -> yaml instanceof Number value ? value.doubleValue() : null,
                valid,
                value -> value);
    }

    static OptionType<Duration> duration(Duration least, Duration most) {
        return new OptionType<>(
                "an ISO-8601 duration from " + text(least) + " to " + text(most) + ", such as PT30S",
                YamlValues::duration,
                value -> value.compareTo(least) >= 0 && value.compareTo(most) <= 0,
                OptionType::text);
    }

    static OptionType<Instant> instant(Instant least, Instant most) {
        return new OptionType<>(
                "an ISO-8601 instant from " + least + " to " + most + ", such as 2026-01-31T00:00:00Z",
                YamlValues::instant,
                value -> !value.isBefore(least) && !value.isAfter(most),
                Instant::toString);
    }

    static <E extends Enum<E>> OptionType<E> oneOf(Class<E> kind) {
        E[] all = kind.getEnumConstants();
        return new OptionType<>(
                "one of " + Stream.of(all).map(OptionType::text).collect(Collectors.joining(", ")),
                yaml -> Stream.of(all)
                        .filter(symbol -> symbol.name().equalsIgnoreCase(word(yaml)))
                        .findFirst()
                        .orElse(null),
                value -> true,
                OptionType::text);
    }

    /** YAML reads the words "on" and "off" without quotes as true and false. */
    private static String word(Object yaml) {
        return yaml instanceof Boolean isOn ? (isOn ? "on" : "off") : String.valueOf(yaml);
    }

    /** A mapping from names to symbols. */
    static <E extends Enum<E>> OptionType<Map<String, E>> symbols(Class<E> kind) {
        OptionType<E> symbol = oneOf(kind);
        return new OptionType<>(
                "a mapping from names to " + symbol.expectation(),
                yaml -> YamlValues.mapping(yaml, symbol::read),
                mapping -> true,
                mapping -> {
                    Map<String, Object> written = new TreeMap<>();
                    mapping.forEach((name, value) -> written.put(name, symbol.write(value)));
                    return written;
                });
    }

    static OptionType<AlarmBudget> alarmBudget() {
        return new OptionType<>(AlarmBudget.FORM, YamlValues::alarmBudget, value -> true, AlarmBudget::toString);
    }

    /** A directory: an absolute URI, or a path on this machine, which becomes one. */
    static OptionType<URI> directory() {
        return new OptionType<>(
                "a directory: a URI such as s3://bucket/models or file:///var/models, or a path on this machine",
                YamlValues::directory,
                URI::isAbsolute,
                URI::toString);
    }

    static OptionType<List<String>> featureNames() {
        return new OptionType<>(
                "a list of at least one name, none blank, none twice",
                yaml -> YamlValues.list(yaml, String.class),
                names -> !names.isEmpty()
                        && names.stream().noneMatch(String::isBlank)
                        && new HashSet<>(names).size() == names.size(),
                names -> names);
    }

    /** A list of different names of machines; it may be empty. */
    static OptionType<List<String>> hostNames() {
        return new OptionType<>(
                "a list of names of machines without scheme and port, none twice",
                yaml -> YamlValues.list(yaml, String.class),
                names -> names.stream().allMatch(name -> HOST_NAME.matcher(name).matches())
                        && new HashSet<>(names).size() == names.size(),
                names -> names);
    }

    /** A list of different feature names; it may be empty. */
    static OptionType<List<String>> names() {
        return new OptionType<>(
                "a list of names, none blank, none twice",
                yaml -> YamlValues.list(yaml, String.class),
                names -> names.stream().noneMatch(String::isBlank) && new HashSet<>(names).size() == names.size(),
                names -> names);
    }

    /** A list of {@code count} finite numbers above 0, each larger than the one before. */
    static OptionType<List<Double>> risingNumbers(int count) {
        return new OptionType<>(
                "a list of " + count + " rising numbers above 0",
                YamlValues::numbers,
                list -> list.size() == count && isRising(list),
                list -> list);
    }

    /** A mapping from names to numbers of at least 0. */
    static OptionType<Map<String, Double>> amounts() {
        return new OptionType<>(
                "a mapping from names to numbers of at least 0",
                YamlValues::amounts,
                amounts ->
                        amounts.values().stream().allMatch(amount -> amount >= 0 && amount < Double.POSITIVE_INFINITY),
                TreeMap::new);
    }

    /** A time zone, as Java knows it, or the zone that the history shows. */
    static OptionType<String> zone() {
        return text("auto, or a time zone such as UTC or Europe/Berlin", OptionType::isZone);
    }

    private static boolean isZone(String name) {
        if (name.equals(ScheduleOptions.FIND_ZONE)) {
            return true;
        }
        try {
            ZoneId.of(name);
            return true;
        } catch (DateTimeException e) {
            return false;
        }
    }

    /** A file on this machine; the empty text stands for none. */
    static OptionType<String> file() {
        return text("the path of a file, or empty", path -> true);
    }

    /** A list of different files on this machine. */
    static OptionType<List<String>> files() {
        return new OptionType<>(
                "a list of paths of files, none blank, none twice",
                yaml -> YamlValues.list(yaml, String.class),
                paths -> paths.stream().noneMatch(String::isBlank) && new HashSet<>(paths).size() == paths.size(),
                paths -> paths);
    }

    static OptionType<List<Integer>> integers(int atMost, int least, int most) {
        return new OptionType<>(
                "a list of at most " + atMost + " integers from " + least + " to " + most,
                yaml -> YamlValues.list(yaml, Integer.class),
                list -> list.size() <= atMost && list.stream().allMatch(item -> item >= least && item <= most),
                list -> list);
    }

    /** Client settings: texts, numbers and flags, kept as texts. {@link ClientSettings} checks each one. */
    static OptionType<Map<String, String>> clientSettings() {
        return new OptionType<>(
                "a mapping from names of Kafka client settings to texts, numbers or flags",
                YamlValues::settings,
                settings -> ClientSettings.problems(settings).isEmpty(),
                TreeMap::new,
                ClientSettings::problems);
    }

    /** An address of a web service; the empty text stands for none. Parts of it may be placeholders. */
    static OptionType<String> address() {
        return text("an address that begins with http:// or https://, or empty", WebAddresses::isAddressOrEmpty);
    }

    /** A list of different addresses of web services. */
    static OptionType<List<String>> addresses() {
        return new OptionType<>(
                "a list of addresses that begin with http:// or https://, none twice",
                yaml -> YamlValues.list(yaml, String.class),
                list -> list.stream().allMatch(WebAddresses::isAddress) && new HashSet<>(list).size() == list.size(),
                list -> list);
    }

    /** A placeholder of a secret; the empty text stands for none. The value is not shown in messages. */
    static OptionType<String> secret() {
        return new OptionType<>(
                "a secret given as ${env:NAME} or ${file:/path}, not in plain text, or empty",
                yaml -> yaml instanceof String value ? value : null,
                value -> value.isEmpty() || Placeholders.isIn(value),
                value -> value,
                value -> List.of(),
                true);
    }

    /**
     * HTTP headers: a mapping from names to texts.
     *
     * @param key key of the option, for messages
     */
    static OptionType<Map<String, String>> headers(String key) {
        return new OptionType<>(
                "a mapping from names of HTTP headers to texts; a secret is given as ${env:NAME} or ${file:/path}",
                YamlValues::settings,
                headers -> WebAddresses.headerProblems(key, headers).isEmpty(),
                TreeMap::new,
                headers -> WebAddresses.headerProblems(key, headers));
    }

    private static OptionType<String> text(String expectation, Predicate<String> valid) {
        return new OptionType<>(
                expectation, yaml -> yaml instanceof String value ? value : null, valid, value -> value);
    }

    private static String text(Enum<?> symbol) {
        return symbol.name().toLowerCase(Locale.ROOT);
    }

    private static String text(Duration duration) {
        return !duration.isZero() && duration.equals(Duration.ofDays(duration.toDays()))
                ? "P" + duration.toDays() + "D"
                : duration.toString();
    }

    private static boolean isServers(String value) {
        return Stream.of(value.split(",", -1)).allMatch(server -> {
            Matcher matcher = SERVER.matcher(server.stripLeading());
            return matcher.matches() && Integer.parseInt(matcher.group(1)) <= LAST_PORT;
        });
    }

    private static boolean isRising(List<Double> list) {
        double least = 0;
        for (double item : list) {
            if (!(item > least && item < Double.POSITIVE_INFINITY)) {
                return false;
            }
            least = item;
        }
        return true;
    }
}
