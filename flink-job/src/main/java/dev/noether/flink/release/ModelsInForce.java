package dev.noether.flink.release;

import dev.noether.model.alarm.AdaptationRates;
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
 * The loaded models of a detector, and which of them scores an observation: the one with the latest {@code
 * effectiveFrom} that is not after the observation's event time. So a replay scores each window with the model that
 * scored it first.
 *
 * <p>Not thread safe; belongs to the thread of its engine.
 */
public final class ModelsInForce implements AutoCloseable {
    private final Engine engine;
    private final AlarmBudget budget;
    private final int batchSize;
    private final int capacity;
    private Loaded[] byEffect = {};

    /** A loaded model with its scorer and thresholds. */
    public record Loaded(
            ModelRelease release,
            WindowScorer scorer,
            PromisedRate promised,
            AlarmThreshold threshold,
            RepeatLimits repeatLimits) {}

    /**
     * Creates an empty set.
     *
     * @param engine engine that computes the networks
     * @param budget budget of false alarms
     * @param batchSize number of windows that a scorer computes at once
     * @param capacity largest number of models; above it, the one that took effect first is removed
     */
    public ModelsInForce(Engine engine, AlarmBudget budget, int batchSize, int capacity) {
        this.engine = engine;
        this.budget = budget;
        this.batchSize = batchSize;
        this.capacity = capacity;
    }

    /** Returns the model for an event time; null if none is in force. Allocates nothing. */
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
     * Adds a model; replaces one of the same version. No scorer may have a pending window.
     *
     * @return the releases that were removed
     */
    public List<ModelRelease> add(ModelRelease release, ModelArtifact artifact) {
        List<ModelRelease> removed = new ArrayList<>();
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
                new AlarmThreshold(artifact.calibration(), promised.perWindow(), AdaptationRates.DEFAULT),
                new RepeatLimits(artifact.repeats(), promised.perWindow())));
        models.sort(Comparator.<Loaded>comparingLong(model -> model.release.effectiveFrom())
                .thenComparingLong(model -> model.release.version()));
        while (models.size() > capacity) {
            Loaded oldest = models.remove(0);
            oldest.scorer.close();
            removed.add(oldest.release);
        }
        byEffect = models.toArray(new Loaded[0]);
        return removed;
    }

    /** Removes a version; returns whether it was loaded. */
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

    /** Returns the release of a version; null if it is not loaded. */
    public @Nullable ModelRelease release(long version) {
        Loaded found = find(version);
        return found == null ? null : found.release;
    }

    /** Number of loaded models. */
    public int size() {
        return byEffect.length;
    }

    /** Highest loaded version, or -1. */
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
