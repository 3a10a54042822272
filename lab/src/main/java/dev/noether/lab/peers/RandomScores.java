package dev.noether.lab.peers;

import java.util.SplittableRandom;

/**
 * Scores drawn at random: what a metric gives to a detector that knows nothing.
 *
 * @param seed the same seed gives the same scores
 */
public record RandomScores(long seed) implements PeerDetector {
    @Override
    public float[] score(Observations train, Observations test) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] scores = new float[test.length()];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = (float) random.nextDouble();
        }
        return scores;
    }
}
