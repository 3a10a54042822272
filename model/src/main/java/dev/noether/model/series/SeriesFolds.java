package dev.noether.model.series;

import dev.noether.model.data.SeriesSet;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * Training series divided into those that train and those that judge: each of three thirds judges once where there are few
 * series; where there are many, one fifth judges, or three fifths in turn where the series are short enough for it to be cheap.
 */
final class SeriesFolds {
    private static final int MANY = 150;
    private static final int FOLDS_OF_FEW = 3;
    private static final int PARTS_OF_MANY = 5;
    private static final int FOLDS_OF_SHORT = 3;
    private static final int CHEAP_VALUES = 50_000;

    private SeriesFolds() {}

    /**
     * One division.
     *
     * @param kept series that train
     * @param heldOut series that judge
     */
    record Fold(SeriesSet kept, SeriesSet heldOut) {}

    /** The divisions of at least three series, at random. */
    static List<Fold> of(SeriesSet series, long seed) {
        int[] order = shuffled(series.count(), seed);
        int parts = series.count() < MANY ? FOLDS_OF_FEW : PARTS_OF_MANY;
        int folds = series.count() < MANY ? FOLDS_OF_FEW : foldsOfMany(series);
        List<Fold> divisions = new ArrayList<>();
        for (int fold = 0; fold < folds; fold++) {
            divisions.add(new Fold(
                    series.select(part(order, parts, fold, false)), series.select(part(order, parts, fold, true))));
        }
        return divisions;
    }

    private static int foldsOfMany(SeriesSet series) {
        return (long) series.count() * series.length() < CHEAP_VALUES ? FOLDS_OF_SHORT : 1;
    }

    private static int[] part(int[] order, int parts, int fold, boolean inside) {
        return IntStream.range(0, order.length)
                .filter(index -> (index % parts == fold) == inside)
                .map(index -> order[index])
                .toArray();
    }

    private static int[] shuffled(int count, long seed) {
        int[] order = IntStream.range(0, count).toArray();
        RandomGenerator random = new SplittableRandom(seed);
        for (int last = count - 1; last > 0; last--) {
            int other = random.nextInt(last + 1);
            int swapped = order[last];
            order[last] = order[other];
            order[other] = swapped;
        }
        return order;
    }
}
