package dev.noether.flink.scoring;

import dev.noether.flink.release.ReleaseTimeline;
import dev.noether.schemas.ModelRelease;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The releases whose artifacts are not read yet, one for each version. Not thread safe. */
final class PendingReleases {
    private final TreeMap<Long, PendingRelease> byVersion = new TreeMap<>();

    /** Adds a release without an attempt and returns it. */
    PendingRelease add(ModelRelease release, long now) {
        PendingRelease added = new PendingRelease(release, now);
        byVersion.put(release.version(), added);
        return added;
    }

    /** Ends the attempts of a version; returns whether it was pending. */
    boolean forget(long version) {
        PendingRelease forgotten = byVersion.remove(version);
        if (forgotten != null) {
            forgotten.cancel();
        }
        return forgotten != null;
    }

    /** Takes a version out because it is no longer pending. */
    void remove(long version) {
        byVersion.remove(version);
    }

    /** Returns the pending release of a version; null if there is none. */
    @Nullable
    PendingRelease find(long version) {
        return byVersion.get(version);
    }

    boolean contains(long version) {
        return byVersion.containsKey(version);
    }

    boolean isEmpty() {
        return byVersion.isEmpty();
    }

    int size() {
        return byVersion.size();
    }

    /** Whether an attempt is running, or its result is not yet looked at. */
    boolean isRunning() {
        return byVersion.values().stream().anyMatch(PendingRelease::isRunning);
    }

    /** Returns the releases, the one that takes effect last first. */
    List<PendingRelease> newestFirst() {
        List<PendingRelease> releases = new ArrayList<>(byVersion.values());
        releases.sort(Comparator.comparing(PendingRelease::release, ReleaseTimeline.BY_EFFECT.reversed()));
        return releases;
    }

    /** Returns the releases by version. */
    List<ModelRelease> releases() {
        return byVersion.values().stream().map(PendingRelease::release).toList();
    }

    /** Processing time since which the oldest release waits; 0 if there is none. */
    long since() {
        return byVersion.values().stream()
                .mapToLong(PendingRelease::since)
                .min()
                .orElse(0);
    }

    /** Returns the highest pending version; 0 if there is none. */
    long newestVersion() {
        return byVersion.isEmpty() ? 0 : byVersion.lastKey();
    }

    /** Says of the highest version why it waits; empty if nothing is pending. */
    String problem() {
        return byVersion.isEmpty()
                ? ""
                : "model " + byVersion.lastKey() + " pending: "
                        + byVersion.lastEntry().getValue().reason();
    }
}
