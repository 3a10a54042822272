package dev.noether.lab.chaos.service;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What differs from docker-compose.yml and its files, so that a run of minutes has trainings, alarms and checkpoints.
 *
 * @param retrainingInterval time from one training to the next
 * @param checkpointInterval time from one checkpoint to the next
 * @param brokerLines further lines of the broker's configuration
 */
public record ServiceSettings(Duration retrainingInterval, Duration checkpointInterval, List<String> brokerLines) {
    /** The broker forgets transactional ids after so long if {@link #withShortExpirations} is used. */
    public static final Duration EXPIRATION = Duration.ofSeconds(60);

    public ServiceSettings {
        brokerLines = List.copyOf(brokerLines);
    }

    /** A training every quarter of an hour, a checkpoint every two seconds. */
    public static ServiceSettings defaults() {
        return new ServiceSettings(Duration.ofMinutes(15), Duration.ofSeconds(2), List.of());
    }

    /** The same with another time between trainings. */
    public ServiceSettings withRetrainingInterval(Duration interval) {
        return new ServiceSettings(interval, checkpointInterval, brokerLines);
    }

    /** The same with a broker that forgets unused transactional ids after {@link #EXPIRATION}. */
    public ServiceSettings withShortExpirations() {
        List<String> lines = new ArrayList<>(brokerLines);
        lines.add("transactional.id.expiration.ms=" + EXPIRATION.toMillis());
        lines.add("transaction.remove.expired.transaction.cleanup.interval.ms=2000");
        return new ServiceSettings(retrainingInterval, checkpointInterval, lines);
    }

    /** Writes the settings into a detector's file. */
    void applyTo(Path detectorFile) {
        Map<String, String> retraining = new LinkedHashMap<>();
        retraining.put("interval", retrainingInterval.toString());
        retraining.put("maxRows", "20000");
        retraining.put("epochs", "4");
        try {
            String text = Files.readString(detectorFile);
            text = withKeys(text, "retraining", retraining);
            text = withKeys(text, "checkpoints", Map.of("interval", checkpointInterval.toString()));
            text = withKeys(text, "alarms", Map.of("budget", "1 per entity per PT5M"));
            Files.writeString(detectorFile, text);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + detectorFile, e);
        }
    }

    /** Sets keys of one section of a file with two levels. */
    static String withKeys(String yaml, String section, Map<String, String> values) {
        Matcher header =
                Pattern.compile("(?m)^" + section + ":\\n((?: .*\\n|\\n)*)").matcher(yaml.endsWith("\n") ? yaml : yaml + "\n");
        StringBuilder entries = new StringBuilder();
        values.forEach((key, value) -> entries.append("  ").append(key).append(": ").append(value).append('\n'));
        if (!header.find()) {
            return yaml + "\n" + section + ":\n" + entries;
        }
        String kept = header.group(1);
        for (String key : values.keySet()) {
            kept = kept.replaceAll("(?m)^  " + key + ":.*\\n", "");
        }
        return header.replaceFirst(Matcher.quoteReplacement(section + ":\n" + entries + kept));
    }
}
