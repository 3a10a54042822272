package dev.noether.flink.release;

import dev.noether.model.alarm.AlarmBudget;
import dev.noether.model.alarm.AlarmThreshold;
import dev.noether.model.artifact.ModelArtifact;
import dev.noether.model.engine.Engine;
import dev.noether.model.repeat.RepeatLimits;
import dev.noether.model.scoring.WindowScorer;
import dev.noether.schemas.ModelRelease;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The loaded models of a detector, and which of them scores an observation: the one with the latest {@code
 * effectiveFrom} of those whose range [effectiveFrom, effectiveTo) contains the observation's event time. So a replay
 * scores each window with the model that scored it first.
 *
 * <p>Not thread safe; belongs to the thread of its engine.
 */
public final class ModelsInForce implements AutoCloseable {
    private static final Comparator<Loaded> BY_EFFECT =
            Comparator.comparing(Loaded::release, ReleaseTimeline.BY_EFFECT);

    private final Engine engine;
    private final AlarmBudget budget;
    private final int batchSize;
    private Loaded[] byEffect = {};
    /** The event times that only dropped models score: [droppedFrom, droppedTo). */
    private long droppedFrom = Long.MAX_VALUE;

    private long droppedTo = Long.MIN_VALUE;

    /** A loaded model with its scorer and thresholds. */
    public record Loaded(
            ModelRelease release,
            ModelKey key,
            WindowScorer scorer,
            PromisedRate promised,
            AlarmThreshold threshold,
            RepeatLimits repeatLimits) {
        /** Returns the same model with another release of it. */
        public Loaded of(ModelRelease other) {
            return new Loaded(other, key, scorer, promised, threshold, repeatLimits);
        }
    }

    /**
     * Creates an empty set.
     *
     * @param engine engine that computes the networks
     * @param budget budget of false alarms
     * @param batchSize number of windows that a scorer computes at once
     */
    public ModelsInForce(Engine engine, AlarmBudget budget, int batchSize) {
        this.engine = engine;
        this.budget = budget;
        this.batchSize = batchSize;
    }

    /**
     * Returns the model for an event time; null if none is in force. If the model for that time was dropped, the oldest
     * one that is loaded takes its place. Allocates nothing.
     */
    public @Nullable Loaded at(long eventTime) {
        Loaded[] models = byEffect;
        for (int i = models.length - 1; i >= 0; i--) {
            ModelRelease release = models[i].release;
            if (release.effectiveFrom() <= eventTime && eventTime < release.effectiveTo()) {
                return models[i];
            }
        }
        return models.length > 0 && eventTime >= droppedFrom && eventTime < droppedTo ? models[0] : null;
    }

    /**
     * Notes a release that is not loaded because there are enough later ones.
     *
     * @param usedUntil event time from which on later releases score
     */
    public void drop(ModelRelease release, long usedUntil) {
        if (usedUntil > release.effectiveFrom()) {
            droppedFrom = Math.min(droppedFrom, release.effectiveFrom());
            droppedTo = Math.max(droppedTo, usedUntil);
        }
    }

    /**
     * Gives the loaded model of a release another range of event times. No scorer may have a pending window.
     *
     * @param release a release of the same artifact
     */
    public void reschedule(ModelRelease release) {
        for (int i = 0; i < byEffect.length; i++) {
            if (byEffect[i].release.identity().equals(release.identity())) {
                byEffect[i] = byEffect[i].of(release);
            }
        }
        Arrays.sort(byEffect, BY_EFFECT);
    }

    /**
     * Adds a model; replaces one of the same version. No scorer may have a pending window. If it fails, nothing has
     * changed.
     */
    public void add(ModelRelease release, ModelArtifact artifact) {
        Loaded added = open(release, artifact);
        remove(release.version());
        List<Loaded> models = new ArrayList<>(List.of(byEffect));
        models.add(added);
        models.sort(BY_EFFECT);
        byEffect = models.toArray(new Loaded[0]);
    }

    /** Makes a loaded model that does not belong to this set: the caller closes its scorer. */
    public Loaded open(ModelRelease release, ModelArtifact artifact) {
        PromisedRate promised = PromisedRate.of(budget, artifact);
        return new Loaded(
                release,
                ModelKey.of(release),
                new WindowScorer(artifact, engine, batchSize),
                promised,
                new AlarmThreshold(artifact.calibration(), promised.perWindow(), artifact.adaptation()),
                new RepeatLimits(artifact.repeats(), promised.perWindow()));
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

    /** Returns the releases of the loaded models, in the order in which they take effect. */
    public List<ModelRelease> releases() {
        List<ModelRelease> releases = new ArrayList<>();
        for (Loaded model : byEffect) {
            releases.add(model.release);
        }
        return releases;
    }

    /** Number of loaded models. */
    public int size() {
        return byEffect.length;
    }

    /** Highest loaded version that is not withdrawn, or -1. */
    public long newestVersion() {
        long newest = -1;
        for (Loaded model : byEffect) {
            if (model.release.effectiveTo() == ModelRelease.NO_END) {
                newest = Math.max(newest, model.release.version());
            }
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
