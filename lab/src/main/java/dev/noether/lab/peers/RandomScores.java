package dev.noether.lab.peers;

import java.util.SplittableRandom;

/**
 * Random scores: the baseline of each metric.
 *
 * @param seed seed of the random numbers; the same seed results in the same scores
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
