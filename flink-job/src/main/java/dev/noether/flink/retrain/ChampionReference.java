package dev.noether.flink.retrain;

import dev.noether.flink.release.ModelStore;
import dev.noether.flink.release.ReleaseTimeline;
import dev.noether.flink.release.TrustedKeys;
import dev.noether.model.artifact.ArtifactCodec;
import dev.noether.model.artifact.ArtifactException;
import dev.noether.model.gate.Champion;
import dev.noether.schemas.ModelIdentity;
import dev.noether.schemas.ModelRelease;
import dev.noether.schemas.ReleaseStage;
import dev.noether.schemas.ReleasedArtifact;
import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The model in force with which a new model is compared: the one that takes effect last, among those that are not
 * withdrawn. Immutable.
 */
public final class ChampionReference implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(ChampionReference.class);

    private final String detector;
    private final long version;
    private final String uri;
    private final String sha256;
    private final long bytes;

    private ChampionReference(ModelRelease release) {
        detector = release.detector();
        version = release.version();
        uri = release.artifact().uri();
        sha256 = release.artifact().sha256();
        bytes = release.artifact().bytes();
    }

    /** Returns the model in force; null if there is none. */
    public static @Nullable ChampionReference of(List<ModelRelease> releases) {
        Optional<ModelRelease> newest = releases.stream()
                .filter(release -> release.stage() == ReleaseStage.CHAMPION)
                .filter(release -> release.effectiveTo() == ModelRelease.NO_END)
                .max(ReleaseTimeline.BY_EFFECT);
        return newest.map(ChampionReference::new).orElse(null);
    }

    /** Which model it is. */
    public ModelIdentity identity() {
        return new ModelIdentity(version, sha256);
    }

    /**
     * Reads the model. If its file is damaged, or if no trusted key has signed it, a new model is not compared with it.
     *
     * @param keys the trusted keys
     * @throws IOException if the file is missing or its store cannot be read. A model that scores well must not be
     *     replaced by one that nobody has compared with it, only because a store is away
     */
    public Champion load(TrustedKeys keys) throws IOException {
        String words = "model " + version;
        ReleasedArtifact artifact = new ReleasedArtifact(uri, sha256, bytes);
        try {
            keys.check(detector, version, artifact);
        } catch (ArtifactException e) {
            LOG.warn(
                    "The new model is not compared with model {}, which is announced as in force: {}. Whoever announced"
                            + " it has no key of `signing.trusted`; see ./noether models show {}.",
                    version,
                    e.getMessage(),
                    version);
            return new Champion(null, words + ", which is announced as in force, is not trusted: " + e.getMessage());
        } catch (IOException | RuntimeException e) {
            throw away(e);
        }
        try {
            return new Champion(ArtifactCodec.decode(ModelStore.fetch(artifact)), words);
        } catch (ArtifactException e) {
            return damaged(words, e);
        } catch (IOException | RuntimeException e) {
            throw away(e);
        }
    }

    private Champion damaged(String words, ArtifactException reason) {
        LOG.warn(
                "The new model is not compared with model {}, which is in force: {} is damaged. Reason: {}",
                version,
                uri,
                reason.toString());
        return new Champion(null, words + ", which is in force, cannot be read");
    }

    private IOException away(Exception reason) {
        return new IOException(
                "model " + version + " is in force, and its file " + uri + " cannot be read, so no new model can be"
                        + " compared with it. Restore the file or the store; if it is lost for good, withdraw the model: ./noether"
                        + " models rollback --to-none. Reason: " + reason,
                reason);
    }
}
