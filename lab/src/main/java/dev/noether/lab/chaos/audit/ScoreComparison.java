package dev.noether.lab.chaos.audit;

import dev.noether.lab.chaos.audit.OutcomeIndex.ScoreValue;
import dev.noether.schemas.Verdict;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The scores of two runs on the same records.
 *
 * @param compared observations that one model scored in both runs
 * @param otherModel observations that different models scored: the release came too late for them in one run
 * @param otherReason observations that one run alone scored, or that have different reasons for no score
 * @param otherVerdict observations of the same model with different verdicts
 * @param largestDifference largest relative difference of two scores of the same model
 * @param byVersion observations that each model scored in the first run
 */
public record ScoreComparison(
        long compared,
        long otherModel,
        long otherReason,
        long otherVerdict,
        double largestDifference,
        Map<Long, Long> byVersion) {
    /** Two scores of other micro-batches may differ by rounding. */
    public static final double TOLERANCE = 1e-5;

    /** Compares two runs. */
    public static ScoreComparison of(ObservationIndex observations, OutcomeIndex disturbed, OutcomeIndex undisturbed) {
        Counter counter = new Counter();
        long[] ends = observations.ends();
        for (int partition = 0; partition < ends.length; partition++) {
            for (int offset = 0; offset < ends[partition]; offset++) {
                counter.add(disturbed.score(partition, offset), undisturbed.score(partition, offset));
            }
        }
        return new ScoreComparison(
                counter.compared,
                counter.otherModel,
                counter.otherReason,
                counter.otherVerdict,
                counter.largest,
                new TreeMap<>(counter.byVersion));
    }

    /** Whether every score of the same model is the same. */
    public boolean isEqual() {
        return otherReason == 0 && largestDifference <= TOLERANCE;
    }

    private static final class Counter {
        private final Map<Long, Long> byVersion = new TreeMap<>();
        private long compared;
        private long otherModel;
        private long otherReason;
        private long otherVerdict;
        private double largest;

        void add(@Nullable ScoreValue one, @Nullable ScoreValue other) {
            if (one == null || other == null) {
                otherReason += one == other ? 0 : 1;
                return;
            }
            boolean unscored = one.verdict() == Verdict.UNSCORED.ordinal();
            if (!unscored) {
                byVersion.merge(one.modelVersion(), 1L, Long::sum);
            }
            if (one.reason() != other.reason()) {
                otherReason++;
            } else if (one.modelVersion() != other.modelVersion()) {
                otherModel++;
            } else if (!unscored) {
                compared++;
                otherVerdict += one.verdict() == other.verdict() ? 0 : 1;
                largest = Math.max(largest, difference(one.score(), other.score()));
                largest = Math.max(largest, difference(one.alarm(), other.alarm()));
            }
        }

        private static double difference(double one, double other) {
            double distance = Math.abs(one - other);
            return Double.isNaN(distance) ? 0 : distance / Math.max(1, Math.abs(other));
        }
    }
}
