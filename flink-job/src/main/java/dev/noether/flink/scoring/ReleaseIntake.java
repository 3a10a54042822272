package dev.noether.flink.scoring;

import dev.noether.flink.release.KnownReleases;
import dev.noether.flink.release.ModelsInForce;
import dev.noether.flink.release.PromisedRate;
import dev.noether.flink.release.ReleaseDecision;
import dev.noether.flink.release.ReleaseLoader;
import dev.noether.flink.release.ReleaseTimeline;
import dev.noether.model.alarm.BudgetDecision;
import dev.noether.model.artifact.ModelArtifact;
import dev.noether.model.shape.ShapeModel;
import dev.noether.schemas.ModelRelease;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.streaming.runtime.tasks.ProcessingTimeService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Applies releases: it loads the models of new releases, changes the event times of withdrawn ones, removes models that
 * score no row, and keeps in the broadcast state the releases that are in force or pending.
 *
 * <p>A release is needed if it is one of the {@value WindowScoringOperator#MAX_MODELS} that score the latest event
 * times. A release that is needed and cannot be read is pending: the attempts go on, with growing pauses, and rows do
 * not wait for them. A release whose artifact is wrong in itself is refused. In both cases the models in force stay. Of
 * the announcements of one version the newest counts, in whatever order they are read.
 *
 * <p>Not thread safe; belongs to the task's thread.
 */
final class ReleaseIntake implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ReleaseIntake.class);

    /** Rows wait this long for the first attempt of a new release, so that a store that works is never too late. */
    private static final Duration FIRST_WAIT = Duration.ofSeconds(2);

    /** The same if the store already keeps other releases waiting. */
    private static final Duration NEXT_WAIT = Duration.ofMillis(100);

    private static final long POLL_MILLIS = 250;
    private static final int OLDER_TRIED = 32;

    private final ScoringOptions options;
    private final ReleaseLoader loader;
    private final ModelsInForce models;
    private final BroadcastState<Long, ModelRelease> state;
    private final ScoringMetrics metrics;
    private final ReleaseStatus status;
    private final ProcessingTimeService clock;
    private final Flush flush;

    private final PendingReleases pending = new PendingReleases();
    private final ReleaseNeeds needs;
    private final RefusedReleases refused = new RefusedReleases();
    private final WithdrawnVersions withdrawn = new WithdrawnVersions();
    private boolean isPolling;
    private boolean isStarting;

    /** Scores the pending rows, because models may only change between micro-batches. */
    @FunctionalInterface
    interface Flush {
        void run() throws IOException;
    }

    /**
     * Makes an intake.
     *
     * @param options options of the detector
     * @param loader reads the artifacts; closed with this intake
     * @param models models in force; changed
     * @param state broadcast state with the releases in force and pending, by version; changed
     * @param metrics metrics, for swapped and refused models
     * @param status metrics of pending and refused releases; changed
     * @param clock processing time of the task
     * @param flush scores the pending rows before a change of models
     */
    ReleaseIntake(
            ScoringOptions options,
            ReleaseLoader loader,
            ModelsInForce models,
            BroadcastState<Long, ModelRelease> state,
            ScoringMetrics metrics,
            ReleaseStatus status,
            ProcessingTimeService clock,
            Flush flush) {
        this.options = options;
        this.loader = loader;
        this.models = models;
        this.needs = new ReleaseNeeds(models, pending);
        this.state = state;
        this.metrics = metrics;
        this.status = status;
        this.clock = clock;
        this.flush = flush;
    }

    /**
     * Loads models before the first row: those of the releases in the checkpoint and of the known releases, which are
     * newer. The newest are loaded first, and only as many as are needed. A store that cannot be read delays the start
     * by {@link InitialPatience}; then the job starts with the models that it has.
     *
     * @param known releases that exist before the first row
     * @param isRestored whether the job starts from a checkpoint
     */
    void loadInitial(KnownReleases known, boolean isRestored) throws Exception {
        List<ModelRelease> candidates = InitialReleases.merge(options.detector(), state, known, isRestored, withdrawn);
        InitialPatience patience = new InitialPatience();
        isStarting = true;
        do {
            candidates = needs.latestFirst(candidates);
            while (needsMore(candidates)) {
                pending.add(candidates.remove(0), now());
            }
            List<PendingRelease> waiting = pending.newestFirst();
            waiting.forEach(release -> release.tryAgain(loader, now()));
            for (PendingRelease release : waiting) {
                settle(release, patience.left());
            }
        } while (needsMore(candidates) || (!pending.isEmpty() && patience.waits(pending.newestFirst())));
        candidates.forEach(needs::drop);
        if (models.size() == 0) {
            loadOlder(candidates);
        }
        isStarting = false;
        pending.newestFirst().forEach(this::warnPending);
        rewriteState();
        changed();
    }

    /** None of the newest can be read: an older model is better than none. */
    private void loadOlder(List<ModelRelease> older) throws Exception {
        InitialPatience patience = new InitialPatience();
        for (ModelRelease release : older.subList(0, Math.min(older.size(), OLDER_TRIED))) {
            PendingRelease attempt = new PendingRelease(release, now());
            attempt.tryAgain(loader, now());
            settle(attempt, patience.left());
            attempt.cancel();
            if (models.size() > 0) {
                return;
            }
        }
    }

    private boolean needsMore(List<ModelRelease> candidates) {
        return !candidates.isEmpty() && models.size() + pending.size() < WindowScoringOperator.MAX_MODELS;
    }

    private void rewriteState() throws Exception {
        state.clear();
        for (ModelRelease release : needs.known()) {
            state.put(release.version(), release);
        }
    }

    /** Applies a release of this detector. No row may be pending. */
    void apply(ModelRelease release) throws Exception {
        ModelRelease current = needs.current(release.version());
        if (withdrawn.isPast(release)) {
            return;
        }
        if (ReleaseTimeline.removes(release)) {
            if (current == null || ReleaseTimeline.replaces(release, current)) {
                retire(release);
            }
        } else if (!ReleaseTimeline.mayScore(release) || refused.contains(release)) {
            return;
        } else if (current == null) {
            announce(release);
        } else if (!release.equals(current)) {
            announceAgain(release, current);
        }
    }

    private void retire(ModelRelease release) throws Exception {
        long version = release.version();
        boolean wasPending = pending.forget(version);
        boolean wasLoaded = models.remove(version);
        refused.remove(version);
        state.remove(version);
        withdrawn.add(release);
        if (wasPending || wasLoaded) {
            LOG.info("Model {} of detector {} is retired and scores no more.", version, options.detector());
        }
        changed();
    }

    /** Two models of one version, made by two processes, are two models: the one that was announced later counts. */
    private void announceAgain(ModelRelease release, ModelRelease current) throws Exception {
        boolean isNewer = ReleaseTimeline.replaces(release, current);
        if (release.artifact().equals(current.artifact())) {
            if (isNewer) {
                reschedule(release, current);
            }
            return;
        }
        metrics.modelConflicts.inc();
        LOG.warn(
                "Model {} of detector {} is announced with two artifacts. The one that was announced later counts: {}."
                        + " The other: {}. Two retrainers may have run at once.",
                release.version(),
                options.detector(),
                (isNewer ? release : current).identity().shortHash(),
                (isNewer ? current : release).identity().shortHash());
        if (isNewer) {
            announce(release);
        }
    }

    /** Another range of event times for a model that is loaded or pending: its artifact is not read again. */
    private void reschedule(ModelRelease release, ModelRelease current) throws Exception {
        PendingRelease waiting = pending.find(release.version());
        if (waiting == null) {
            models.reschedule(release);
        } else {
            waiting.reschedule(release);
        }
        state.put(release.version(), release);
        if (release.effectiveTo() < current.effectiveTo()) {
            metrics.modelsWithdrawn.inc();
            LOG.info(
                    "Model {} of detector {} is withdrawn: it scores the event times before {}; then {}.",
                    release.version(),
                    options.detector(),
                    Instant.ofEpochMilli(release.effectiveTo()),
                    needs.successor(release));
        }
        changed();
    }

    private void announce(ModelRelease release) throws Exception {
        long version = release.version();
        if (!needs.isNeeded(release)) {
            needs.drop(release);
            return;
        }
        boolean isStoreBusy = pending.isRunning();
        pending.forget(version);
        refused.remove(version);
        PendingRelease announced = pending.add(release, now());
        state.put(version, release);
        announced.tryAgain(loader, now());
        settle(announced, isStoreBusy ? NEXT_WAIT : FIRST_WAIT);
        changed();
    }

    /**
     * Gives up pending releases that no row needs any more, because a later model is in force.
     *
     * @param eventTime time that no row will be older than, but for late ones
     */
    void advance(long eventTime) throws Exception {
        if (pending.isEmpty()) {
            return;
        }
        for (PendingRelease waiting : pending.newestFirst()) {
            ModelRelease release = waiting.release();
            if (!needs.isAwaited(release, eventTime)) {
                LOG.info(
                        "Model {} of detector {} is not awaited any more: no row needs it. {}",
                        release.version(),
                        options.detector(),
                        waiting.reason());
                giveUp(release);
                changed();
            }
        }
    }

    @Override
    public void close() {
        loader.close();
    }

    /** Looks for the results of attempts, and begins new ones. */
    private void poll() throws Exception {
        isPolling = false;
        for (PendingRelease waiting : pending.newestFirst()) {
            settle(waiting, Duration.ZERO);
            waiting.tryAgain(loader, now());
        }
        changed();
    }

    /** Applies the result of an attempt, if there is one in time. */
    private void settle(PendingRelease waiting, Duration wait) throws Exception {
        ReleaseDecision decision = waiting.decision(wait);
        if (decision instanceof ReleaseDecision.Accepted accepted) {
            install(waiting.release(), accepted.model());
        } else if (decision instanceof ReleaseDecision.Refused wrong) {
            refuse(waiting.release(), wrong.reason());
        } else if (decision instanceof ReleaseDecision.Unreadable unreadable
                && waiting.failed(unreadable, now())
                && !isStarting) {
            warnPending(waiting);
        }
    }

    private void install(ModelRelease release, ModelArtifact artifact) throws Exception {
        flush.run();
        boolean isFirst = models.size() == 0;
        try {
            models.add(release, artifact);
        } catch (RuntimeException | LinkageError | StackOverflowError e) {
            refuse(release, "it cannot be computed here: " + e);
            return;
        }
        pending.remove(release.version());
        List<ModelRelease> loaded = models.releases();
        if (!isStarting && !isFirst && loaded.get(loaded.size() - 1).equals(release)) {
            metrics.modelSwaps.inc();
        }
        BudgetDecision decision = PromisedRate.of(options.budget(), artifact).decision();
        LOG.info(
                "Model {} of detector {} scores from event time {}; {}; stuck-value detection covers {} of {}"
                        + " features.",
                release.version(),
                options.detector(),
                Instant.ofEpochMilli(release.effectiveFrom()),
                decision.message(),
                artifact.repeats().moving(),
                options.window().featureCount());
        ShapeModel shape = artifact.shape();
        if (shape != null && shape.memory() > 0) {
            LOG.info(
                    "Model {} keeps up to {} bytes of the past of each entity, beside the estimate at the start.",
                    release.version(),
                    shape.memoryBytes());
        }
    }

    private void refuse(ModelRelease release, String reason) throws Exception {
        metrics.modelsRefused.inc();
        LOG.warn(
                "Model {} of detector {} is refused. {} models stay in force. Reason: {} (artifact {})",
                release.version(),
                options.detector(),
                models.size(),
                reason,
                release.artifact().uri());
        giveUp(release);
        refused.add(release, reason);
    }

    /** Waits no more for a release; an earlier announcement of the same version stays in force. */
    private void giveUp(ModelRelease release) throws Exception {
        pending.forget(release.version());
        ModelRelease loaded = models.release(release.version());
        if (loaded == null) {
            state.remove(release.version());
        } else {
            state.put(release.version(), loaded);
        }
    }

    /** Ends each change: removes what is not needed, updates the metrics, and has the next attempts made. */
    private void changed() throws Exception {
        removeUnneeded();
        showStatus();
        if (!pending.isEmpty() && !isPolling) {
            isPolling = true;
            clock.registerTimer(now() + POLL_MILLIS, time -> poll());
        }
    }

    /** Models that are not needed stay as long as a newer release is pending, but never more than are allowed. */
    private void removeUnneeded() throws Exception {
        for (ModelRelease release : needs.unneeded()) {
            boolean isPending = pending.contains(release.version());
            if (isPending || pending.isEmpty() || models.size() > WindowScoringOperator.MAX_MODELS) {
                needs.drop(release);
                pending.forget(release.version());
                if (models.release(release.version()) != null) {
                    flush.run();
                    models.remove(release.version());
                }
                state.remove(release.version());
            }
        }
    }

    /** Shows what is pending, and the newest version that is pending, or refused and not followed by one in force. */
    private void showStatus() {
        boolean isRefused = refused.newestVersion() > Math.max(pending.newestVersion(), models.newestVersion());
        status.set(pending.size(), pending.since(), isRefused ? refused.problem() : pending.problem());
    }

    private void warnPending(PendingRelease waiting) {
        LOG.warn(
                "Model {} of detector {} is pending; {} models are in force. The attempts go on. Reason: {}",
                waiting.release().version(),
                options.detector(),
                models.size(),
                waiting.reason());
    }

    private long now() {
        return clock.getCurrentProcessingTime();
    }
}
