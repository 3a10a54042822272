package dev.noether.model.evaluation.baseline;

import java.util.SplittableRandom;

/**
 * Scores drawn at random: what a metric gives to a detector that knows nothing.
 *
 * @param seed the same seed and test rows give the same scores
 */
public record RandomBaseline(long seed) implements Baseline {
    @Override
    public float[] score(Observations train, Observations test) {
        SplittableRandom random = new SplittableRandom(seed + fingerprint(test));
        float[] scores = new float[test.length()];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = (float) random.nextDouble();
        }
        return scores;
    }

    /** Series of one set often have their events at the same place: one sequence for all would be lucky or not on all. */
    private static long fingerprint(Observations test) {
        long hash = test.length();
        for (int i = 0; i < test.length(); i++) {
            hash = 31 * hash + Float.floatToIntBits(test.value(i, 0));
        }
        return hash;
    }
}
