package dev.noether.lab.chaos.service;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
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
 * @param expiresSoon whether the broker forgets transactions and transactional ids within a minute
 */
public record ServiceSettings(Duration retrainingInterval, Duration checkpointInterval, boolean expiresSoon) {
    /** The broker forgets transactional ids after so long if {@link #expiresSoon}. */
    public static final Duration EXPIRATION = Duration.ofSeconds(60);

    /** The broker aborts open transactions after so long if {@link #expiresSoon}. */
    private static final Duration TRANSACTION_TIMEOUT = Duration.ofSeconds(30);

    /** A training every quarter of an hour, a checkpoint every two seconds. */
    public static ServiceSettings defaults() {
        return new ServiceSettings(Duration.ofMinutes(15), Duration.ofSeconds(2), false);
    }

    /** The same with another time between trainings. */
    public ServiceSettings withRetrainingInterval(Duration interval) {
        return new ServiceSettings(interval, checkpointInterval, expiresSoon);
    }

    /** The same with a broker that aborts open transactions soon and forgets unused transactional ids soon. */
    public ServiceSettings withShortExpirations() {
        return new ServiceSettings(retrainingInterval, checkpointInterval, true);
    }

    /** Further lines of the broker's configuration. */
    List<String> brokerLines() {
        return expiresSoon
                ? List.of(
                        "transactional.id.expiration.ms=" + EXPIRATION.toMillis(),
                        "transaction.remove.expired.transaction.cleanup.interval.ms=2000",
                        "transaction.abort.timed.out.transaction.cleanup.interval.ms=2000")
                : List.of();
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
            text = withKeys(text, "checkpoints", checkpoints());
            text = withKeys(text, "alarms", Map.of("budget", "1 per entity per PT5M"));
            Files.writeString(detectorFile, text);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + detectorFile, e);
        }
    }

    private Map<String, String> checkpoints() {
        Map<String, String> checkpoints = new LinkedHashMap<>();
        checkpoints.put("interval", checkpointInterval.toString());
        if (expiresSoon) {
            checkpoints.put("transactionTimeout", TRANSACTION_TIMEOUT.toString());
        }
        return checkpoints;
    }

    /** Sets keys of one section of a file with two levels. */
    static String withKeys(String yaml, String section, Map<String, String> values) {
        Matcher header = Pattern.compile("(?m)^" + section + ":\\n((?: .*\\n|\\n)*)")
                .matcher(yaml.endsWith("\n") ? yaml : yaml + "\n");
        StringBuilder entries = new StringBuilder();
        values.forEach((key, value) ->
                entries.append("  ").append(key).append(": ").append(value).append('\n'));
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
