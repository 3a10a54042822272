package dev.noether.flink.renewal;

import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.config.DriftPolicy;
import dev.noether.flink.drift.DriftFinding;
import dev.noether.flink.drift.DriftWatch;
import dev.noether.flink.release.ModelsTopicContent;
import dev.noether.flink.release.ReleaseTimeline;
import dev.noether.schemas.ModelRelease;
import dev.noether.schemas.ModelsRecord;
import dev.noether.schemas.TrainingRequest;
import dev.noether.schemas.TrainingRun;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks for a drift of the scores of the model in force, and asks for a training or proposes one. In one
 * {@code retraining.driftPeriod} at most one training follows a drift: a new model needs that long to be judged, and a
 * model that the gate refused would be refused again.
 */
final class DriftDuty implements LeaderDuty {
    /** Begins the name of who asks for a training after a drift. */
    static final String REQUESTER = "drift: ";

    private static final Logger LOG = LoggerFactory.getLogger(DriftDuty.class);
    private static final int LOOKS_IN_PERIOD = 12;

    private final DetectorConfig config;
    private final Function<ModelRelease, DriftFinding> watch;
    private final LongSupplier clock;
    private final Duration period;
    private DriftFinding.Kind logged = DriftFinding.Kind.STEADY;

    /**
     * Creates the duty.
     *
     * @param watch judges the scores of a model
     * @param clock present time, milliseconds since 1970 UTC
     */
    DriftDuty(DetectorConfig config, Function<ModelRelease, DriftFinding> watch, LongSupplier clock) {
        this.config = config;
        this.watch = watch;
        this.clock = clock;
        this.period = config.retraining().schedule().driftPeriod();
    }

    /** Makes the duty of a detector, which reads its scores. */
    static DriftDuty of(DetectorConfig config) {
        DriftWatch watch = new DriftWatch(config, config.retraining().schedule().driftPeriod());
        return new DriftDuty(config, watch::look, System::currentTimeMillis);
    }

    @Override
    public Duration interval() {
        return period.dividedBy(LOOKS_IN_PERIOD);
    }

    @Override
    public List<ModelsRecord> look(ModelsTopicContent known) {
        List<ModelRelease> latest = new ReleaseTimeline(known.releases()).latestFirst();
        if (latest.isEmpty()) {
            return List.of();
        }
        DriftFinding finding = watch.apply(latest.get(0));
        boolean isTrained = config.retraining().schedule().drift() == DriftPolicy.TRAIN;
        log(finding, isTrained);
        long now = clock.getAsLong();
        if (finding.kind() != DriftFinding.Kind.DRIFT || !isTrained || isTooSoon(known, now)) {
            return List.of();
        }
        return List.of(new TrainingRequest(
                config.detector(), now, REQUESTER + finding.sentence(), Long.MIN_VALUE, Long.MAX_VALUE));
    }

    private boolean isTooSoon(ModelsTopicContent known, long now) {
        TrainingRun training = known.training();
        TrainingRequest request = known.request();
        long newest = Math.max(
                training == null ? Long.MIN_VALUE : training.startedAt(),
                request == null ? Long.MIN_VALUE : request.requestedAt());
        return newest > now - period.toMillis();
    }

    private void log(DriftFinding finding, boolean isTrained) {
        boolean isNews = finding.kind() != logged;
        logged = finding.kind();
        if (!isNews) {
            return;
        }
        switch (finding.kind()) {
            case DRIFT ->
                LOG.warn(
                        "Detector {}: {}. {}",
                        config.detector(),
                        finding.sentence(),
                        isTrained
                                ? "A training follows (retraining.drift)."
                                : "If this is the new normal, train with ./noether retrain (retraining.drift is propose).");
            case INCIDENT, BROKEN_DATA ->
                LOG.info("Detector {}: {}. No training is proposed.", config.detector(), finding.sentence());
            case STEADY, UNKNOWN -> LOG.info("Detector {}: no drift; {}.", config.detector(), finding.sentence());
        }
    }
}
