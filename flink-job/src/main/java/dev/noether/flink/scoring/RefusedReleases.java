package dev.noether.flink.scoring;

import dev.noether.schemas.ModelRelease;
import java.util.TreeMap;

/** The latest refused releases with their reasons, so that none is checked again or counted twice. Not thread safe. */
final class RefusedReleases {
    private static final int MOST = 16;

    private final TreeMap<Long, Refusal> byVersion = new TreeMap<>();

    private record Refusal(ModelRelease release, String reason) {}

    /** Adds a release; beyond sixteen, the one of the lowest version is forgotten. */
    void add(ModelRelease release, String reason) {
        byVersion.put(release.version(), new Refusal(release, reason));
        if (byVersion.size() > MOST) {
            byVersion.pollFirstEntry();
        }
    }

    /** Whether the artifact of this release was refused. */
    boolean contains(ModelRelease release) {
        Refusal refusal = byVersion.get(release.version());
        return refusal != null && refusal.release.artifact().equals(release.artifact());
    }

    /** Forgets a version. */
    void remove(long version) {
        byVersion.remove(version);
    }

    /** Returns the highest refused version; 0 if there is none. */
    long newestVersion() {
        return byVersion.isEmpty() ? 0 : byVersion.lastKey();
    }

    /** Returns the refusal of the highest version in words. */
    String problem() {
        return "model " + byVersion.lastKey() + " refused: "
                + byVersion.lastEntry().getValue().reason;
    }
}
