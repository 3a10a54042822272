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
 * Takes releases in: puts models into force and out of it, and keeps the broadcast state to what is in force.
 *
 * <p>A release that fails its {@link ReleaseCheck} is refused with a counter and a log line; what is in force stays so. Not
 * thread safe.
 */
final class ReleaseIntake {
    private static final Logger LOG = LoggerFactory.getLogger(ReleaseIntake.class);

    private final ScoringOptions options;
    private final ReleaseCheck check;
    private final ModelsInForce models;
    private final BroadcastState<Long, ModelRelease> releases;
    private final ScoringMetrics counted;
    private final boolean isRestored;

    /**
     * Makes an intake.
     *
     * @param options of the scorer
     * @param models in force; changed
     * @param releases of them, by version; changed
     * @param counted counts swaps and refusals
     * @param isRestored whether the job goes on from a checkpoint
     */
    ReleaseIntake(
            ScoringOptions options,
            ModelsInForce models,
            BroadcastState<Long, ModelRelease> releases,
            ScoringMetrics counted,
            boolean isRestored) {
        this.options = options;
        this.check = new ReleaseCheck(options.features(), options.windowRows(), options.contextRows());
        this.models = models;
        this.releases = releases;
        this.counted = counted;
        this.isRestored = isRestored;
    }

    /**
     * Loads what was in force at the checkpoint, or else what the topic holds, before the first row: a recovery scores as
     * before. A store that does not answer is then no reason to go on without models; the job tries again. A file that is
     * gone is one only where it has scored before: an old release whose artifact was cleared away must not stop a new start.
     * Releases of another detector are left behind where a checkpoint of it is taken up.
     */
    void loadKnown(KnownReleases known) throws Exception {
        if (!isRestored) {
            for (ModelRelease release : known.read()) {
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

    /** Takes in what was announced for this detector. No row may be pending. */
    void announced(ModelRelease release) throws Exception {
        if (release.stage() == ReleaseStage.RETIRED) {
            if (models.remove(release.version())) {
                releases.remove(release.version());
                LOG.info("Model {} of detector {} is retired.", release.version(), options.detector());
            }
            return;
        }
        if (release.stage() == ReleaseStage.CHAMPION && !release.equals(models.release(release.version()))) {
            boolean first = models.size() == 0;
            if (install(release, false)) {
                releases.put(release.version(), release);
                if (!first) {
                    counted.modelSwaps.inc();
                }
            }
        }
    }

    private boolean install(ModelRelease release, boolean required) throws Exception {
        ModelArtifact artifact;
        try {
            artifact = check.load(release);
        } catch (ArtifactException | IOException e) {
            if (required && e instanceof IOException && (isRestored || !(e instanceof FileNotFoundException))) {
                throw e;
            }
            counted.modelsRefused.inc();
            LOG.warn(
                    "Model {} of detector {} is refused, {} models stay in force: {} ({})",
                    release.version(),
                    options.detector(),
                    models.size(),
                    e.getMessage(),
                    release.artifactUri());
            return false;
        }
        for (ModelRelease gone : models.add(release, artifact)) {
            releases.remove(gone.version());
        }
        BudgetDecision decision = PromisedRate.of(options.budget(), artifact).decision();
        LOG.info(
                "Model {} of detector {} scores from event time {} on; {}; {} of {} features move so that standing still is told.",
                release.version(),
                options.detector(),
                Instant.ofEpochMilli(release.effectiveFrom()),
                decision.message(),
                artifact.repeats().moving(),
                options.featureNames().size());
        return true;
    }
}
