package dev.noether.flink.scoring;

import dev.noether.flink.release.KnownReleases;
import dev.noether.flink.release.ModelsInForce;
import dev.noether.flink.release.PromisedRate;
import dev.noether.flink.release.ReleaseCheck;
import dev.noether.model.alarm.BudgetDecision;
import dev.noether.model.artifact.ArtifactException;
import dev.noether.model.artifact.ModelArtifact;
import dev.noether.schemas.ModelRelease;
import dev.noether.schemas.ReleaseStage;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.state.BroadcastState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Applies releases: it loads the models of new releases, removes retired models, and keeps the releases in force in the
 * broadcast state.
 *
 * <p>A release that fails its {@link ReleaseCheck} is refused: it is metrics and logged, and the models in force stay.
 * Not thread safe.
 */
final class ReleaseIntake {
    private static final Logger LOG = LoggerFactory.getLogger(ReleaseIntake.class);

    private final ScoringOptions options;
    private final ReleaseCheck check;
    private final ModelsInForce models;
    private final BroadcastState<Long, ModelRelease> releases;
    private final ScoringMetrics metrics;
    private final boolean isRestored;

    /**
     * Makes an intake.
     *
     * @param options options of the detector
     * @param models models in force; changed
     * @param releases broadcast state with the releases in force, by version; changed
     * @param metrics metrics, for swapped and refused models
     * @param isRestored whether the job starts from a checkpoint
     */
    ReleaseIntake(
            ScoringOptions options,
            ModelsInForce models,
            BroadcastState<Long, ModelRelease> releases,
            ScoringMetrics metrics,
            boolean isRestored) {
        this.options = options;
        this.check = new ReleaseCheck(
                options.features(), options.window().rows(), options.window().contextRows());
        this.models = models;
        this.releases = releases;
        this.metrics = metrics;
        this.isRestored = isRestored;
    }

    /**
     * Loads the models of the releases in the checkpoint, or else of the known releases, before the first row. So a job
     * scores after a recovery as before.
     *
     * <p>If the store cannot be read, the start fails and Flink tries again. A missing file fails the start from a
     * checkpoint only: in a new start, an old release whose artifact was deleted is refused. Releases of other
     * detectors are removed; they come from a checkpoint of another detector.
     */
    void loadInitial(KnownReleases knownReleases) throws Exception {
        if (!isRestored) {
            for (ModelRelease release : knownReleases.read()) {
                releases.put(release.version(), release);
            }
        }
        List<ModelRelease> toLoad = new ArrayList<>();
        for (Map.Entry<Long, ModelRelease> entry : releases.immutableEntries()) {
            toLoad.add(entry.getValue());
        }
        for (ModelRelease release : toLoad) {
            if (!release.detector().equals(options.detector())
                    || release.stage() != ReleaseStage.CHAMPION
                    || !install(release, true)) {
                releases.remove(release.version());
            }
        }
    }

    /** Applies a release of this detector. No row may be pending. */
    void apply(ModelRelease release) throws Exception {
        if (release.stage() == ReleaseStage.RETIRED) {
            if (models.remove(release.version())) {
                releases.remove(release.version());
                LOG.info(
                        "Model {} of detector {} is retired and scores no more.",
                        release.version(),
                        options.detector());
            }
            return;
        }
        if (release.stage() == ReleaseStage.CHAMPION && !release.equals(models.release(release.version()))) {
            boolean isFirst = models.size() == 0;
            if (install(release, false)) {
                releases.put(release.version(), release);
                if (!isFirst) {
                    metrics.modelSwaps.inc();
                }
            }
        }
    }

    private boolean install(ModelRelease release, boolean isRequired) throws Exception {
        ModelArtifact artifact;
        try {
            artifact = check.load(release);
        } catch (ArtifactException | IOException e) {
            if (isRequired && e instanceof IOException && (isRestored || !(e instanceof FileNotFoundException))) {
                throw e;
            }
            metrics.modelsRefused.inc();
            LOG.warn(
                    "Model {} of detector {} is refused. {} models stay in force. Reason: {} (artifact {})",
                    release.version(),
                    options.detector(),
                    models.size(),
                    e.getMessage(),
                    release.artifact().uri());
            return false;
        }
        for (ModelRelease replaced : models.add(release, artifact)) {
            releases.remove(replaced.version());
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
        return true;
    }
}
