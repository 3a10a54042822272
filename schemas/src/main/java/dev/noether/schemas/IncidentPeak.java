package dev.noether.schemas;

import org.jspecify.annotations.Nullable;

/**
 * The highest alarm score of an incident.
 *
 * <p>In memory an absent number is {@code NaN} (or {@link Score#NO_MODEL}); on the wire it is Avro's null.
 *
 * @param score the highest alarm score; NaN if no score exceeded its threshold
 * @param time event time of the peak, milliseconds since 1970 UTC; the incident's start if there is no peak
 * @param pValue share of normal windows that score at least as high as the peak; NaN if unknown
 * @param threshold the threshold that the peak was compared with; NaN if there is no peak
 * @param modelVersion version of the model that made the score; {@link Score#NO_MODEL} if no model was involved
 * @param modelHash {@link ModelIdentity#shortHash()} of that model; null if no model was involved, or if an earlier
 *     version of Noether wrote the incident
 */
public record IncidentPeak(
        double score,
        long time,
        double pValue,
        double threshold,
        long modelVersion,
        @Nullable String modelHash) {
    /** Makes a peak without the hash of the model. */
    public IncidentPeak(double score, long time, double pValue, double threshold, long modelVersion) {
        this(score, time, pValue, threshold, modelVersion, null);
    }

    /** Returns the peak of an incident without scores, such as a silence. */
    public static IncidentPeak none(long start) {
        return new IncidentPeak(Double.NaN, start, Double.NaN, Double.NaN, Score.NO_MODEL);
    }
}
