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
 * The check that a release has to pass before it scores: its artifact can be fetched, has the announced hash, a known
 * format, finite numbers, and was trained for this detector's features and window. Stateless; thread safe.
 */
public final class ReleaseCheck implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final int FETCH_ATTEMPTS = 3;
    private static final long FIRST_PAUSE_MILLIS = 100;

    private final String[] features;
    private final int windowRows;
    private final int contextRows;

    /**
     * Makes the check of a detector.
     *
     * @param features the detector's features
     * @param windowRows rows of the detector's windows
     * @param contextRows rows that it keeps of an entity
     */
    public ReleaseCheck(FeatureSchema features, int windowRows, int contextRows) {
        this.features = features.names().toArray(new String[0]);
        this.windowRows = windowRows;
        this.contextRows = contextRows;
    }

    /**
     * Fetches and checks the artifact of a release.
     *
     * @throws ArtifactException with the fault, if it must not score
     * @throws IOException if it cannot be fetched after {@value #FETCH_ATTEMPTS} attempts
     * @throws InterruptedException if the task is being stopped
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
                throw new ArtifactException(Fault.UNREADABLE, "its address is none: " + e.getMessage());
            } catch (IOException e) {
                if (attempt == FETCH_ATTEMPTS) {
                    throw e;
                }
                Thread.sleep(FIRST_PAUSE_MILLIS << attempt);
            }
        }
    }
}
