package dev.noether.schemas;

import static java.util.Objects.requireNonNull;

import java.util.Map;

/**
 * The announcement of a trained model. The artifact itself lies in the model store.
 *
 * @param detector the detector's name
 * @param version version of the model within the detector: 1, 2, 3 …
 * @param artifact location and hash of the artifact
 * @param featureSchemaFingerprint fingerprint of the feature schema that the model was trained for
 * @param effectiveFrom event time from which the model scores, milliseconds since 1970 UTC
 * @param stage whether the model scores
 * @param announcedAt time of the announcement, milliseconds since 1970 UTC
 * @param calibration the threshold and its origin
 * @param provenance data range, configuration, seed, versions, machine
 */
public record ModelRelease(
        String detector,
        long version,
        ReleasedArtifact artifact,
        long featureSchemaFingerprint,
        long effectiveFrom,
        ReleaseStage stage,
        long announcedAt,
        ReleaseCalibration calibration,
        Map<String, String> provenance) {
    public ModelRelease {
        requireNonNull(detector, "detector");
        requireNonNull(artifact, "artifact");
        requireNonNull(stage, "stage");
        requireNonNull(calibration, "calibration");
        provenance = Map.copyOf(provenance);
    }
}
