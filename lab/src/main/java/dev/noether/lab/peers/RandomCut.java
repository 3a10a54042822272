package dev.noether.lab.peers;

import com.amazon.randomcutforest.RandomCutForest;
import dev.noether.model.feature.Scaling;
import dev.noether.model.feature.ScalingKind;

/**
 * AWS's Random Cut Forest (Guha et al., ICML 2016) on standardised rows, with the defaults of its library: 50 trees of
 * 256 points. As usual on streams, it learns each row after it has scored it, test rows included.
 *
 * @param shingle number of rows that form one point, the newest last
 * @param seed seed of the forest
 */
record RandomCut(int shingle, long seed) implements PeerDetector {
    private static final int TREES = 50;
    private static final int SAMPLE = 256;

    RandomCut {
        if (shingle < 1) {
            throw new IllegalArgumentException("`shingle` must be at least 1 (got " + shingle + ")");
        }
    }

    @Override
    public float[] score(Observations train, Observations test) {
        int width = train.width();
        if (test.width() != width) {
            throw new IllegalArgumentException(
                    "`train` and `test` must be of the same width (got " + width + " and " + test.width() + ")");
        }
        Scaling scaling = Scaling.fit(ScalingKind.STANDARD, values(train), train.length(), width);
        RandomCutForest forest = RandomCutForest.builder()
                .dimensions(width * shingle)
                .shingleSize(shingle)
                .internalShinglingEnabled(shingle > 1)
                .numberOfTrees(TREES)
                .sampleSize(SAMPLE)
                .randomSeed(seed)
                .build();
        for (int i = 0; i < train.length(); i++) {
            forest.update(row(train, i, scaling));
        }
        float[] scores = new float[test.length()];
        for (int i = 0; i < scores.length; i++) {
            float[] row = row(test, i, scaling);
            scores[i] = (float) forest.getAnomalyScore(row);
            forest.update(row);
        }
        return scores;
    }

    private static float[] row(Observations observations, int index, Scaling scaling) {
        float[] row = new float[observations.width()];
        for (int j = 0; j < row.length; j++) {
            row[j] = scaling.toModel(j, observations.value(index, j));
        }
        return row;
    }

    private static float[] values(Observations observations) {
        int width = observations.width();
        float[] values = new float[observations.length() * width];
        for (int i = 0; i < values.length; i++) {
            values[i] = observations.value(i / width, i % width);
        }
        return values;
    }
}
