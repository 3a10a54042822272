package dev.noether.flink.release;

import dev.noether.model.artifact.ArtifactCodec;
import dev.noether.model.artifact.ArtifactException;
import dev.noether.model.artifact.ArtifactException.Fault;
import dev.noether.model.artifact.ModelArtifact;
import dev.noether.model.feature.FeatureSchema;
import dev.noether.schemas.ModelRelease;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.NoSuchFileException;
import java.util.List;

/**
 * The check of a release before its model scores: the artifact can be read, has the announced hash, a known format and
 * finite numbers, was trained for this detector's features and window, and is signed if the job demands it. Stateless;
 * thread safe.
 */
public final class ReleaseCheck implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String[] features;
    private final int windowRows;
    private final int contextRows;
    private final TrustedKeys keys;

    /**
     * Creates the check of a detector.
     *
     * @param features features of the detector
     * @param windowRows number of rows in the detector's windows
     * @param contextRows number of rows that the detector keeps of an entity
     * @param keys keys of which one must have signed the artifact
     */
    public ReleaseCheck(FeatureSchema features, int windowRows, int contextRows, TrustedKeys keys) {
        this.features = features.names().toArray(new String[0]);
        this.windowRows = windowRows;
        this.contextRows = contextRows;
        this.keys = keys;
    }

    /** Tries to read and check the artifact of a release. */
    public ReleaseDecision examine(ModelRelease release) {
        ModelArtifact model;
        try {
            keys.check(release);
            byte[] bytes = ModelStore.fetch(release.artifact());
            model = ArtifactCodec.decode(bytes);
            requireFit(model);
        } catch (ArtifactException e) {
            return new ReleaseDecision.Refused(String.valueOf(e.getMessage()));
        } catch (FileNotFoundException | NoSuchFileException e) {
            return new ReleaseDecision.Unreadable(
                    "there is no file " + release.artifact().uri(), true);
        } catch (IOException | RuntimeException | LinkageError e) {
            // Clients of object stores throw unchecked exceptions, and a plug-in may lack a class.
            String message = e.getMessage() == null ? "" : ": " + e.getMessage();
            return new ReleaseDecision.Unreadable(
                    release.artifact().uri() + " cannot be read: "
                            + e.getClass().getSimpleName() + message,
                    false);
        }
        return new ReleaseDecision.Accepted(model);
    }

    private void requireFit(ModelArtifact model) throws ArtifactException {
        FeatureSchema expected = new FeatureSchema(List.of(features));
        if (!model.features().equals(expected)) {
            throw new ArtifactException(
                    Fault.OTHER_FEATURE_SCHEMA,
                    "trained for the features " + model.features().names() + ", this detector has " + expected.names());
        }
        if (model.windowRows() != windowRows) {
            throw new ArtifactException(
                    Fault.OTHER_FEATURE_SCHEMA,
                    "trained for windows of " + model.windowRows() + " rows, this detector has " + windowRows);
        }
        if (model.contextRows() > contextRows) {
            throw new ArtifactException(
                    Fault.OTHER_FEATURE_SCHEMA,
                    "forecasts from the " + (model.contextRows() - 1) + " rows before, this detector keeps "
                            + (contextRows - 1));
        }
    }
}
