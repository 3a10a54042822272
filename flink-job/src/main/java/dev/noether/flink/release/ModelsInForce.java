package dev.noether.flink.release;

import dev.noether.model.alarm.AlarmAdaptation;
import dev.noether.model.alarm.AlarmBudget;
import dev.noether.model.alarm.AlarmThreshold;
import dev.noether.model.artifact.ModelArtifact;
import dev.noether.model.engine.Engine;
import dev.noether.model.repeat.RepeatLimits;
import dev.noether.model.scoring.WindowScorer;
import dev.noether.schemas.ModelRelease;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The loaded models of a detector, and which of them scores an observation: the one with the latest {@code effectiveFrom}
 * that is not after the observation's event time. So a replay scores each window with the model that scored it first.
 *
 * <p>Not thread safe; belongs to the thread of its engine.
 */
public final class ModelsInForce implements AutoCloseable {
    private final Engine engine;
    private final AlarmBudget budget;
    private final int batchSize;
    private final int kept;
    private Loaded[] byEffect = {};

    /** A model that scores. */
    public record Loaded(
            ModelRelease release,
            WindowScorer scorer,
            PromisedRate promised,
            AlarmThreshold threshold,
            RepeatLimits repeatLimits) {}

    /**
     * Makes an empty set.
     *
     * @param engine computes
     * @param budget of false alarms
     * @param batchSize windows that a scorer takes at once
     * @param kept how many models are held at most; the one that took effect first leaves first
     */
    public ModelsInForce(Engine engine, AlarmBudget budget, int batchSize, int kept) {
        this.engine = engine;
        this.budget = budget;
        this.batchSize = batchSize;
        this.kept = kept;
    }

    /** The model for an event time; null where none is in force. Allocates nothing. */
    public @Nullable Loaded at(long eventTime) {
        Loaded[] models = byEffect;
        for (int i = models.length - 1; i >= 0; i--) {
            if (models[i].release.effectiveFrom() <= eventTime) {
                return models[i];
            }
        }
        return null;
    }

    /**
     * Adds a model, in place of one of the same version. No window may be pending in any scorer.
     *
     * @return the releases that left
     */
    public List<ModelRelease> add(ModelRelease release, ModelArtifact artifact) {
        List<ModelRelease> left = new ArrayList<>();
        List<Loaded> models = new ArrayList<>(List.of(byEffect));
        Loaded same = find(release.version());
        if (same != null) {
            models.remove(same);
            same.scorer.close();
        }
        PromisedRate promised = PromisedRate.of(budget, artifact);
        models.add(new Loaded(
                release,
                new WindowScorer(artifact, engine, batchSize),
                promised,
                new AlarmThreshold(artifact.calibration(), promised.perWindow(), AlarmAdaptation.DEFAULT),
                new RepeatLimits(artifact.repeats(), promised.perWindow())));
        models.sort(Comparator.<Loaded>comparingLong(model -> model.release.effectiveFrom())
                .thenComparingLong(model -> model.release.version()));
        while (models.size() > kept) {
            Loaded oldest = models.remove(0);
            oldest.scorer.close();
            left.add(oldest.release);
        }
        byEffect = models.toArray(new Loaded[0]);
        return left;
    }

    /** Takes a version out of force. */
    public boolean remove(long version) {
        Loaded found = find(version);
        if (found == null) {
            return false;
        }
        List<Loaded> models = new ArrayList<>(List.of(byEffect));
        models.remove(found);
        found.scorer.close();
        byEffect = models.toArray(new Loaded[0]);
        return true;
    }

    /** The loaded release of a version; null where it is not loaded. */
    public @Nullable ModelRelease release(long version) {
        Loaded found = find(version);
        return found == null ? null : found.release;
    }

    /** How many models are loaded. */
    public int size() {
        return byEffect.length;
    }

    /** The highest version that is loaded, or -1. */
    public long newestVersion() {
        long newest = -1;
        for (Loaded model : byEffect) {
            newest = Math.max(newest, model.release.version());
        }
        return newest;
    }

    /** Empties the batch of every scorer. */
    public void clearBatches() {
        for (Loaded model : byEffect) {
            model.scorer.clear();
        }
    }

    @Override
    public void close() {
        for (Loaded model : byEffect) {
            model.scorer.close();
        }
        byEffect = new Loaded[0];
    }

    private @Nullable Loaded find(long version) {
        for (Loaded model : byEffect) {
            if (model.release.version() == version) {
                return model;
            }
        }
        return null;
    }
}
