package dev.noether.schemas;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the detector thinks of one observation. Each observation that was not rejected gets exactly one.
 *
 * <p>In memory an absent number is {@code NaN} (or {@link #NO_MODEL}); on the wire it is Avro's null, and no NaN is
 * ever written.
 *
 * @param detector the detector's name
 * @param entity the entity's name
 * @param windowStart event time of the window's oldest row, milliseconds since 1970 UTC, inclusive
 * @param windowEnd event time of the judged row plus one millisecond: the window is [start, end)
 * @param sourcePartition partition of the judged observation
 * @param sourceOffset offset of the judged observation; with the partition its identity
 * @param verdict the verdict
 * @param unscoredReason why there is no score; present exactly when the verdict is UNSCORED
 * @param score at least 0, higher is stranger; NaN when UNSCORED
 * @param pValue share of normal windows at least this strange, in (0, 1]; NaN when unknown
 * @param threshold ANOMALOUS means an {@link #alarm()} above this; NaN when UNSCORED
 * @param contributions which features made the score, largest share first; empty where not asked for
 * @param imputed features whose values were filled in
 * @param modelVersion version of the model that made the score; {@link #NO_MODEL} when UNSCORED
 * @param alarmScore the quantity that is compared with the threshold; NaN where it is the score itself
 * @param suppressed why an ANOMALOUS score must not wake anybody: the rule or the maintenance window that says so
 * @param stuck features that no longer move, whatever the verdict
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
        List<StuckFeature> stuck) {
    /** The model version of a score that no model made. */
    public static final long NO_MODEL = -1;

    public Score {
        requireNonNull(detector, "detector");
        requireNonNull(entity, "entity");
        requireNonNull(contributions, "contributions");
        requireNonNull(imputed, "imputed");
        requireNonNull(stuck, "stuck");
        if ((verdict == Verdict.UNSCORED) != (unscoredReason != null)) {
            throw new IllegalArgumentException("an unscored reason goes with UNSCORED and with nothing else (verdict "
                    + verdict + ", reason " + unscoredReason + ")");
        }
    }

    /** A score of an observation in which every feature moves. */
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

    /** A score that is itself compared with the threshold, and not suppressed. */
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

    /** Returns the score of an observation that could not be judged. */
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

    /** The same score, with the reason why it must not wake anybody. */
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
                stuck);
    }

    /** The quantity that is compared with the threshold. */
    public double alarm() {
        return Double.isNaN(alarmScore) ? score : alarmScore;
    }

    /** Event time of the judged row, milliseconds since 1970 UTC. */
    public long eventTime() {
        return windowEnd - 1;
    }
}
