package dev.noether.flink.config;

import dev.noether.flink.mapping.MetricField;
import dev.noether.flink.mapping.MetricPaths;
import java.io.Serializable;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What an import reads, and how it assembles observations. Without a topic there is no import.
 *
 * @param topics topics that are read
 * @param topicPattern regular expression of further topics; empty for none
 * @param interval length of an interval; an entity gets one observation for each
 * @param disorder how far the time of a value may be behind the newest one
 * @param longestWait how long an interval stays open at most, by the clock
 * @param rows path of the list whose elements are read like records; empty for none
 * @param metric where a record that holds one metric has its name and its value
 * @param metrics which metric a feature is made of, by feature
 * @param series paths of the fields that tell the series of a metric apart
 */
public record ImportOptions(
        List<String> topics,
        String topicPattern,
        Duration interval,
        Duration disorder,
        Duration longestWait,
        String rows,
        MetricPaths metric,
        Map<String, MetricField> metrics,
        List<String> series)
        implements Serializable {
    public ImportOptions {
        topics = List.copyOf(ImportSection.TOPICS.check(topics));
        ImportSection.TOPIC_PATTERN.check(topicPattern);
        ImportSection.INTERVAL.check(interval);
        ImportSection.DISORDER.check(disorder);
        ImportSection.LONGEST_WAIT.check(longestWait);
        ImportSection.ROWS.check(rows);
        ImportSection.METRIC.check(metric);
        metrics = Collections.unmodifiableMap(new TreeMap<>(ImportSection.METRICS.check(metrics)));
        series = List.copyOf(ImportSection.SERIES.check(series));
        if (longestWait.compareTo(disorder) < 0) {
            throw new IllegalArgumentException("`source.longestWait` must be at least `source.disorder` (got "
                    + longestWait + " and " + disorder + ")");
        }
    }

    static ImportOptions of(OptionValues values) {
        return new ImportOptions(
                values.get(ImportSection.TOPICS),
                values.get(ImportSection.TOPIC_PATTERN),
                values.get(ImportSection.INTERVAL),
                values.get(ImportSection.DISORDER),
                values.get(ImportSection.LONGEST_WAIT),
                values.get(ImportSection.ROWS),
                values.get(ImportSection.METRIC),
                values.get(ImportSection.METRICS),
                values.get(ImportSection.SERIES));
    }

    /** Whether there is an import. */
    public boolean isUsed() {
        return !topics.isEmpty() || !topicPattern.isEmpty();
    }

    /** Returns the regular expression of all topics that are read: those of the list, and those of the pattern. */
    public Pattern topicFilter() {
        Stream<String> names = topics.stream().map(Pattern::quote);
        Stream<String> pattern = topicPattern.isEmpty() ? Stream.of() : Stream.of("(?:" + topicPattern + ")");
        return Pattern.compile(Stream.concat(names, pattern).collect(Collectors.joining("|")));
    }

    /** Checks that nothing is set, because there is no import. */
    void checkUnused() {
        checkUnused(ImportSection.INTERVAL, interval);
        checkUnused(ImportSection.DISORDER, disorder);
        checkUnused(ImportSection.LONGEST_WAIT, longestWait);
        checkUnused(ImportSection.ROWS, rows);
        checkUnused(ImportSection.METRIC, metric);
        checkUnused(ImportSection.METRICS, metrics);
        checkUnused(ImportSection.SERIES, series);
    }

    private static <T> void checkUnused(Option<T> option, T value) {
        if (!value.equals(option.defaultValue())) {
            throw new IllegalArgumentException(
                    "`" + option.key() + "` is about an import; name the topics that it reads in"
                            + " `source.topics` or `source.topicPattern`, or leave it out");
        }
    }

    /** Checks that no topic of the detector itself is imported. */
    void checkAgainst(TopicNames own) {
        if (!isUsed()) {
            return;
        }
        Pattern filter = topicFilter();
        for (String topic : own.all()) {
            if (filter.matcher(topic).matches()) {
                throw new IllegalArgumentException(
                        "`source.topics` and `source.topicPattern` must not contain a topic of"
                                + " the detector itself (got " + topic
                                + "); the import writes to `topics.observations`");
            }
        }
    }
}
