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
 * @param effectiveTo first event time that the model no longer scores, milliseconds since 1970 UTC; {@link #NO_END} if
 *     there is none
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
        Map<String, String> provenance,
        long effectiveTo)
        implements ModelsRecord {
    /** The end of a model that was not withdrawn. */
    public static final long NO_END = Long.MAX_VALUE;

    public ModelRelease {
        requireNonNull(detector, "detector");
        requireNonNull(artifact, "artifact");
        requireNonNull(stage, "stage");
        requireNonNull(calibration, "calibration");
        provenance = Map.copyOf(provenance);
    }

    /** Makes a release of a model that was not withdrawn. */
    public ModelRelease(
            String detector,
            long version,
            ReleasedArtifact artifact,
            long featureSchemaFingerprint,
            long effectiveFrom,
            ReleaseStage stage,
            long announcedAt,
            ReleaseCalibration calibration,
            Map<String, String> provenance) {
        this(
                detector,
                version,
                artifact,
                featureSchemaFingerprint,
                effectiveFrom,
                stage,
                announcedAt,
                calibration,
                provenance,
                NO_END);
    }

    /** Returns which model this is. */
    public ModelIdentity identity() {
        return new ModelIdentity(version, artifact.sha256());
    }

    /** Returns the release in another stage, announced at another time. */
    public ModelRelease inStage(ReleaseStage other, long from, long to, long time) {
        return new ModelRelease(
                detector, version, artifact, featureSchemaFingerprint, from, other, time, calibration, provenance, to);
    }
}
