package dev.noether.flink.release;

import dev.noether.model.artifact.ArtifactCodec;
import dev.noether.model.artifact.ArtifactException;
import dev.noether.model.artifact.ArtifactException.Fault;
import dev.noether.model.artifact.ModelArtifact;
import dev.noether.model.feature.FeatureSchema;
import dev.noether.schemas.ModelRelease;
import java.io.IOException;
import java.io.Serializable;
import java.util.List;

/**
 * The check of a release before its model scores: the artifact can be read, has the announced hash, a known format and
 * finite numbers, and was trained for this detector's features and window. Stateless; thread safe.
 */
public final class ReleaseCheck implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final int FETCH_ATTEMPTS = 3;
    private static final long FIRST_PAUSE_MILLIS = 100;

    private final String[] features;
    private final int windowRows;
    private final int contextRows;

    /**
     * Creates the check of a detector.
     *
     * @param features features of the detector
     * @param windowRows number of rows in the detector's windows
     * @param contextRows number of rows that the detector keeps of an entity
     */
    public ReleaseCheck(FeatureSchema features, int windowRows, int contextRows) {
        this.features = features.names().toArray(new String[0]);
        this.windowRows = windowRows;
        this.contextRows = contextRows;
    }

    /**
     * Reads and checks the artifact of a release.
     *
     * @throws ArtifactException if the model must not score; carries the fault
     * @throws IOException if the artifact cannot be read in {@value #FETCH_ATTEMPTS} attempts
     * @throws InterruptedException if the task is cancelled
     */
    public ModelArtifact load(ModelRelease release) throws ArtifactException, IOException, InterruptedException {
        ModelArtifact model = ArtifactCodec.verified(
                fetch(release.artifact().uri()), release.artifact().sha256());
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
        return model;
    }

    private static byte[] fetch(String uri) throws ArtifactException, IOException, InterruptedException {
        for (int attempt = 1; ; attempt++) {
            try {
                return ModelStore.read(uri);
            } catch (IllegalArgumentException e) {
                throw new ArtifactException(Fault.UNREADABLE, "its address is not valid: " + e.getMessage());
            } catch (IOException e) {
                if (attempt == FETCH_ATTEMPTS) {
                    throw e;
                }
                Thread.sleep(FIRST_PAUSE_MILLIS << attempt);
            }
        }
    }
}
