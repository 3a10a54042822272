package dev.noether.model.artifact;

import static java.util.Objects.requireNonNull;

import dev.noether.model.autoencoder.Autoencoder;
import dev.noether.model.calibration.Calibration;
import dev.noether.model.calibration.EntityBaseline;
import dev.noether.model.feature.FeatureSchema;
import dev.noether.model.feature.Scaling;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A trained model: everything that is needed to score. Immutable; thread safe.
 *
 * @param features the feature schema that it was trained for
 * @param windowRows rows of a window
 * @param scaling of the raw values
 * @param network reconstructs scaled windows of {@code windowRows × features} values
 * @param adaptationRate how much one row teaches the baseline of its entity, in (0, 1)
 * @param residuals the baseline that an entity starts with that training has not seen
 * @param entityResiduals the baselines that entities start with that training has seen, by entity
 * @param calibration of the scores
 * @param provenance data range, configuration, seed, versions, machine
 */
public record ModelArtifact(
        FeatureSchema features,
        int windowRows,
        Scaling scaling,
        Autoencoder network,
        float adaptationRate,
        EntityBaseline residuals,
        SortedMap<String, EntityBaseline> entityResiduals,
        Calibration calibration,
        SortedMap<String, String> provenance) {
    /**
     * Checks that the parts fit together and that every number is finite.
     *
     * @throws IllegalArgumentException with what does not fit
     */
    public ModelArtifact {
        requireNonNull(features, "features");
        requireNonNull(calibration, "calibration");
        entityResiduals = Collections.unmodifiableSortedMap(new TreeMap<>(entityResiduals));
        provenance = Collections.unmodifiableSortedMap(new TreeMap<>(provenance));
        int size = features.size();
        if (scaling.size() != size || residuals.features() != size) {
            throw new IllegalArgumentException("the scaling and the baseline must have " + size + " features (got "
                    + scaling.size() + " and " + residuals.features() + ")");
        }
        for (Map.Entry<String, EntityBaseline> entry : entityResiduals.entrySet()) {
            if (entry.getValue().features() != size) {
                throw new IllegalArgumentException("the baseline of " + entry.getKey() + " must have " + size
                        + " features (got " + entry.getValue().features() + ")");
            }
        }
        if (windowRows < 1 || network.shape().inputWidth() != (long) windowRows * size) {
            throw new IllegalArgumentException("the network must read windows of " + windowRows + " × " + size
                    + " values (got " + network.shape().inputWidth() + ")");
        }
        if (!network.allFinite()) {
            throw new IllegalArgumentException("the network's parameters must be finite (some are not)");
        }
        if (!(adaptationRate > 0 && adaptationRate < 1)) {
            throw new IllegalArgumentException("`adaptationRate` must be in (0, 1) (got " + adaptationRate + ")");
        }
    }

    /** The baseline that an entity starts with; not a copy, so only to be read. */
    public EntityBaseline startingBaseline(String entity) {
        EntityBaseline known = entityResiduals.get(entity);
        return known == null ? residuals : known;
    }
}
