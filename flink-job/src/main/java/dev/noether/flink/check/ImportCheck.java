package dev.noether.flink.check;

import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.config.ImportOptions;
import dev.noether.flink.kafka.TopicReader;
import dev.noether.flink.mapping.FeatureForm;
import dev.noether.flink.mapping.MetricAggregate;
import dev.noether.flink.mapping.MetricField;
import dev.noether.incident.report.ReadableQuantity;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/** Compares the import of a detector with a sample of the newest records of its topics. Not thread safe. */
final class ImportCheck {
    private static final int MAX_RECORDS = 20_000;
    private static final int MIN_PER_PARTITION = 10;
    private static final long MAX_BYTES = 64L << 20;
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    /** A step that is longer than an interval by less than this factor is one of the interval. */
    private static final double MOST_OF_A_STEP = 1.05;

    private final DetectorConfig config;
    private final Instant now;
    private final Findings findings = new Findings();

    private ImportCheck(DetectorConfig config, Instant now) {
        this.config = config;
        this.now = now;
    }

    /**
     * Reads the topics of an import.
     *
     * @throws org.apache.kafka.common.errors.TimeoutException if the broker does not answer
     */
    static List<Finding> run(DetectorConfig config, Instant now) {
        ImportCheck check = new ImportCheck(config, now);
        check.read();
        return check.findings.list();
    }

    /** Checks a sample. */
    static List<Finding> of(DetectorConfig config, MetricSample sample, Instant now) {
        ImportCheck check = new ImportCheck(config, now);
        check.checkSample(sample);
        return check.findings.list();
    }

    private void read() {
        ImportOptions options = config.source().imported();
        try (KafkaConsumer<byte[], byte[]> consumer = TopicReader.consumer(config)) {
            Set<String> topics = new TreeSet<>(consumer.listTopics(TIMEOUT).keySet());
            options.topics().stream()
                    .filter(Predicate.not(topics::contains))
                    .forEach(topic ->
                            findings.problem("there is no topic %s, which the import reads (source.topics)", topic));
            topics.removeIf(options.topicFilter().asMatchPredicate().negate());
            if (topics.isEmpty()) {
                if (options.topics().isEmpty()) {
                    findings.problem("no topic matches source.topicPattern (%s)", options.topicPattern());
                }
                return;
            }
            findings.information("the import reads %s", String.join(", ", topics));
            checkSample(sample(consumer, topics));
        }
    }

    private MetricSample sample(KafkaConsumer<byte[], byte[]> consumer, Set<String> topics) {
        List<TopicPartition> partitions = topics.stream()
                .flatMap(topic -> TopicReader.partitions(consumer, topic).stream())
                .toList();
        consumer.assign(partitions);
        Map<TopicPartition, Long> first = consumer.beginningOffsets(partitions);
        Map<TopicPartition, Long> end = new HashMap<>(consumer.endOffsets(partitions));
        long most = Math.max(MIN_PER_PARTITION, MAX_RECORDS / partitions.size());
        partitions.forEach(partition -> consumer.seek(
                partition, Math.max(first.getOrDefault(partition, 0L), end.getOrDefault(partition, 0L) - most)));
        MetricSample sample = new MetricSample(config);
        long bytes = 0;
        for (ConsumerRecord<byte[], byte[]> record : TopicReader.until(consumer, end)) {
            bytes += record.serializedValueSize();
            if (bytes > MAX_BYTES) {
                break;
            }
            sample.add(record);
        }
        return sample;
    }

    private void checkSample(MetricSample sample) {
        if (sample.records() == 0) {
            findings.problem("the topics of the import have no record; send some, then check again");
            return;
        }
        findings.information(
                "of the newest %,d records %,d have %,d values of the detector's features: %,d observations of %,d"
                        + " entities",
                sample.records(), sample.used(), sample.values(), sample.rows(), sample.entities());
        findings.rejected(sample.rejections(), sample.records(), "records, or values in them, are", sample.used() == 0);
        List<MetricField> fields = config.source().metrics(config.features());
        for (int i = 0; i < fields.size(); i++) {
            checkFeature(i, fields.get(i), sample);
        }
        if (sample.rows() > 0) {
            checkTimes(sample);
        }
    }

    private void checkFeature(int feature, MetricField field, MetricSample sample) {
        String name = config.features().name(feature);
        FeatureSample values = sample.feature(feature);
        if (sample.notNumbers(feature) > 0) {
            findings.warning("`%s`: %,d values are no numbers", name, sample.notNumbers(feature));
        }
        if (values.count() == 0) {
            findings.problem(
                    "the feature `%s` has no value: no record has `%s`%s",
                    name, field.name(), field.labels().isEmpty() ? "" : " with the labels " + field.labels());
            return;
        }
        double missing = 1 - (double) sample.rowsWith(feature) / sample.rows();
        findings.missing(name, missing);
        boolean isConstant = values.isConstant() && !field.as().isDifference();
        if (isConstant) {
            findings.constant(name, values);
        } else {
            findings.information("`%s`: %s", name, described(field, values, sample.seriesOf(feature)));
        }
        checkSeries(name, field, sample.seriesOf(feature), sample);
    }

    private static String described(MetricField field, FeatureSample values, int series) {
        return values.lowest() + " to " + values.highest()
                + (series > 1 ? ", up to " + series + " series an entity" : "")
                + (field.as() == FeatureForm.VALUE
                        ? ""
                        : ", read as " + field.as().name().toLowerCase(Locale.ROOT))
                + (field.aggregate() == MetricAggregate.LAST
                        ? ""
                        : ", " + field.aggregate().label());
    }

    /** The last of several series is that of any of them; a sum of readings counts each of them as often as it came. */
    private void checkSeries(String name, MetricField field, int series, MetricSample sample) {
        if (series > 1 && field.aggregate() == MetricAggregate.LAST) {
            findings.warning(
                    "the feature `%s` is the last value of any of %d series of an entity; choose one by labels, or set"
                            + " aggregate: mean, sum, max or min",
                    name, series);
        }
        double each = sample.step()
                .map(step -> (double) interval().toMillis() / Math.max(1, step.toMillis()))
                .orElse(1.0);
        if (each >= 2 && field.aggregate() == MetricAggregate.SUM && !field.as().isDifference()) {
            findings.warning(
                    "the feature `%s` is a sum of about %.0f values of each series in an interval; for the sum over the"
                            + " series set source.interval to %s",
                    name, each, sample.step().orElse(interval()));
        }
    }

    private void checkTimes(MetricSample sample) {
        Instant newest = Instant.ofEpochMilli(sample.newest());
        findings.information(
                "times of the values: %s to %s%s",
                Instant.ofEpochMilli(sample.oldest()),
                newest,
                sample.step()
                        .map(step -> ", one of each series every " + text(step))
                        .orElse(""));
        Duration age = Duration.between(newest, now);
        if (age.compareTo(config.incidents().stallAfter().plus(interval())) > 0) {
            findings.warning(
                    "the newest value is %s old; the source may have stopped, or its clock may be wrong", text(age));
        }
        sample.step()
                .map(this::regular)
                .filter(step -> step.compareTo(interval()) > 0)
                .ifPresent(step -> findings.warning(
                        "a series has a value every %s, but an interval is %s: set source.interval to %s, or most observations"
                                + " lack it",
                        text(step), text(interval()), step));
        if (sample.late() > 0) {
            findings.warning(
                    "%,d of %,d values are late: their partition had passed their interval by more than"
                            + " source.disorder (%s)",
                    sample.late(),
                    sample.values(),
                    text(config.source().imported().disorder()));
        }
    }

    /** The interval, if a step is hardly longer: agents do not read at the exact second. */
    private Duration regular(Duration step) {
        boolean isInterval = step.toMillis() <= interval().toMillis() * MOST_OF_A_STEP;
        return isInterval ? interval() : Duration.ofSeconds((step.toMillis() + 999) / 1000);
    }

    private Duration interval() {
        return config.source().imported().interval();
    }

    private static String text(Duration duration) {
        return ReadableQuantity.duration(duration.toMillis());
    }
}
