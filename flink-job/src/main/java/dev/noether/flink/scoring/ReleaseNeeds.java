package dev.noether.flink.scoring;

import dev.noether.flink.release.ModelsInForce;
import dev.noether.flink.release.ReleaseTimeline;
import dev.noether.schemas.ModelRelease;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which releases the scoring operator needs: of those that are loaded or pending, the
 * {@value WindowScoringOperator#MAX_MODELS} that score the latest event times. This depends on the announcements alone,
 * so all subtasks agree. Not thread safe.
 */
final class ReleaseNeeds {
    private final ModelsInForce models;
    private final PendingReleases pending;

    /**
     * Makes the needs.
     *
     * @param models loaded models
     * @param pending releases whose artifacts are not read yet
     */
    ReleaseNeeds(ModelsInForce models, PendingReleases pending) {
        this.models = models;
        this.pending = pending;
    }

    /** Returns the releases that are pending or loaded, one for each version. */
    List<ModelRelease> known() {
        List<ModelRelease> known = new ArrayList<>();
        for (ModelRelease loaded : models.releases()) {
            if (!pending.contains(loaded.version())) {
                known.add(loaded);
            }
        }
        known.addAll(pending.releases());
        return known;
    }

    /** Returns the announcement of a version that counts now; null if there is none. */
    @Nullable
    ModelRelease current(long version) {
        PendingRelease waiting = pending.find(version);
        return waiting == null ? models.release(version) : waiting.release();
    }

    /** Returns the candidates in the order in which they are needed, beside the known releases. */
    List<ModelRelease> latestFirst(List<ModelRelease> candidates) {
        List<ModelRelease> all = known();
        all.addAll(candidates);
        List<ModelRelease> ordered = new ArrayList<>(new ReleaseTimeline(all).latestFirst());
        ordered.retainAll(candidates);
        return ordered;
    }

    /** Whether a new release of a version is needed. */
    boolean isNeeded(ModelRelease release) {
        return new ReleaseTimeline(with(release)).latestFirst().indexOf(release) < WindowScoringOperator.MAX_MODELS;
    }

    /** Returns the known releases that are not needed. */
    List<ModelRelease> unneeded() {
        List<ModelRelease> needed = new ReleaseTimeline(known()).latestFirst();
        return needed.subList(Math.min(needed.size(), WindowScoringOperator.MAX_MODELS), needed.size());
    }

    /** Notes that a release is not loaded, because there are enough that score later event times. */
    void drop(ModelRelease release) {
        models.drop(release, new ReleaseTimeline(with(release)).usedUntil(release));
    }

    /** Whether a pending release scores an event time from this one on, if it is loaded after all. */
    boolean isAwaited(ModelRelease release, long eventTime) {
        List<ModelRelease> loaded = models.releases();
        loaded.removeIf(other -> other.version() == release.version());
        loaded.add(release);
        return new ReleaseTimeline(loaded).usedUntil(release) > eventTime;
    }

    /** Returns which model scores from the end of a withdrawn one on, in words. */
    String successor(ModelRelease ended) {
        ModelRelease next = new ReleaseTimeline(known()).at(ended.effectiveTo());
        return next == null ? "no model" : "model " + next.version();
    }

    private List<ModelRelease> with(ModelRelease release) {
        List<ModelRelease> all = known();
        all.removeIf(other -> other.version() == release.version());
        all.add(release);
        return all;
    }
}
