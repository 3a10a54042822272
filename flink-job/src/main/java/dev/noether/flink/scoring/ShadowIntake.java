package dev.noether.flink.scoring;

import dev.noether.flink.release.KnownReleases;
import dev.noether.flink.release.ModelsInForce;
import dev.noether.flink.release.ReleaseDecision;
import dev.noether.flink.release.ReleaseLoader;
import dev.noether.flink.release.ReleaseTimeline;
import dev.noether.model.artifact.ModelArtifact;
import dev.noether.schemas.ModelRelease;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.streaming.runtime.tasks.ProcessingTimeService;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the challenger among the releases and loads it: of the releases that score in shadow
 * ({@link ReleaseTimeline#isShadow}), the one that was announced last, in whatever order they are read. Its release is
 * in the broadcast state, beside those of the models in force.
 *
 * <p>Rows wait {@link #FIRST_WAIT} for its artifact. If it cannot be read in time, the attempts go on, and the rows
 * before are not judged in shadow. Not thread safe; belongs to the task's thread.
 */
final class ShadowIntake {
    private static final Logger LOG = LoggerFactory.getLogger(ShadowIntake.class);
    private static final Duration FIRST_WAIT = Duration.ofSeconds(2);
    private static final long POLL_MILLIS = 250;
    /** So many versions are remembered, so that an old announcement that is read again counts no more. */
    private static final int MOST_VERSIONS = 256;

    private static final Comparator<ModelRelease> BY_ANNOUNCEMENT =
            Comparator.comparingLong(ModelRelease::announcedAt).thenComparingLong(ModelRelease::version);

    private final String detector;
    private final ReleaseLoader loader;
    private final ModelsInForce models;
    private final ShadowScoring shadow;
    private final BroadcastState<Long, ModelRelease> state;
    private final ScoringMetrics metrics;
    private final ProcessingTimeService clock;
    private final ReleaseIntake.Flush flush;
    private final TreeMap<Long, ModelRelease> newest = new TreeMap<>();
    private @Nullable PendingRelease pending;
    private boolean isPolling;

    /**
     * Makes an intake.
     *
     * @param detector name of the detector
     * @param loader reads the artifact; not closed
     * @param models makes the loaded model; not changed
     * @param shadow gets the challenger
     * @param state broadcast state of releases by version; the challenger's entry is changed
     * @param metrics counts a refused artifact
     * @param clock processing time of the task
     * @param flush scores the pending rows before a change of the challenger
     */
    ShadowIntake(
            String detector,
            ReleaseLoader loader,
            ModelsInForce models,
            ShadowScoring shadow,
            BroadcastState<Long, ModelRelease> state,
            ScoringMetrics metrics,
            ProcessingTimeService clock,
            ReleaseIntake.Flush flush) {
        this.detector = detector;
        this.loader = loader;
        this.models = models;
        this.shadow = shadow;
        this.state = state;
        this.metrics = metrics;
        this.clock = clock;
        this.flush = flush;
    }

    /** Notes the releases of the checkpoint, and returns known releases that are noted as they are read. */
    KnownReleases alsoReading(KnownReleases known) throws Exception {
        for (Map.Entry<Long, ModelRelease> entry : state.immutableEntries()) {
            note(entry.getValue());
        }
        return () -> {
            List<ModelRelease> releases = known.read();
            releases.forEach(this::note);
            return releases;
        };
    }

    /** Loads the challenger of the noted releases, before the first row. */
    void loadInitial() throws Exception {
        change();
    }

    /** Applies a release of this detector. No row may be pending. */
    void apply(ModelRelease release) throws Exception {
        note(release);
        change();
    }

    /** Of a release that does not score in shadow, only the announcement is remembered. */
    private void note(ModelRelease release) {
        ModelRelease known = newest.get(release.version());
        if (!release.detector().equals(detector) || (known != null && !ReleaseTimeline.replaces(release, known))) {
            return;
        }
        newest.put(release.version(), ReleaseTimeline.isShadow(release) ? release : withoutProvenance(release));
        if (newest.size() > MOST_VERSIONS) {
            newest.pollFirstEntry();
        }
    }

    private static ModelRelease withoutProvenance(ModelRelease release) {
        return new ModelRelease(
                release.detector(),
                release.version(),
                release.artifact(),
                release.featureSchemaFingerprint(),
                release.effectiveFrom(),
                release.stage(),
                release.announcedAt(),
                release.calibration(),
                Map.of(),
                release.effectiveTo());
    }

    private void change() throws Exception {
        ModelRelease current = shadow.release();
        ModelRelease next = newest.values().stream()
                .filter(ReleaseTimeline::isShadow)
                .max(BY_ANNOUNCEMENT)
                .orElse(null);
        if (next == null ? current == null : next.equals(current)) {
            return;
        }
        flush.run();
        if (current != null) {
            forget(current, next);
        }
        if (next != null) {
            state.put(next.version(), next);
            if (current != null && next.identity().equals(current.identity())) {
                reschedule(next);
            } else {
                begin(next);
            }
        }
    }

    private void forget(ModelRelease current, @Nullable ModelRelease next) throws Exception {
        if (current.equals(state.get(current.version()))) {
            state.remove(current.version());
        }
        if (next == null || !next.identity().equals(current.identity())) {
            if (pending != null) {
                pending.cancel();
                pending = null;
            }
            shadow.expect(null);
            LOG.info("Model {} of detector {} scores in shadow no more.", current.version(), detector);
        }
    }

    private void reschedule(ModelRelease release) {
        if (pending != null) {
            pending.reschedule(release);
        }
        shadow.reschedule(release);
    }

    private void begin(ModelRelease release) throws Exception {
        shadow.expect(release);
        PendingRelease announced = new PendingRelease(release, now());
        pending = announced;
        announced.tryAgain(loader, now());
        settle(announced, FIRST_WAIT);
        pollLater();
    }

    private void pollLater() {
        if (pending != null && !isPolling) {
            isPolling = true;
            clock.registerTimer(now() + POLL_MILLIS, time -> poll());
        }
    }

    private void poll() throws Exception {
        isPolling = false;
        PendingRelease waiting = pending;
        if (waiting != null) {
            settle(waiting, Duration.ZERO);
            waiting.tryAgain(loader, now());
        }
        pollLater();
    }

    private void settle(PendingRelease waiting, Duration wait) throws Exception {
        ReleaseDecision decision = waiting.decision(wait);
        if (decision instanceof ReleaseDecision.Accepted accepted) {
            install(waiting.release(), accepted.model());
        } else if (decision instanceof ReleaseDecision.Refused wrong) {
            refuse(waiting.release(), wrong.reason());
        } else if (decision instanceof ReleaseDecision.Unreadable unreadable && waiting.failed(unreadable, now())) {
            LOG.warn(
                    "Model {} of detector {} cannot score in shadow yet. The attempts go on. Reason: {}",
                    waiting.release().version(),
                    detector,
                    waiting.reason());
        }
    }

    private void install(ModelRelease release, ModelArtifact artifact) throws Exception {
        flush.run();
        try {
            shadow.load(models.open(release, artifact));
        } catch (RuntimeException | LinkageError | StackOverflowError e) {
            refuse(release, "it cannot be computed here: " + e);
            return;
        }
        pending = null;
        LOG.info(
                "Model {} of detector {} scores in shadow the event times from {} to before {}; it raises nothing.",
                release.version(),
                detector,
                Instant.ofEpochMilli(release.effectiveFrom()),
                Instant.ofEpochMilli(release.effectiveTo()));
    }

    /** The challenger stays known, so that its artifact is not read again. */
    private void refuse(ModelRelease release, String reason) {
        pending = null;
        metrics.modelsRefused.inc();
        LOG.warn(
                "Model {} of detector {} cannot score in shadow: {} (artifact {})",
                release.version(),
                detector,
                reason,
                release.artifact().uri());
    }

    private long now() {
        return clock.getCurrentProcessingTime();
    }
}
