package dev.noether.flink.check;

import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.kafka.TopicCheck;
import dev.noether.flink.kafka.TopicException;
import dev.noether.flink.retrain.TrainingOperator;
import dev.noether.incident.report.ReadableQuantity;
import dev.noether.model.alarm.AlarmBudget;
import dev.noether.model.alarm.TailCalibration;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Compares the configuration of a detector with a sample of its records. Not thread safe. */
public final class DetectorCheck {
    private final DetectorConfig config;
    private final Instant now;
    private final Findings findings = new Findings();

    private DetectorCheck(DetectorConfig config, Instant now) {
        this.config = config;
        this.now = now;
    }

    /**
     * Checks topics and records.
     *
     * @param now time of the check
     * @return findings, the most important first within each subject
     * @throws TopicException if there is no observations topic although others exist, or Kafka does not answer
     */
    public static List<Finding> run(DetectorConfig config, Instant now) {
        DetectorCheck check = new DetectorCheck(config, now);
        if (config.source().isImported()) {
            check.findings.addAll(ImportCheck.run(config, now));
        }
        try {
            TopicCheck.forScoring(config);
        } catch (TopicException e) {
            if (config.source().isImported() && !check.hasObservations()) {
                check.findings.information(
                        "there are no observations yet: ./noether run (or import) --config FILE --create-topics writes them to %s",
                        config.topics().observations());
                return check.findings.list();
            }
            if (!check.hasObservations()) {
                check.requireOthers(e);
                return check.findings.list();
            }
            check.checkResults(e);
        }
        check.checkSample(TopicSample.read(config));
        return check.findings.list();
    }

    /** Topics of results that do not exist yet are no fault of the file: they are created in the next step. */
    private void checkResults(TopicException all) {
        List<String> missing = TopicCheck.missingForScoring(config);
        if (missing.size() == all.problems().size()) {
            findings.warning(
                    "these topics do not exist yet: %s; ./noether topics create --config FILE creates them",
                    String.join(", ", missing));
        } else {
            all.problems().forEach(problem -> findings.problem("%s", problem));
        }
    }

    private boolean hasObservations() {
        try {
            TopicCheck.forSending(config);
            return true;
        } catch (TopicException e) {
            return false;
        }
    }

    /** Without the observations topic there is nothing to read. Before the topics are created this is one problem, not five. */
    private void requireOthers(TopicException all) {
        List<String> missing = TopicCheck.missingForScoring(config);
        if (missing.size() < all.problems().size()) {
            throw all;
        }
        findings.problem(
                "the topic %s, which has the observations, does not exist%s. If its name is right, create it and those of the"
                        + " results: ./noether topics create --config FILE",
                config.topics().observations(), missing.size() == 1 ? "" : ", nor do " + others(missing));
    }

    private String others(List<String> missing) {
        return missing.stream()
                .filter(topic -> !topic.equals(config.topics().observations()))
                .collect(Collectors.joining(", "));
    }

    /** Checks a sample. */
    static List<Finding> of(DetectorConfig config, TopicSample sample, Instant now) {
        DetectorCheck check = new DetectorCheck(config, now);
        check.checkSample(sample);
        return check.findings.list();
    }

    private void checkSample(TopicSample sample) {
        ObservationSample newest = sample.newest();
        if (newest.records() == 0 && config.source().isImported()) {
            findings.information(
                    "the topic %s has no observation yet; ./noether run (or import) --config FILE writes them",
                    config.topics().observations());
            return;
        }
        if (newest.records() == 0) {
            findings.problem(
                    "the topic %s has no record; send observations first, then check again",
                    config.topics().observations());
            return;
        }
        findings.information(
                "the topic %s has about %,d records; the newest %,d were read: %,d observations of %,d entities",
                config.topics().observations(),
                sample.topicRecords(),
                newest.records(),
                newest.rows(),
                newest.entities());
        findings.rejected(newest.rejections(), newest.records(), "records are", newest.rows() == 0);
        checkFeatures(newest);
        if (newest.rows() > 0) {
            checkTimes(newest);
            checkHistory(sample);
        }
    }

    private void checkFeatures(ObservationSample sample) {
        if (sample.features().isEmpty()) {
            // No record is an observation, or all were written for other features.
            return;
        }
        FeatureNames names = FeatureNames.of(config.features().names(), sample.features());
        names.unreported().forEach(name -> findings.problem("%s", names.describe(name)));
        if (!names.unlisted().isEmpty()) {
            findings.information(
                    "the records have features that the detector does not use: %s",
                    FeatureNames.list(names.unlisted()));
        }
        for (String name : config.features().names()) {
            FeatureSample feature = sample.features().get(name);
            if (feature != null && feature.count() > 0) {
                checkFeature(name, feature, sample.decoded());
            }
        }
    }

    private void checkFeature(String name, FeatureSample feature, long observations) {
        double missing = 1 - (double) feature.count() / observations;
        findings.missing(name, missing);
        if (feature.isConstant()) {
            findings.constant(name, feature);
        } else {
            findings.information("`%s`: %s to %s", name, feature.lowest(), feature.highest());
        }
    }

    private void checkTimes(ObservationSample sample) {
        Instant newest = Instant.ofEpochMilli(sample.newest());
        findings.information(
                "event times of the newest observations: %s to %s%s",
                Instant.ofEpochMilli(sample.oldest()),
                newest,
                sample.interval()
                        .map(interval -> ", one of each entity every " + text(interval))
                        .orElse(""));
        Duration age = Duration.between(newest, now);
        if (age.compareTo(config.incidents().stallAfter()) > 0) {
            findings.warning(
                    "the newest observation is %s old; the source may have stopped, or its clock may be wrong",
                    text(age));
        }
        if (sample.outOfOrder() > 0) {
            findings.information(
                    "%,d of %,d observations are older than an earlier one of their entity; up to"
                            + " entities.disorder (%s) they are inserted in order, older ones are late",
                    sample.outOfOrder(), sample.rows(), text(config.entities().disorder()));
        }
    }

    private void checkHistory(TopicSample sample) {
        Optional<Duration> interval = sample.newest().interval();
        if (interval.isEmpty() || sample.oldest().rows() == 0) {
            findings.warning(
                    "no entity has two observations in the sample; the interval between observations is unknown");
            return;
        }
        int entities = sample.newest().entities();
        Duration history =
                Duration.ofMillis(sample.newest().newest() - sample.oldest().oldest());
        long rows = sample.topicRecords();
        int window = TrainingOperator.detectorOptions(config).leastRows();
        long least = Math.max(config.retraining().rows().minRows(), window);
        if (rows < least) {
            findings.problem(
                    "a model needs at least %,d observations (%s), the topic has %,d: wait about %s",
                    least,
                    least > window ? "retraining.minRows" : "for its windows",
                    rows,
                    text(interval.get().multipliedBy((least - rows) / Math.max(1, entities) + 1)));
        }
        checkBudget(interval.get(), entities, history);
    }

    private void checkBudget(Duration interval, int entities, Duration history) {
        AlarmBudget budget = config.alarms().budget();
        double rate = budget.ratePerWindow(interval, entities);
        if (rate > TailCalibration.TAIL_SHARE) {
            findings.problem(
                    "the budget `%s` allows an alarm in more than one observation in ten; allow fewer alarms", budget);
            return;
        }
        double neededRows = TailCalibration.scoresFor(rate);
        Duration needed = Duration.ofMillis((long) (neededRows / entities * interval.toMillis()));
        String text = String.format(
                Locale.ROOT,
                "the budget `%s` is supported by measured scores with about %s of history (%,d entities, one observation"
                        + " every %s); the topic has %s",
                budget,
                text(needed),
                entities,
                text(interval),
                text(history));
        if (history.compareTo(needed) >= 0) {
            findings.information("%s", text);
        } else {
            findings.warning(
                    "%s. Until then the threshold is extrapolated and widened, and the real rate of false alarms can"
                            + " differ; allow more alarms, or wait",
                    text);
        }
    }

    private static String text(Duration duration) {
        return ReadableQuantity.duration(duration.toMillis());
    }
}
