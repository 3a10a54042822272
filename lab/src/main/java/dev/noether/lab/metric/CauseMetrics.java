package dev.noether.lab.metric;

import java.util.Comparator;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The agreement of a ranking of features with the causes of an event: HitRate@P% of Su et al., "Robust Anomaly
 * Detection for Multivariate Time Series through Stochastic Recurrent Neural Network" (OmniAnomaly, KDD 2019).
 * Stateless and thread-safe.
 */
public final class CauseMetrics {
    private CauseMetrics() {}

    /**
     * Computes the share of the true causes among the first ⌊P % · number of causes⌋ features of the ranking. At 100 %
     * the ranking has as many guesses as there are causes, at 150 % one and a half times as many.
     *
     * @param ranking indices of features from 0, the most suspicious first; may be incomplete
     * @param causes indices of the true causes, at least one
     * @param percent P, at least 1
     * @return in [0, 1]
     * @throws IllegalArgumentException if there is no cause, {@code percent} is below 1, or a feature is ranked twice
     */
    public static double hitRate(int[] ranking, Set<Integer> causes, int percent) {
        if (causes.isEmpty()) {
            throw new IllegalArgumentException("`causes` must not be empty");
        }
        if (percent < 1) {
            throw new IllegalArgumentException("`percent` must be at least 1 (got " + percent + ")");
        }
        if (IntStream.of(ranking).distinct().count() < ranking.length) {
            throw new IllegalArgumentException("`ranking` must not name a feature twice");
        }
        long guesses = (long) causes.size() * percent / 100;
        long hits =
                IntStream.of(ranking).limit(guesses).filter(causes::contains).count();
        return (double) hits / causes.size();
    }

    /**
     * Ranks the features by falling contribution; equal ones in the order of their index.
     *
     * @param contributions {@code [features]}, not NaN
     * @throws IllegalArgumentException if a contribution is NaN
     */
    public static int[] ranking(float[] contributions) {
        for (int i = 0; i < contributions.length; i++) {
            if (Float.isNaN(contributions[i])) {
                throw new IllegalArgumentException("`contributions` must not hold NaN (got one at index " + i + ")");
            }
        }
        return IntStream.range(0, contributions.length)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> contributions[i])
                        .reversed())
                .mapToInt(Integer::intValue)
                .toArray();
    }
}
