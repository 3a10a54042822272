package dev.noether.flink.job;

import dev.noether.flink.config.ConfigurationException;
import dev.noether.flink.config.DetectorConfig;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The words behind a job's main class on a Flink cluster. The commands of {@code ./noether} have their own, richer ones.
 */
final class JobArguments {
    private static final String CONFIG = "--config";
    private static final String BOOTSTRAP = "--bootstrap";
    private static final String FROM = "--from";
    private static final String TO = "--to";
    private static final List<String> KNOWN = List.of(CONFIG, BOOTSTRAP, FROM, TO);

    private final Map<String, String> values;

    private JobArguments(Map<String, String> values) {
        this.values = values;
    }

    /**
     * Reads the words.
     *
     * @throws IllegalArgumentException with what is wrong and what would be right
     */
    static JobArguments parse(String[] arguments) {
        Map<String, String> values = new HashMap<>();
        for (int i = 0; i < arguments.length; i += 2) {
            if (!KNOWN.contains(arguments[i])) {
                throw new IllegalArgumentException("unknown option " + arguments[i] + "; known are " + KNOWN);
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
    DetectorConfig config() {
        DetectorConfig config = DetectorConfig.load(Path.of(values.getOrDefault(CONFIG, "")));
        String bootstrap = values.get(BOOTSTRAP);
        return bootstrap == null ? config : config.withBootstrap(bootstrap);
    }

    @Nullable
    String from() {
        return values.get(FROM);
    }

    @Nullable
    String to() {
        return values.get(TO);
    }
}
