package dev.noether.flink.scoring;

import dev.noether.flink.release.ReleaseTimeline;
import dev.noether.schemas.ModelRelease;
import java.util.TreeMap;

/**
 * The versions that were removed, with the announcement that did it, so that an older announcement of such a version,
 * which a source reads again after a start, does not bring its model back. Not thread safe.
 */
final class WithdrawnVersions {
    private static final int MOST = 1_024;

    private final TreeMap<Long, ModelRelease> byVersion = new TreeMap<>();

    /** Notes a release that removes its version; beyond 1,024, the lowest version is forgotten. */
    void add(ModelRelease release) {
        byVersion.put(release.version(), release);
        if (byVersion.size() > MOST) {
            byVersion.pollFirstEntry();
        }
    }

    /** Whether a release was announced before its version was removed. */
    boolean isPast(ModelRelease release) {
        ModelRelease removal = byVersion.get(release.version());
        return removal != null && !ReleaseTimeline.replaces(release, removal);
    }
}
