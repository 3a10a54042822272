package dev.noether.flink.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.noether.flink.check.Finding.Level;
import dev.noether.flink.config.DetectorConfig;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

/** What the check reports about samples of an import. */
class ImportCheckTest {
    private static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");
    private static final long MINUTE = 60_000;
    private static final String SOURCE = """
            source:
              topics: t
              format: json
              entity: host
              time: ts
              metric: {name: metric, value: value}
              series: card
            """;

    private MetricSample sample(DetectorConfig config, int minutes, String... metrics) {
        MetricSample sample = new MetricSample(config);
        for (int minute = 0; minute < minutes; minute++) {
            long time = NOW.toEpochMilli() - (minutes - minute) * MINUTE;
            for (String metric : metrics) {
                add(sample, "{\"host\": \"a\", \"ts\": " + time + ", " + metric.replace("#", "" + minute) + "}");
            }
        }
        return sample;
    }

    private static void add(MetricSample sample, String record) {
        sample.add(new ConsumerRecord<>("t", 0, 0, new byte[0], record.getBytes(StandardCharsets.UTF_8)));
    }

    private static DetectorConfig config(String features, String more) {
        return DetectorConfig.parse("detector: fleet\nfeatures: [" + features + "]\n" + SOURCE + more, "test");
    }

    private static List<String> texts(List<Finding> findings, Level level) {
        return findings.stream()
                .filter(finding -> finding.level() == level)
                .map(Finding::text)
                .toList();
    }

    /** The clocks of agents are not exact: two values may be some milliseconds more than a minute apart. */
    @Test
    void valuesWithinMillisecondsOfTheIntervalNeedNoOtherInterval() {
        DetectorConfig config = config("cpu", "  interval: PT1M\n");
        MetricSample sample = new MetricSample(config);
        for (int minute = 0; minute < 30; minute++) {
            long time = NOW.toEpochMilli() - (30 - minute) * (MINUTE + 15);
            add(sample, "{\"host\": \"a\", \"ts\": " + time + ", \"metric\": \"cpu\", \"value\": " + minute + "}");
        }
        assertThat(texts(ImportCheck.of(config, sample, NOW), Level.WARNING)).isEmpty();
    }

    @Test
    void aSampleWithoutFaultHasNoProblemAndNoWarning() {
        DetectorConfig config = config("cpu, rx", "  metrics: {rx: {name: rx, aggregate: sum, as: rate}}\n");
        List<Finding> findings = ImportCheck.of(
                config,
                sample(
                        config,
                        30,
                        "\"metric\": \"cpu\", \"value\": #",
                        "\"metric\": \"other\", \"value\": 1",
                        "\"metric\": \"rx\", \"value\": 7, \"card\": \"eth0\"",
                        "\"metric\": \"rx\", \"value\": \"7\", \"card\": \"eth1\""),
                NOW);
        assertThat(texts(findings, Level.PROBLEM)).isEmpty();
        assertThat(texts(findings, Level.WARNING)).isEmpty();
        assertThat(texts(findings, Level.INFORMATION))
                .contains(
                        "of the newest 120 records 90 have 90 values of the detector's features: 30 observations of 1"
                                + " entities",
                        "`cpu`: 0.0 to 29.0",
                        "`rx`: 7.0 to 7.0, up to 2 series an entity, read as rate, sum")
                .anyMatch(text -> text.endsWith("one of each series every 1 min"));
    }

    @Test
    void aFeatureWithoutValueNamesItsMetricAndItsLabels() {
        DetectorConfig config = config("cpu, rx", "  metrics: {rx: {name: net.rx, labels: {card: eth7}}}\n");
        List<Finding> findings = ImportCheck.of(
                config,
                sample(
                        config,
                        5,
                        "\"metric\": \"cpu\", \"value\": \"N/A\"",
                        "\"metric\": \"net.rx\", \"value\": 7, \"card\": \"eth0\""),
                NOW);
        assertThat(texts(findings, Level.PROBLEM))
                .containsExactly(
                        "the feature `cpu` has no value: no record has `cpu`",
                        "the feature `rx` has no value: no record has `net.rx` with the labels {card=eth7}");
        assertThat(texts(findings, Level.WARNING)).containsExactly("`cpu`: 5 values are no numbers");
    }

    @Test
    void whatWouldGiveStrangeRowsIsAWarning() {
        DetectorConfig config = config(
                "cpu, rx, old", "  interval: PT5M\n  disorder: PT1M\n  metrics: {rx: {name: rx, aggregate: sum}}\n");
        MetricSample sample = sample(
                config,
                30,
                "\"metric\": \"cpu\", \"value\": #, \"card\": \"eth0\"",
                "\"metric\": \"cpu\", \"value\": #, \"card\": \"eth1\"",
                "\"metric\": \"rx\", \"value\": #");
        add(
                sample,
                "{\"host\": \"a\", \"metric\": \"old\", \"value\": 1, \"ts\": " + (NOW.toEpochMilli() - 30 * MINUTE)
                        + "}");
        add(sample, "{\"metric\": \"cpu\", \"value\": 1, \"ts\": " + NOW.toEpochMilli() + "}");
        List<Finding> findings = ImportCheck.of(config, sample, NOW.plusSeconds(86_400));
        assertThat(texts(findings, Level.PROBLEM)).isEmpty();
        assertThat(texts(findings, Level.WARNING))
                .anyMatch(text -> text.startsWith("the feature `cpu` is the last value of any of 2 series"))
                .anyMatch(text -> text.startsWith("the feature `rx` is a sum of about 5 values of each series"))
                .anyMatch(text -> text.startsWith("the feature `old` has no value in 83 % of the observations"))
                .anyMatch(text -> text.startsWith("1 of 92 records, or values in them, are rejected (NO_ENTITY)"))
                .anyMatch(text -> text.startsWith("1 of 91 values are late"))
                .anyMatch(text -> text.startsWith("the newest value is 1 d"));
    }

    @Test
    void anIntervalThatIsTooShortIsAWarning() {
        DetectorConfig config = config("cpu", "  interval: PT10S\n");
        assertThat(texts(
                        ImportCheck.of(config, sample(config, 9, "\"metric\": \"cpu\", \"value\": #"), NOW),
                        Level.WARNING))
                .containsExactly(
                        "a series has a value every 1 min, but an interval is 10 s: set source.interval to PT1M, or"
                                + " most observations lack it");
    }
}
