package dev.noether.schemas;

import static java.util.Objects.requireNonNull;

import java.util.Map;

/**
 * The announcement of a trained model; the artifact itself lies in the model store.
 *
 * @param detector the detector's name
 * @param version 1, 2, 3 … within the detector
 * @param artifactUri where the artifact lies, as Flink's file systems understand it
 * @param artifactSha256 of the artifact's bytes, lower-case hexadecimal
 * @param artifactBytes the artifact's length
 * @param featureSchemaFingerprint fingerprint of the feature schema that the model was trained for
 * @param effectiveFrom event time from which the model scores, milliseconds since 1970 UTC
 * @param stage where the model stands in its life
 * @param announcedAt when it was announced, milliseconds since 1970 UTC
 * @param calibrationQuantile the quantile of held-out normal scores that the threshold is
 * @param calibrationThreshold the threshold
 * @param calibrationSize how many held-out normal scores stand behind the threshold
 * @param provenance data range, configuration, seed, versions, machine
 */
public record ModelRelease(
        String detector,
        long version,
        String artifactUri,
        String artifactSha256,
        long artifactBytes,
        long featureSchemaFingerprint,
        long effectiveFrom,
        ReleaseStage stage,
        long announcedAt,
        double calibrationQuantile,
        double calibrationThreshold,
        long calibrationSize,
        Map<String, String> provenance) {
    public ModelRelease {
        requireNonNull(detector, "detector");
        requireNonNull(artifactUri, "artifactUri");
        requireNonNull(artifactSha256, "artifactSha256");
        requireNonNull(stage, "stage");
        provenance = Map.copyOf(provenance);
    }
}
