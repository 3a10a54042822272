package dev.noether.flink.renewal;

import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.release.AnnouncementException;
import dev.noether.flink.release.ModelChange;
import dev.noether.flink.release.ModelPublication;
import dev.noether.flink.release.ReleaseCheck;
import dev.noether.flink.release.ReleaseDecision;
import dev.noether.flink.scoring.ScoringOptions;
import dev.noether.model.artifact.ArtifactException;
import dev.noether.schemas.ModelRelease;
import dev.noether.schemas.ModelsRecord;
import java.io.IOException;
import java.util.List;

/** The promotion of a model by a person. Stateless; thread safe. */
public final class Promotion {
    private Promotion() {}

    /**
     * Returns the first event time that a model scores if it is promoted now.
     *
     * @param newestSeen newest event time that scoring has seen, milliseconds since 1970 UTC
     * @param isOnly whether no model scores now, so that it takes effect at once
     */
    public static long from(DetectorConfig config, long newestSeen, boolean isOnly) {
        return newestSeen
                + 1
                + (isOnly ? 0 : config.retraining().schedule().activationDelay().toMillis());
    }

    /**
     * Lets a model score. One that has scored before is stored and announced again under a new version.
     *
     * @param release the model
     * @param from first event time that it scores
     * @return the release as announced
     * @throws AnnouncementException if the artifact cannot score, or Kafka does not take the announcement
     */
    public static ModelRelease announce(
            DetectorConfig config, ModelRelease release, long from, ModelChange.Reason reason)
            throws AnnouncementException {
        requireUsable(config, release);
        ModelRelease[] promoted = {release};
        try (LeaderTopic topic = LeaderTopic.open(config, () -> true)) {
            topic.write(content -> {
                ModelChange change = new ModelChange(content, System.currentTimeMillis());
                List<ModelsRecord> records =
                        change.promote(versioned(config, change, change.find(release.version())), from, reason);
                promoted[0] = (ModelRelease) records.get(0);
                return records;
            });
        } catch (IllegalStateException e) {
            throw new AnnouncementException(String.valueOf(e.getMessage()), e);
        }
        return promoted[0];
    }

    private static ModelRelease versioned(DetectorConfig config, ModelChange change, ModelRelease release) {
        if (!change.needsNewVersion(release)) {
            return release;
        }
        try {
            ModelRelease again = new ModelPublication(config).publishAgain(release, change.nextVersion());
            requireUsable(config, again);
            return again;
        } catch (AnnouncementException e) {
            throw new IllegalStateException(e.getMessage(), e);
        } catch (IOException | ArtifactException e) {
            throw new IllegalStateException(
                    "the artifact of model " + release.version() + " cannot be stored again: " + e.getMessage(), e);
        }
    }

    private static void requireUsable(DetectorConfig config, ModelRelease release) throws AnnouncementException {
        ScoringOptions options = ScoringOptions.of(config);
        ReleaseDecision decision = new ReleaseCheck(
                        options.features(),
                        options.window().rows(),
                        options.window().contextRows(),
                        options.keys())
                .examine(release);
        if (decision instanceof ReleaseDecision.Refused refused) {
            throw new AnnouncementException("model " + release.version() + " cannot score: " + refused.reason(), null);
        }
        if (decision instanceof ReleaseDecision.Unreadable unreadable) {
            throw new AnnouncementException(
                    "model " + release.version() + " cannot be read: " + unreadable.reason(), null);
        }
    }
}
