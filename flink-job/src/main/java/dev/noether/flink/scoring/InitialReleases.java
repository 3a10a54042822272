package dev.noether.flink.scoring;

import dev.noether.flink.release.KnownReleases;
import dev.noether.flink.release.ReleaseTimeline;
import dev.noether.schemas.ModelRelease;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.state.BroadcastState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The releases with which a job starts: those of its checkpoint, and those that were announced since. Stateless. */
final class InitialReleases {
    private static final Logger LOG = LoggerFactory.getLogger(InitialReleases.class);

    private InitialReleases() {}

    /**
     * Merges the releases of the checkpoint with the known ones, which are newer. Releases of other detectors are left
     * out; they come from a checkpoint of another detector.
     *
     * @param withdrawn receives the releases that remove their version
     * @return the releases that may score, one for each version
     * @throws RuntimeException if the known releases cannot be read and there is no checkpoint
     */
    static List<ModelRelease> merge(
            String detector,
            BroadcastState<Long, ModelRelease> state,
            KnownReleases known,
            boolean isRestored,
            WithdrawnVersions withdrawn)
            throws Exception {
        TreeMap<Long, ModelRelease> merged = new TreeMap<>();
        for (Map.Entry<Long, ModelRelease> entry : state.immutableEntries()) {
            put(entry.getValue(), detector, merged);
        }
        for (ModelRelease release : read(known, isRestored)) {
            put(release, detector, merged);
        }
        merged.values().stream().filter(ReleaseTimeline::removes).forEach(withdrawn::add);
        merged.values().removeIf(ReleaseTimeline::removes);
        return new ArrayList<>(merged.values());
    }

    private static void put(ModelRelease release, String detector, TreeMap<Long, ModelRelease> merged) {
        boolean isCandidate = ReleaseTimeline.mayScore(release) || ReleaseTimeline.removes(release);
        if (release.detector().equals(detector) && isCandidate) {
            merged.merge(release.version(), release, (old, next) -> ReleaseTimeline.replaces(next, old) ? next : old);
        }
    }

    private static List<ModelRelease> read(KnownReleases known, boolean isRestored) throws InterruptedException {
        try {
            return known.read();
        } catch (RuntimeException e) {
            if (Thread.interrupted()) {
                throw new InterruptedException("the task was cancelled while it read the models topic");
            }
            if (!isRestored) {
                throw e;
            }
            LOG.warn(
                    "The models topic cannot be read. The job goes on with the models of its checkpoint; a newer model"
                            + " scores as soon as its announcement is read. Reason: {}",
                    e.toString());
            return List.of();
        }
    }
}
