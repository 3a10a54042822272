package dev.noether.flink.release;

import dev.noether.schemas.ModelRelease;
import dev.noether.schemas.ReleaseStage;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which of a detector's releases scores which event times: the one with the latest {@code effectiveFrom} of those whose
 * range [effectiveFrom, effectiveTo) contains the time. So a model that was withdrawn keeps the rows before its end, and
 * the model before it scores the rows after it. Immutable; thread safe.
 */
public final class ReleaseTimeline {
    /** The order in which releases take effect. */
    public static final Comparator<ModelRelease> BY_EFFECT =
            Comparator.comparingLong(ModelRelease::effectiveFrom).thenComparingLong(ModelRelease::version);

    /** The last use of a release that scores no event time. */
    private static final long NEVER = Long.MIN_VALUE;

    private final List<ModelRelease> byEffect;

    /** Makes the timeline of releases, at most one of each version. Those that score no event time are left out. */
    public ReleaseTimeline(Collection<ModelRelease> releases) {
        byEffect = releases.stream()
                .filter(ReleaseTimeline::mayScore)
                .sorted(BY_EFFECT)
                .toList();
    }

    /** Whether a release scores any event time, if no other one does. */
    public static boolean mayScore(ModelRelease release) {
        return switch (release.stage()) {
            case CHAMPION -> release.effectiveFrom() < release.effectiveTo();
            case RETIRED ->
                release.effectiveFrom() < release.effectiveTo() && release.effectiveTo() != ModelRelease.NO_END;
            case CHALLENGER, REFUSED -> false;
        };
    }

    /** Whether a release scores in shadow: it raises nothing, and its range is that of the shadow. */
    public static boolean isShadow(ModelRelease release) {
        return release.stage() == ReleaseStage.CHALLENGER
                && release.effectiveTo() != ModelRelease.NO_END
                && release.effectiveFrom() < release.effectiveTo();
    }

    /** Returns the release that scores an event time; null if there is none. */
    public @Nullable ModelRelease at(long eventTime) {
        for (int i = byEffect.size() - 1; i >= 0; i--) {
            ModelRelease release = byEffect.get(i);
            if (release.effectiveFrom() <= eventTime && eventTime < release.effectiveTo()) {
                return release;
            }
        }
        return null;
    }

    /** Returns the releases, the one that scores the latest event times first. */
    public List<ModelRelease> latestFirst() {
        Map<ModelRelease, Long> uses = new HashMap<>();
        for (int i = 0; i < byEffect.size(); i++) {
            uses.put(byEffect.get(i), usedUntil(i));
        }
        List<ModelRelease> ordered = new ArrayList<>(byEffect);
        ordered.sort(Comparator.<ModelRelease>comparingLong(uses::get)
                .thenComparing(BY_EFFECT)
                .reversed());
        return ordered;
    }

    /**
     * Returns the event time after the last one that a release scores.
     *
     * @param release one of the releases
     * @return {@link ModelRelease#NO_END} if it scores the latest times; {@link Long#MIN_VALUE} if it scores none
     */
    public long usedUntil(ModelRelease release) {
        int index = byEffect.indexOf(release);
        return index < 0 ? NEVER : usedUntil(index);
    }

    /** Goes back from the end of a release over the releases that take effect later. */
    private long usedUntil(int index) {
        ModelRelease release = byEffect.get(index);
        long end = release.effectiveTo();
        // A release that takes effect later hides what it covers; going back over them in this order finds every cover.
        for (int i = byEffect.size() - 1; i > index; i--) {
            ModelRelease later = byEffect.get(i);
            if (later.effectiveFrom() < end && end <= later.effectiveTo()) {
                end = later.effectiveFrom();
                i = byEffect.size();
            }
        }
        return end > release.effectiveFrom() ? end : NEVER;
    }

    /**
     * Whether an announcement replaces another one of the same version: it was made later. Of two models of one version
     * that were announced in the same millisecond, the one with the larger hash counts, so that all readers agree.
     */
    public static boolean replaces(ModelRelease release, ModelRelease known) {
        if (release.announcedAt() != known.announcedAt()) {
            return release.announcedAt() > known.announcedAt();
        }
        return release.artifact().sha256().compareTo(known.artifact().sha256()) >= 0;
    }

    /** Whether a release removes the model of its version, with the rows that it scored. */
    public static boolean removes(ModelRelease release) {
        return release.stage() == ReleaseStage.RETIRED && !mayScore(release);
    }
}
