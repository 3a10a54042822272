package dev.noether.flink.job;

import dev.noether.flink.config.ConfigurationException;
import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.config.DetectorFiles;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The command-line arguments of a main class in the job jar: pairs of an option and its value. {@code --config FILE}
 * must be given, {@code --bootstrap SERVERS} may be. The commands of {@code ./noether} have their own options.
 * Immutable.
 */
public final class JobArguments {
    private static final String CONFIG = "--config";
    private static final String BOOTSTRAP = "--bootstrap";

    private final Map<String, String> values;

    private JobArguments(Map<String, String> values) {
        this.values = values;
    }

    /**
     * Reads the arguments.
     *
     * @param further options that the main class has beside {@code --config} and {@code --bootstrap}
     * @throws IllegalArgumentException if an option is unknown, lacks its value, or {@code --config} is missing
     */
    public static JobArguments parse(String[] arguments, String... further) {
        List<String> known = new ArrayList<>(List.of(CONFIG, BOOTSTRAP));
        known.addAll(List.of(further));
        Map<String, String> values = new HashMap<>();
        for (int i = 0; i < arguments.length; i += 2) {
            if (!known.contains(arguments[i])) {
                throw new IllegalArgumentException("unknown option " + arguments[i] + "; known are " + known);
            }
            if (i + 1 == arguments.length) {
                throw new IllegalArgumentException("option " + arguments[i] + " needs a value");
            }
            values.put(arguments[i], arguments[i + 1]);
        }
        if (!values.containsKey(CONFIG)) {
            throw new IllegalArgumentException("option " + CONFIG + " is missing: the detector's YAML file");
        }
        return new JobArguments(values);
    }

    /**
     * Reads the detector's file.
     *
     * @throws ConfigurationException with every problem of the file
     */
    public DetectorConfig config() {
        DetectorConfig config = DetectorConfig.load(Path.of(values.getOrDefault(CONFIG, "")));
        String bootstrap = values.get(BOOTSTRAP);
        return bootstrap == null ? config : config.withBootstrap(bootstrap);
    }

    /**
     * Reads the detector's file, or all files of a folder.
     *
     * @param warnings called with each warning in one line
     * @throws ConfigurationException with every problem, if no detector can be read
     */
    public DetectorFiles configs(Consumer<String> warnings) {
        DetectorFiles files = DetectorFiles.load(Path.of(values.getOrDefault(CONFIG, "")), warnings);
        String bootstrap = values.get(BOOTSTRAP);
        return bootstrap == null ? files : files.withBootstrap(bootstrap);
    }

    /** Value of an option; null if it is not given. */
    public @Nullable String text(String option) {
        return values.get(option);
    }

    /** Value of an option as an integer. */
    public int integer(String option, int defaultValue) {
        return value(option, defaultValue, Integer::valueOf, "an integer");
    }

    /** Value of an option as an ISO-8601 duration. */
    public Duration duration(String option, Duration defaultValue) {
        return value(option, defaultValue, Duration::parse, "an ISO-8601 duration such as PT2M");
    }

    /** Value of an option as an instant, milliseconds since 1970 UTC. */
    public long instant(String option, long defaultValue) {
        return value(
                option,
                defaultValue,
                text -> Instant.parse(text).toEpochMilli(),
                "an instant such as 2026-01-31T00:00:00Z");
    }

    private <T> T value(String option, T defaultValue, Function<String, T> parser, String expectation) {
        String text = values.get(option);
        if (text == null) {
            return defaultValue;
        }
        try {
            return parser.apply(text);
        } catch (DateTimeParseException | NumberFormatException e) {
            throw new IllegalArgumentException(
                    "option " + option + " must be " + expectation + " (got " + text + ")", e);
        }
    }
}
