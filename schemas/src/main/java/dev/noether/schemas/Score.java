package dev.noether.schemas;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The detector's judgement of one observation. Each observation that was not rejected has exactly one score.
 *
 * <p>In memory an absent number is {@code NaN} (or {@link #NO_MODEL}); on the wire it is Avro's null, and no NaN is
 * ever written.
 *
 * <p>The record is flat although it has many components: one is allocated for each observation, and a record of records
 * would need several objects.
 *
 * @param detector the detector's name
 * @param entity the entity's name
 * @param windowStart event time of the window's oldest row, milliseconds since 1970 UTC, inclusive
 * @param windowEnd event time of the newest row plus one millisecond: the window is [start, end)
 * @param sourcePartition partition of the observation
 * @param sourceOffset offset of the observation; partition and offset identify it
 * @param verdict the verdict
 * @param unscoredReason reason why there is no score if the verdict is UNSCORED; otherwise null
 * @param score anomaly score, at least 0; NaN if UNSCORED
 * @param pValue share of normal windows that score at least as high, in (0, 1]; NaN if unknown
 * @param threshold threshold of {@link #alarm()}; a higher alarm score is ANOMALOUS; NaN if UNSCORED
 * @param contributions parts of the features in the score, largest first; empty if not requested
 * @param imputed features whose missing values were filled in
 * @param modelVersion version of the model that made the score; {@link #NO_MODEL} if UNSCORED
 * @param alarmScore the number that is compared with the threshold; NaN if it is the score itself
 * @param suppressed rule or maintenance window that prevents an alert for an ANOMALOUS score; null if there is none
 * @param stuck features whose value no longer changes, whatever the verdict
 * @param shapeFinding how the shape of the signal differs; null if it does not, or if no shape was judged
 * @param modelHash {@link ModelIdentity#shortHash()} of the model that made the score; null if UNSCORED, or if an earlier
 *     version of Noether wrote the score
 * @param shadow what a challenger that scores in shadow says of the observation; null if there is none
 * @param scheduleFinding a job that recurs, and did not come or does not end; null if there is none
 */
public record Score(
        String detector,
        String entity,
        long windowStart,
        long windowEnd,
        int sourcePartition,
        long sourceOffset,
        Verdict verdict,
        @Nullable UnscoredReason unscoredReason,
        double score,
        double pValue,
        double threshold,
        List<Contribution> contributions,
        List<String> imputed,
        long modelVersion,
        double alarmScore,
        @Nullable String suppressed,
        List<StuckFeature> stuck,
        @Nullable ShapeFinding shapeFinding,
        @Nullable String modelHash,
        @Nullable ShadowScore shadow,
        @Nullable ScheduleFinding scheduleFinding) {
    /** The model version of a score without a model. */
    public static final long NO_MODEL = -1;

    public Score {
        requireNonNull(detector, "detector");
        requireNonNull(entity, "entity");
        requireNonNull(contributions, "contributions");
        requireNonNull(imputed, "imputed");
        requireNonNull(stuck, "stuck");
        if ((verdict == Verdict.UNSCORED) != (unscoredReason != null)) {
            throw new IllegalArgumentException(
                    "an unscored reason is required if and only if the verdict is UNSCORED (verdict " + verdict
                            + ", reason " + unscoredReason + ")");
        }
    }

    /** Makes a score without a job that recurs. */
    public Score(
            String detector,
            String entity,
            long windowStart,
            long windowEnd,
            int sourcePartition,
            long sourceOffset,
            Verdict verdict,
            @Nullable UnscoredReason unscoredReason,
            double score,
            double pValue,
            double threshold,
            List<Contribution> contributions,
            List<String> imputed,
            long modelVersion,
            double alarmScore,
            @Nullable String suppressed,
            List<StuckFeature> stuck,
            @Nullable ShapeFinding shapeFinding,
            @Nullable String modelHash,
            @Nullable ShadowScore shadow) {
        this(
                detector,
                entity,
                windowStart,
                windowEnd,
                sourcePartition,
                sourceOffset,
                verdict,
                unscoredReason,
                score,
                pValue,
                threshold,
                contributions,
                imputed,
                modelVersion,
                alarmScore,
                suppressed,
                stuck,
                shapeFinding,
                modelHash,
                shadow,
                null);
    }

    /** Makes a score without a challenger. */
    public Score(
            String detector,
            String entity,
            long windowStart,
            long windowEnd,
            int sourcePartition,
            long sourceOffset,
            Verdict verdict,
            @Nullable UnscoredReason unscoredReason,
            double score,
            double pValue,
            double threshold,
            List<Contribution> contributions,
            List<String> imputed,
            long modelVersion,
            double alarmScore,
            @Nullable String suppressed,
            List<StuckFeature> stuck,
            @Nullable ShapeFinding shapeFinding,
            @Nullable String modelHash) {
        this(
                detector,
                entity,
                windowStart,
                windowEnd,
                sourcePartition,
                sourceOffset,
                verdict,
                unscoredReason,
                score,
                pValue,
                threshold,
                contributions,
                imputed,
                modelVersion,
                alarmScore,
                suppressed,
                stuck,
                shapeFinding,
                modelHash,
                null);
    }

    /** Makes a score without a finding of the shape view and without the hash of the model. */
    public Score(
            String detector,
            String entity,
            long windowStart,
            long windowEnd,
            int sourcePartition,
            long sourceOffset,
            Verdict verdict,
            @Nullable UnscoredReason unscoredReason,
            double score,
            double pValue,
            double threshold,
            List<Contribution> contributions,
            List<String> imputed,
            long modelVersion,
            double alarmScore,
            @Nullable String suppressed,
            List<StuckFeature> stuck) {
        this(
                detector,
                entity,
                windowStart,
                windowEnd,
                sourcePartition,
                sourceOffset,
                verdict,
                unscoredReason,
                score,
                pValue,
                threshold,
                contributions,
                imputed,
                modelVersion,
                alarmScore,
                suppressed,
                stuck,
                null,
                null);
    }

    /** Makes a score without stuck features, a finding of the shape view and the hash of the model. */
    public Score(
            String detector,
            String entity,
            long windowStart,
            long windowEnd,
            int sourcePartition,
            long sourceOffset,
            Verdict verdict,
            @Nullable UnscoredReason unscoredReason,
            double score,
            double pValue,
            double threshold,
            List<Contribution> contributions,
            List<String> imputed,
            long modelVersion,
            double alarmScore,
            @Nullable String suppressed) {
        this(
                detector,
                entity,
                windowStart,
                windowEnd,
                sourcePartition,
                sourceOffset,
                verdict,
                unscoredReason,
                score,
                pValue,
                threshold,
                contributions,
                imputed,
                modelVersion,
                alarmScore,
                suppressed,
                List.of());
    }

    /** Makes a score that is itself compared with the threshold, without suppression and stuck features. */
    public Score(
            String detector,
            String entity,
            long windowStart,
            long windowEnd,
            int sourcePartition,
            long sourceOffset,
            Verdict verdict,
            @Nullable UnscoredReason unscoredReason,
            double score,
            double pValue,
            double threshold,
            List<Contribution> contributions,
            List<String> imputed,
            long modelVersion) {
        this(
                detector,
                entity,
                windowStart,
                windowEnd,
                sourcePartition,
                sourceOffset,
                verdict,
                unscoredReason,
                score,
                pValue,
                threshold,
                contributions,
                imputed,
                modelVersion,
                Double.NaN,
                null,
                List.of());
    }

    /** Returns the score of an observation that was not scored. */
    public static Score unscored(
            String detector, String entity, long eventTime, int partition, long offset, UnscoredReason reason) {
        return new Score(
                detector,
                entity,
                eventTime,
                eventTime + 1,
                partition,
                offset,
                Verdict.UNSCORED,
                reason,
                Double.NaN,
                Double.NaN,
                Double.NaN,
                List.of(),
                List.of(),
                NO_MODEL);
    }

    /** Returns the same score with the reason why it must not alert anybody. */
    public Score suppressedBy(String reason) {
        return new Score(
                detector,
                entity,
                windowStart,
                windowEnd,
                sourcePartition,
                sourceOffset,
                verdict,
                unscoredReason,
                score,
                pValue,
                threshold,
                contributions,
                imputed,
                modelVersion,
                alarmScore,
                reason,
                stuck,
                shapeFinding,
                modelHash,
                shadow,
                scheduleFinding);
    }

    /** Returns the number that is compared with the threshold. */
    public double alarm() {
        return Double.isNaN(alarmScore) ? score : alarmScore;
    }

    /** Returns the event time of the newest row, milliseconds since 1970 UTC. */
    public long eventTime() {
        return windowEnd - 1;
    }
}
